"""The editor loads the public record, and later versions of it."""

import shutil
from pathlib import Path

import pytest
from conftest import BOTH
from sqlalchemy import func, select
from tests.loaded_public_record import TODAY

from suhbat.archive import file_rows
from suhbat.archive.file_validation import SCHEMAS
from suhbat.archive.folder_export import export
from suhbat.archive.folder_load import SHIPPED, check_folder, load
from suhbat.archive.models import ArchiveFile
from suhbat.archive.yaml_writer import file_text
from suhbat.formats.models import Format, Source
from suhbat.meetings.models import Delegation, Meeting
from suhbat.outcomes.models import Delivery, Outcome
from suhbat.public.models import KnownPerson
from suhbat.record.models import EntryRow
from suhbat.record.reading import head_number

on_both = pytest.mark.parametrize("database", BOTH, indirect=True)

SPECIAL = "meetings/ca-japan/2020-08-11-special-video-ministerial.yaml"
PLEDGE = "ca-japan/2020-08-11-special-video-ministerial#medical-equipment-grants"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One format and its meetings: small enough to load in every test."""
    record = tmp_path / "record"
    for name in ("formats/ca-japan.yaml", "people.yaml"):
        (record / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SHIPPED / name, record / name)
    shutil.copytree(SHIPPED / "meetings/ca-japan", record / "meetings/ca-japan")
    return record


def test_the_shipped_record_has_no_faults_and_is_written_with_the_same_bytes():
    files, faults = check_folder(SHIPPED, TODAY)
    assert faults == []
    assert len(files) == 288
    assert [file.path for file in files if file_text(file.content) != file.text] == []


def test_the_schemas_of_the_package_are_those_of_the_public_record():
    """There are two copies on purpose. The folder is a download of its own, which programs of others check by its
    schemas; and an installed package does not have the folder, but checks files and draws forms by the schemas."""
    in_package = {path.name: path.read_bytes() for path in SCHEMAS.iterdir()}
    assert in_package == {path.name: path.read_bytes() for path in (SHIPPED / "schema").iterdir()}
    assert set(in_package) == {f"{kind}.schema.json" for kind in ("format", "meeting", "people")}


@on_both
def test_a_load_fills_the_tables_and_a_second_one_does_nothing(app, folder):
    first = load(app.door, folder, TODAY)
    assert (len(first.new), first.changed, first.deleted, first.faults) == (55, [], [], [])
    with app.database.reading() as session:
        number = head_number(session)
        meeting = session.get(Meeting, "ca-japan/2020-08-11-special-video-ministerial")
        assert (meeting.status, meeting.origin, meeting.chair_state) == ("reported", "reported", "JP")
        assert [delegation.state for delegation in meeting.delegations] == ["JP", "KZ", "KG", "TJ", "TM", "UZ"]
        pledge = session.get(Outcome, f"{meeting.id}#medical-equipment-grants")
        assert (pledge.value, pledge.currency, pledge.qualifier, pledge.delivery_status) == (
            2_000_000_000, "JPY", "nearly", "in-progress",
        )  # fmt: skip
        assert session.scalar(select(func.count()).select_from(Delivery)) > 20
    again = load(app.door, folder, TODAY)
    assert (again.new, again.changed, again.deleted, again.unchanged) == ([], [], [], 55)
    with app.database.reading() as session:
        assert head_number(session) == number == 55


@on_both
def test_a_changed_file_makes_one_entry_and_a_deleted_file_is_withdrawn(app, folder):
    load(app.door, folder, TODAY)
    path = folder / SPECIAL
    path.write_text(path.read_text().replace("nearly", "about"))
    deleted = max((folder / "meetings/ca-japan").glob("*.yaml"))
    deleted.unlink()
    done = load(app.door, folder, TODAY)
    assert done.faults == []
    assert (done.changed, done.deleted) == ([SPECIAL], [deleted.relative_to(folder).as_posix()])
    with app.database.reading() as session:
        assert head_number(session) == 57
        assert session.get(Meeting, f"ca-japan/{deleted.stem}") is None
        assert session.scalar(select(func.count()).where(Delegation.meeting == f"ca-japan/{deleted.stem}")) == 0
        pledge = session.get(Outcome, "ca-japan/2020-08-11-special-video-ministerial#medical-equipment-grants")
        assert pledge.qualifier == "about"


@on_both
def test_nothing_is_loaded_if_one_file_has_a_fault(app, folder):
    path = folder / SPECIAL
    path.write_text(path.read_text().replace("fulfilled_by: ca-japan/2022", "fulfilled_by: ca-japan/1922"))
    done = load(app.door, folder, TODAY)
    assert [fault.reason for fault in done.faults] == [
        "eighth-in-japan: there is no meeting ca-japan/1922-04-15-eighth-ministerial"
    ]
    with app.database.reading() as session:
        assert head_number(session) == 0
        assert session.scalar(select(func.count()).select_from(ArchiveFile)) == 0


@on_both
def test_an_interrupted_load_leaves_nothing(app, folder, monkeypatch):
    outcome_row = file_rows.outcome_row
    calls = []

    def fail(*arguments):
        calls.append(arguments)
        if len(calls) == 50:
            raise RuntimeError("interrupted")
        return outcome_row(*arguments)

    with monkeypatch.context() as broken:
        broken.setattr(file_rows, "outcome_row", fail)
        with pytest.raises(RuntimeError, match="interrupted"):
            load(app.door, folder, TODAY)
    with app.database.reading() as session:
        assert head_number(session) == 0
        for table in (EntryRow, ArchiveFile, Format, Meeting, Delegation, Source, Outcome, Delivery, KnownPerson):
            assert session.scalar(select(func.count()).select_from(table)) == 0, table
    assert len(load(app.door, folder, TODAY).new) == 55
    with app.database.reading() as session:
        assert head_number(session) == 55


@on_both
def test_a_refused_load_changes_nothing(app, folder, monkeypatch):
    load(app.door, folder, TODAY)
    path = folder / SPECIAL
    path.write_text(path.read_text().replace("nearly", "about"))
    (folder / "formats/ca-japan.yaml").unlink()
    for meeting in (folder / "meetings/ca-japan").glob("201*.yaml"):
        meeting.unlink()
    monkeypatch.setattr("suhbat.archive.folder_load.check_all", lambda _files, _today: [])
    done = load(app.door, folder, TODAY)  # the check is left out, but the act on the format finds its meetings
    assert len(done.faults) == 1
    with app.database.reading() as session:
        assert head_number(session) == 55
        assert session.scalar(select(Outcome.qualifier).where(Outcome.id == PLEDGE)) == "nearly"


@on_both
def test_the_whole_shipped_record_is_loaded_and_exported_with_the_same_bytes(app, tmp_path):
    assert len(load(app.door, SHIPPED, TODAY).new) == 288
    again = load(app.door, SHIPPED, TODAY)
    assert (again.new, again.changed, again.deleted, again.unchanged, again.faults) == ([], [], [], 288, [])
    done = export(app.database, tmp_path / "out", "https://dialogue.example")
    assert (done.loaded, done.edited, done.held) == (288, 0, 0)
    exported = sorted((tmp_path / "out").rglob("*.yaml"))
    assert len(exported) == 288
    for path in exported:
        assert path.read_bytes() == (SHIPPED / path.relative_to(tmp_path / "out")).read_bytes(), path


@on_both
def test_comments_in_a_file_are_kept(app, folder):
    path = folder / SPECIAL
    path.write_text("# a remark\n" + path.read_text())
    load(app.door, folder, TODAY)
    with app.database.reading() as session:
        assert session.get(ArchiveFile, SPECIAL).text is not None


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("starts: '2020-08-11'", "starts: '2020-13-11'", "starts"),
        ("starts: '2020-08-11'", "starts: '2020-02-30'", "no day, month or year that exists"),
        ("level: ministerial", "level: grand", 'level: "grand" is not one of'),
        ("  - JP\n  to:", "  - XX\n  to:", "outcomes.0.by.0: XX is no ISO 3166 code"),
        ("- id: uzbekistan-share", "- id: medical-equipment-grants", "two outcomes are called"),
        ("confidence: high", "confidence: high\nconfidence: high", "confidence: given twice"),
        ("number: null", "number: &a [*a, *a]", "anchors and aliases are not taken"),
        ("number: null", "number: }", "no YAML"),
        ("format: ca-japan", "format: \x00", "no YAML"),
        ("format: ca-japan", "format: " + "[" * 5000, "nested too deeply"),
        ("format: ca-japan", "secret: 1\nformat: ca-japan", 'no such field: "secret"'),
        ("- n: 1\n", "- n: 2\n", "two sources are called 2"),
        ("  sources:\n  - 3\n", "  sources:\n  - 99\n", "there is no source 99"),
        ("  sources:\n  - 3\n  - 4\n  - 5\n", "  sources: []\n", "at least 1 needed"),
    ],
)
def test_every_fault_has_file_line_and_reason(folder, before, after, reason):
    path = folder / SPECIAL
    text = path.read_text()
    path.write_text(text.replace(before, after, 1))
    _files, faults = check_folder(folder, TODAY)
    (first, *_others) = [fault for fault in faults if fault.path == SPECIAL and reason in fault.reason]
    assert abs(first.line - text[: text.index(before)].count("\n") - 1) <= 4


def test_all_faults_are_found_not_only_the_first(folder):
    path = folder / SPECIAL
    text = path.read_text().replace("level: ministerial", "level: grand").replace("mode: video", "mode: radio")
    path.write_text(text.replace("confidence: high", "confidence: total"))
    (folder / "formats/ca-japan.yaml").write_text("[")
    assert len(check_folder(folder, TODAY)[1]) >= 4


def test_a_file_that_is_too_large_is_not_read(folder):
    (folder / SPECIAL).write_text("notes: " + "x" * 10_000_000)
    assert check_folder(folder, TODAY)[1][0].reason == "larger than 200000 bytes"
