"""Whether the tables of a database fit the code. It is checked at every start, in a tenth of a second."""

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Table, inspect, text

from suhbat.ground.database import Base
from suhbat.ground.migrations import configuration, every_table

VERSION_TABLE = "alembic_version"
RECORD = frozenset({"entry", "record_head"})
"""The record's own tables: all other tables are rebuilt from them."""

_OF_EXTENSIONS = text(
    "SELECT relname FROM pg_class JOIN pg_depend ON objid = pg_class.oid "
    "WHERE classid = 'pg_class'::regclass AND deptype = 'e' AND relkind IN ('r', 'p')"
)
"""The tables of PostgreSQL's extensions, such as PostGIS's `spatial_ref_sys`."""


def table_names(connection: Connection) -> set[str]:
    """The names of the tables, without the migrations' own table and those of extensions."""
    of_extensions: set[str] = set()
    if connection.dialect.name == "postgresql":
        of_extensions = set(connection.scalars(_OF_EXTENSIONS))
    return set(inspect(connection).get_table_names()) - {VERSION_TABLE} - of_extensions


def differences(connection: Connection) -> list[str]:
    """The differences between the tables of the code and of the database, one line each. Empty if they fit."""
    every_table()
    foreign = foreign_tables(connection)

    def ours(name: str | None, kind: str, _parents: Any) -> bool:
        return kind != "table" or name not in foreign

    context = MigrationContext.configure(connection, opts={"include_name": ours})
    changes: list[Any] = compare_metadata(context, Base.metadata)
    return [_line(change[0] if isinstance(change, list) else change) for change in changes]


def foreign_tables(connection: Connection) -> set[str]:
    """Tables that do not belong to the application, such as PostGIS's: no model and no foreign key of ours."""
    every_table()
    inspector = inspect(connection)
    unknown = set(inspector.get_table_names()) - {VERSION_TABLE} - Base.metadata.tables.keys()
    if not unknown:
        return unknown
    keys = [
        {name, key["referred_table"]}
        for (_schema, name), keys in inspector.get_multi_foreign_keys().items()
        for key in keys
    ]
    ours = set(Base.metadata.tables)
    while linked := {name for key in keys if key & ours for name in key} - ours:
        ours |= linked
    return unknown - ours


def version(connection: Connection) -> str | None:
    """The newest migration that was applied to the database; None if no migration was."""
    return MigrationContext.configure(connection).get_current_revision()


def versions() -> list[str]:
    """The migrations of this code, the newest first."""
    return [script.revision for script in ScriptDirectory.from_config(configuration("")).walk_revisions()]


def _line(difference: tuple[Any, ...]) -> str:
    kind, *parts = difference
    if kind == "add_table":
        return f"table {parts[0].name} is missing"
    if kind == "remove_table":
        return f"table {parts[0].name} is not of this version"
    if kind == "add_column":
        return f"column {parts[1]}.{parts[2].name} is missing"
    if kind == "remove_column":
        return f"column {parts[1]}.{parts[2].name} is not of this version"
    if kind.startswith("modify_"):
        return f"column {parts[1]}.{parts[2]} is another ({kind.removeprefix('modify_')})"
    owner = getattr(parts[0], "table", None)
    table = f"{owner.name}." if isinstance(owner, Table) else ""
    missing = "is missing" if kind.startswith("add_") else "is not of this version"
    return f"{kind.partition('_')[2]} {table}{getattr(parts[0], 'name', '')} {missing}"
