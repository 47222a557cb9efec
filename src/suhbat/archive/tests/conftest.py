"""An editor, and the Japanese dialogue as shipped."""

import difflib
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.convened_meeting import seated
from tests.loaded_public_record import TODAY, Loads, japanese_dialogue

from suhbat.acts.roles_and_seats import ADMINISTRATION, PUBLIC_READER, Role
from suhbat.archive.folder_export import export
from suhbat.archive.folder_load import check_folder


@pytest.fixture
def editor():
    return seated(Role.EDITOR, "")


@pytest.fixture
def folder(app, loads: Loads, clock, tmp_path: Path) -> Path:
    clock.at = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)  # after all that the files report
    record = japanese_dialogue(tmp_path / "record")
    loads.into(app, record, "japan")
    return record


@pytest.fixture
def desk(app, signed_in):
    """An editor's browser without scripts."""
    link = app.door.perform(ADMINISTRATION, "editor.named", {"name": "Ed Itor"}).reply["link"]
    seat = app.door.perform(PUBLIC_READER, "seat.taken", {"secret": link.rpartition("/")[2]})
    return signed_in(seat.reply["person"])


@pytest.fixture
def changed(app, folder, tmp_path):
    """Exports, checks the exported files, and returns the changed lines by file."""

    def compare() -> dict[str, list[str]]:
        out = tmp_path / "out"
        shutil.rmtree(out, ignore_errors=True)
        export(app.database, out, "http://localhost:8000")
        assert check_folder(out, TODAY)[1] == []
        names = sorted({path.relative_to(root).as_posix() for root in (folder, out) for path in root.rglob("*.yaml")})
        changes = {}
        for name in names:
            was, now = (
                (root / name).read_text().splitlines() if (root / name).exists() else [] for root in (folder, out)
            )
            match = difflib.SequenceMatcher(None, was, now, autojunk=False)
            lines = []
            for tag, a, b, c, d in match.get_opcodes():
                if tag != "equal":
                    lines += ["-" + line for line in was[a:b]] + ["+" + line for line in now[c:d]]
            if lines:
                changes[name] = lines
        return changes

    return compare
