"""What the record keeps of each act: a typed body with a version, and how an older version is read."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

import msgspec

from suhbat.ground.register import Register
from suhbat.record.entries import Entry

VERSION = "v"
"""The key under which a body says its version. Version 1 says none: so the first versions wrote it."""
Shape = dict[str, Any]
Upcaster = Callable[[Shape], Shape]


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry of one act keeps.

    Entries are kept for ever, so a body's shape never changes under its version. Whoever changes it raises `version`,
    writes an upcaster from the version before, and commits the new schema (`scripts/entry_schema_files.py`). A key that
    early entries do not have gets a default: what the effect made of its absence. `UNSET` is a key that is left out.
    """

    version: ClassVar[int] = 1


B = TypeVar("B", bound=Body)
UPCASTERS: Register[Upcaster] = Register("upcasters of bodies")
"""By `act vN`: makes a body of version N + 1 out of one of version N."""


class BodyError(Exception):
    """An entry keeps what no version of its act wrote; the text names the entry and the fault."""


def upcaster(act: str, version: int) -> Callable[[Upcaster], Upcaster]:
    """Register how a body of this version becomes one of the next."""

    def register(step: Upcaster) -> Upcaster:
        UPCASTERS[f"{act} v{version}"] = step
        return step

    return register


def written(body: Body) -> Shape:
    """A body as the entry keeps it."""
    shape: Shape = msgspec.to_builtins(body)
    return shape if body.version == 1 else {**shape, VERSION: body.version}


def read_body(entry: Entry, kind: type[B]) -> B:
    """The body of an entry, of whatever version it was written in."""
    shape = dict(entry.body)
    for version in range(int(shape.pop(VERSION, 1)), kind.version):
        shape = UPCASTERS[f"{entry.act} v{version}"](shape)
    try:
        return msgspec.convert(shape, kind)
    except msgspec.ValidationError as fault:
        raise BodyError(f"entry {entry.number} ({entry.act}): {fault}") from fault


def schema_of(act: str, kind: type[Body]) -> dict[str, Any]:
    """The JSON Schema of an act's body in its present version: its shape alone, without what docstrings say of it."""
    (schema,), definitions = msgspec.json.schema_components([kind], ref_template="#/$defs/{name}")
    for definition in definitions.values():
        definition.pop("description", None)
    own = definitions.pop(schema["$ref"].rpartition("/")[2])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **own,
        "title": f"{act}, version {kind.version}",
        **({"$defs": definitions} if definitions else {}),
    }
