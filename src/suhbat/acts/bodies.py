"""What the record keeps of each act: a typed body with a version, and how an older version is read."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

import msgspec

from suhbat.ground.register import Register
from suhbat.record.entries import Entry

VERSION = "v"
"""The key of the version in a stored body. Version 1 has no such key, because the first releases wrote none."""
Shape = dict[str, Any]
Upcaster = Callable[[Shape], Shape]


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry of one act keeps.

    Entries are kept for ever, so the shape of one version never changes. To change the shape, raise `version`, write
    an upcaster from the version before, and commit the new schema (`scripts/entry_schema_files.py`). A key that early
    entries do not have gets a default: the value that the effect used where it was absent. `UNSET` leaves a key out.
    """

    version: ClassVar[int] = 1


B = TypeVar("B", bound=Body)
UPCASTERS: Register[Upcaster] = Register("upcasters of bodies")
"""By `act vN`: the function that turns a body of version N into one of version N + 1."""


class BodyError(Exception):
    """The body of an entry fits no version of its act. The message names the entry and the fault."""


def upcaster(act: str, version: int) -> Callable[[Upcaster], Upcaster]:
    """Register the function that turns a body of this version into one of the next version."""

    def register(function: Upcaster) -> Upcaster:
        UPCASTERS[f"{act} v{version}"] = function
        return function

    return register


def body_as_dict(body: Body) -> Shape:
    """A body as the entry stores it: plain values."""
    shape: Shape = msgspec.to_builtins(body)
    return shape if body.version == 1 else {**shape, VERSION: body.version}


def read_body(entry: Entry, kind: type[B]) -> B:
    """The body of an entry, upgraded to the present version."""
    shape = dict(entry.body)
    for version in range(int(shape.pop(VERSION, 1)), kind.version):
        shape = UPCASTERS[f"{entry.act} v{version}"](shape)
    try:
        return msgspec.convert(shape, kind)
    except msgspec.ValidationError as fault:
        raise BodyError(f"entry {entry.number} ({entry.act}): {fault}") from fault


def schema_of(act: str, kind: type[Body]) -> dict[str, Any]:
    """The JSON Schema of an act's body in its present version, without the docstrings."""
    (schema,), definitions = msgspec.json.schema_components([kind], ref_template="#/$defs/{name}")
    for definition in definitions.values():
        definition.pop("description", None)
    body_schema = definitions.pop(schema["$ref"].rpartition("/")[2])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **body_schema,
        "title": f"{act}, version {kind.version}",
        **({"$defs": definitions} if definitions else {}),
    }
