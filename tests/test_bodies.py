"""Bodies of entries have a type and a version; those of earlier versions are read, and no key of them is lost."""

from collections.abc import Iterator

import pytest
from scripts.entry_schema_files import FOLDER, schemas
from tests.earlier_versions import VERSIONS, installation

from suhbat.acts.bodies import UPCASTERS, VERSION, Body, BodyError, body_as_dict, read_body, upcaster
from suhbat.acts.registry import REGISTRY
from suhbat.discovery import load_packages
from suhbat.ground.database import Database
from suhbat.record.entries import Entry
from suhbat.record.reading import entries_after

load_packages()


@pytest.fixture(scope="module", params=VERSIONS)
def entries(request, tmp_path_factory) -> Iterator[list[Entry]]:
    """Every entry that an earlier version wrote: all its acts are among them."""
    settings = installation(request.param, tmp_path_factory.mktemp("bodies") / "earlier")
    database = Database(settings.url)
    with database.reading() as session:
        yield list(entries_after(session, 0, limit=1_000_000))
    database.close()


def test_every_body_of_an_earlier_version_is_read_and_nothing_is_lost(entries):
    faults = {}
    for entry in entries:
        kind = REGISTRY[entry.act].body_type
        if kind is None:
            continue
        try:
            body = body_as_dict(read_body(entry, kind))
        except BodyError as fault:
            faults[entry.act] = str(fault)
            continue
        lost = differing(entry.body, body)
        if lost:
            faults[entry.act] = f"{entry.act}: {lost}"
    assert not faults, "\n".join(sorted(faults.values()))


def differing(old, new, path="") -> list[str]:
    """The paths at which a body differs after reading; new keys with default values are no difference."""
    if isinstance(old, dict) and isinstance(new, dict):
        return [name for key in old for name in differing(old[key], new.get(key, "(no such key)"), f"{path}.{key}")]
    if isinstance(old, list) and isinstance(new, list | tuple) and len(old) == len(new):
        pairs = enumerate(zip(old, new, strict=True))
        return [name for number, pair in pairs for name in differing(*pair, f"{path}[{number}]")]
    return [] if old == new and type(old) is type(new) else [path]


def test_every_body_has_a_schema_and_fits_that_of_its_version():
    committed = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.json")}
    missing = sorted(schemas().keys() - committed.keys())
    assert not missing, f"run scripts/entry_schema_files.py for {missing}"
    changed = [name for name, schema in schemas().items() if committed[name] != schema]
    assert not changed, f"{changed}: another shape is another version, with an upcaster (suhbat.acts.bodies)"


def test_every_earlier_version_has_an_upcaster():
    body_types = {name: act.body_type for name, act in REGISTRY.items() if act.body_type}
    needed = {f"{name} v{version}" for name, kind in body_types.items() for version in range(1, kind.version)}
    assert needed == set(UPCASTERS)


class Bell(Body, frozen=True):
    version = 2
    strokes: int
    note: str = ""


def test_an_earlier_version_is_read_as_the_present_one():

    @upcaster("bell.struck", 1)
    def _counted(shape):
        return {**shape, "strokes": int(shape["strokes"])}

    entry = Entry(7, "", "", "bell.struck", "", "", "", "", None, "public", {"strokes": "3"})
    assert read_body(entry, Bell) == Bell(strokes=3)
    assert body_as_dict(Bell(strokes=3)) == {"strokes": 3, "note": "", VERSION: 2}
    later = Entry(8, "", "", "bell.struck", "", "", "", "", None, "public", {"strokes": "3", VERSION: 2})
    with pytest.raises(BodyError, match=r"entry 8 \(bell.struck\)"):
        read_body(later, Bell)
    del UPCASTERS["bell.struck v1"]
