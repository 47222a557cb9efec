"""Whether the tables of a database are those that the code speaks of; asked at every start, in a tenth of a second."""

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Table, inspect, text

from suhbat.ground.database import Base
from suhbat.ground.migrations import configuration, every_table

VERSION_TABLE = "alembic_version"
RECORD = frozenset({"entry", "record_head"})
"""The record's own tables: no entry tells of them, they are what all others are rebuilt from."""

_OF_EXTENSIONS = text(
    "SELECT relname FROM pg_class JOIN pg_depend ON objid = pg_class.oid "
    "WHERE classid = 'pg_class'::regclass AND deptype = 'e' AND relkind IN ('r', 'p')"
)
"""Tables that came with an extension of PostgreSQL, such as PostGIS's `spatial_ref_sys`."""


def table_names(connection: Connection) -> set[str]:
    """The tables there are, but for the one in which the migrations keep how far they have come, and extensions'."""
    of_extensions: set[str] = set()
    if connection.dialect.name == "postgresql":
        of_extensions = set(connection.scalars(_OF_EXTENSIONS))
    return set(inspect(connection).get_table_names()) - {VERSION_TABLE} - of_extensions


def differences(connection: Connection) -> list[str]:
    """What the code's tables have and the database's have not, or the other way round, a line each. Empty: they fit."""
    every_table()
    foreign = foreign_tables(connection)

    def ours(name: str | None, kind: str, _parents: Any) -> bool:
        return kind != "table" or name not in foreign

    context = MigrationContext.configure(connection, opts={"include_name": ours})
    found: list[Any] = compare_metadata(context, Base.metadata)
    return [_line(each[0] if isinstance(each, list) else each) for each in found]


def foreign_tables(connection: Connection) -> set[str]:
    """Tables that are none of the house's, such as PostGIS's: no model knows them, no key leads to or from them."""
    every_table()
    there = inspect(connection)
    unknown = set(there.get_table_names()) - {VERSION_TABLE} - Base.metadata.tables.keys()
    if not unknown:
        return unknown
    keys = [
        {name, key["referred_table"]}
        for (_schema, name), keys in there.get_multi_foreign_keys().items()
        for key in keys
    ]
    known = set(Base.metadata.tables)
    while further := {name for key in keys if key & known for name in key} - known:
        known |= further
    return unknown - known


def version(connection: Connection) -> str | None:
    """The newest migration that the database has had; none where no migration made it."""
    return MigrationContext.configure(connection).get_current_revision()


def versions() -> list[str]:
    """The migrations that this code has, the newest first."""
    return [each.revision for each in ScriptDirectory.from_config(configuration("")).walk_revisions()]


def _line(difference: tuple[Any, ...]) -> str:
    kind, *what = difference
    if kind == "add_table":
        return f"table {what[0].name} is missing"
    if kind == "remove_table":
        return f"table {what[0].name} is not of this version"
    if kind == "add_column":
        return f"column {what[1]}.{what[2].name} is missing"
    if kind == "remove_column":
        return f"column {what[1]}.{what[2].name} is not of this version"
    if kind.startswith("modify_"):
        return f"column {what[1]}.{what[2]} is another ({kind.removeprefix('modify_')})"
    owner = getattr(what[0], "table", None)
    table = f"{owner.name}." if isinstance(owner, Table) else ""
    missing = "is missing" if kind.startswith("add_") else "is not of this version"
    return f"{kind.partition('_')[2]} {table}{getattr(what[0], 'name', '')} {missing}"
