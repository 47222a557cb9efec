"""An editor keeps the public record up to date: adds deliveries and meetings, corrects facts, exports the files."""

from pathlib import Path

import pytest
from conftest import BOTH
from sqlalchemy import select
from tests.convened_meeting import seated
from tests.loaded_public_record import TODAY

from suhbat.acts.roles_and_seats import PUBLIC_READER, Role
from suhbat.archive.folder_export import export
from suhbat.archive.folder_load import check_folder, load
from suhbat.archive.models import ArchiveFile
from suhbat.ground.refusals import Kind, Refused
from suhbat.meetings.models import Meeting
from suhbat.outcomes.models import Outcome

on_both = pytest.mark.parametrize("database", BOTH, indirect=True)

SPECIAL = "ca-japan/2020-08-11-special-video-ministerial"
REPORT = {
    "outcome": f"{SPECIAL}#kyrgyzstan-share", "date": "2026-05-04", "state": "delivered",
    "summary": "The machines were handed over in Bishkek.", "source": "https://example.org/handed-over",
    "publisher": "A newspaper", "published": "2026-05",
}  # fmt: skip


def different(first: Path, second: Path) -> list[str]:
    """Files that differ between two folders, or are in one of them only."""
    names = {path.relative_to(root).as_posix() for root in (first, second) for path in root.rglob("*.yaml")}

    def content(path: Path) -> bytes | None:
        return path.read_bytes() if path.exists() else None

    return sorted(name for name in names if content(first / name) != content(second / name))


@on_both
def test_export_writes_the_same_bytes_as_were_loaded(app, folder, tmp_path):
    done = export(app.database, tmp_path / "out", "http://localhost:8000")
    assert (done.loaded, done.edited, done.held) == (55, 0, 0)
    assert different(folder, tmp_path / "out") == []


@on_both
def test_the_editor_sees_the_difference_before_anything_is_saved(app, folder, editor):
    with pytest.raises(Refused) as refusal:
        app.door.perform(editor, "archive.delivery_added", REPORT)
    difference = str(refusal.value.fields["seen"])
    assert "+    summary: The machines were handed over in Bishkek." in difference
    assert "+  url: https://example.org/handed-over" in difference
    with app.database.reading() as session:
        assert session.get(Outcome, REPORT["outcome"]).delivery_status == "unknown"


@on_both
@pytest.mark.parametrize("day", ["2027-01-01", "2027-01", "2027", "2026-11-25", "2026-12"])
def test_no_delivery_is_dated_in_the_future(app, folder, editor, day):
    with pytest.raises(Refused) as refusal:
        app.door.perform(editor, "archive.delivery_added", {**REPORT, "date": day, "seen": True})
    assert "yet to come" in str(refusal.value.fields["date"])
    with app.database.reading() as session:
        assert session.get(Outcome, REPORT["outcome"]).delivery_status == "unknown"


@on_both
@pytest.mark.parametrize("day", ["2026-11-24", "2026-11", "2026", ""])
def test_a_delivery_of_today_of_this_month_or_of_no_known_day_is_accepted(app, folder, editor, day):
    app.door.perform(editor, "archive.delivery_added", {**REPORT, "date": day or None, "seen": True})
    with app.database.reading() as session:
        assert session.get(Outcome, REPORT["outcome"]).delivery_status == "delivered"


@on_both
def test_a_delivery_cannot_be_corrected_to_a_day_in_the_future(app, folder, editor):
    app.door.perform(editor, "archive.delivery_added", {**REPORT, "seen": True})
    with app.database.reading() as session:
        content = session.scalars(select(ArchiveFile).where(ArchiveFile.of == SPECIAL)).one().content
    index = next(n for n, outcome in enumerate(content["outcomes"]) if outcome["id"] == "kyrgyzstan-share")
    with pytest.raises(Refused, match="yet to come"):
        app.door.perform(editor, "archive.corrected", {
            "of": SPECIAL, "field": f"outcomes.{index}.deliveries.0.date", "now": "2027-01-01", "why": "A slip",
            "cites": 1, "seen": True,
        })  # fmt: skip


def test_a_file_with_a_delivery_in_the_future_is_a_fault(folder):
    path = folder / f"meetings/{SPECIAL}.yaml"
    text = path.read_text()
    start = text.index("\n", text.index("deliveries:")) + 1
    line = text[start:].index("date: ") + start
    path.write_text(text[:line] + "date: '2999-01-01'" + text[text.index("\n", line) :])
    [fault] = check_folder(folder, TODAY)[1]
    assert fault.path == f"meetings/{SPECIAL}.yaml"
    assert fault.line == text[:line].count("\n") + 1
    assert "2999-01-01, which is yet to come" in fault.reason


@on_both
def test_a_delivery_changes_the_pages_the_tables_and_the_exported_file_and_survives_a_load(
    app, folder, editor, client, tmp_path
):
    app.door.perform(editor, "archive.delivery_added", {**REPORT, "seen": True})
    with app.database.reading() as session:
        assert session.get(Outcome, REPORT["outcome"]).delivery_status == "delivered"
    page = client.get(f"/meetings/{SPECIAL}.json").json()
    (pledge,) = [row for row in page["money"] if row["outcome"]["id"].endswith("#medical-equipment-grants")]
    assert pledge["handed_over"] == {"JPY": 1_898_000_000}
    out = tmp_path / "out"
    done = export(app.database, out, "http://localhost:8000")
    assert (done.loaded, done.edited) == (54, 1)
    assert different(folder, out) == [f"meetings/{SPECIAL}.yaml"]
    assert check_folder(out, TODAY)[1] == []
    again = load(app.door, folder, TODAY)  # the old file does not undo what the editor did
    assert (again.changed, again.faults, again.unchanged) == ([], [], 55)
    assert load(app.door, out, TODAY).unchanged == 55  # the exported file is no change either
    path = folder / f"meetings/{SPECIAL}.yaml"
    path.write_text(path.read_text().replace("nearly", "about"))
    assert "an editor changed this here" in load(app.door, folder, TODAY).faults[0].reason


@on_both
def test_a_meeting_is_added_by_form_and_stays_when_the_files_are_loaded_again(app, folder, editor, client, tmp_path):
    inputs = {
        "format": "ca-japan", "name": "tenth-ministerial", "title": "Tenth ministerial", "level": "ministerial",
        "mode": "in-person", "starts": "2026-08-30", "city": "Astana", "country": "KZ", "number": 10,
        "participants": {"0": {"state": "JP", "name": "A Minister", "office": "Minister of Foreign Affairs"},
                         "1": {"state": "KZ"}},
        "chair": {"state": "KZ"}, "topics": ["water"],
        "source": "https://example.org/tenth", "publisher": "A ministry", "seen": True,
    }  # fmt: skip
    app.door.perform(editor, "archive.meeting_added", inputs)
    assert client.get("/meetings/ca-japan/2026-08-30-tenth-ministerial").status_code == 200
    assert load(app.door, folder, TODAY).deleted == []
    out = tmp_path / "out"
    export(app.database, out, "http://localhost:8000")
    assert different(folder, out) == ["meetings/ca-japan/2026-08-30-tenth-ministerial.yaml"]
    assert check_folder(out, TODAY)[1] == []
    with app.database.reading() as session:
        assert session.get(Meeting, "ca-japan/2026-08-30-tenth-ministerial").origin == "reported"
    with pytest.raises(Refused):
        app.door.perform(editor, "archive.meeting_added", inputs)
    with pytest.raises(Refused):
        app.door.perform(
            editor, "archive.meeting_added", {**inputs, "name": "other", "participants": {"0": {"name": "Nobody"}}}
        )


@on_both
def test_nobody_else_adds_deliveries(app, folder):
    for actor in (PUBLIC_READER, seated(Role.HEAD, SPECIAL, "JP"), seated(Role.SECRETARIAT, "ca-japan")):
        with pytest.raises(Refused) as refusal:
            app.door.perform(actor, "archive.delivery_added", {**REPORT, "seen": True})
        assert refusal.value.kind == Kind.NOT_ALLOWED


@on_both
def test_a_reader_reports_an_error_that_only_editors_see(app, folder, editor, client):
    page = f"/meetings/{SPECIAL}"
    form = client.get("/acts/error.reported", params={"page": page})
    assert form.status_code == 200
    inputs = {"page": page, "fact": "city", "says": "<b>It was Tokyo</b>", "source": "https://example.org"}
    answer = client.post("/acts/error.reported", data=inputs, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/reported?page=" + page.replace("/", "%2F"))
    assert f'href="{page}"' in client.get(answer.headers["location"]).text
    assert 'href="//evil' not in client.get("/reported?page=//evil.example").text
    assert 'href="javascript' not in client.get("/reported?page=javascript:alert(1)").text
    assert client.get("/editors").status_code == 404
    assert "It was Tokyo" not in client.get("/changes").text
    assert "It was Tokyo" not in client.get("/changes.json").text
    from sqlalchemy import select

    from suhbat.public.models import ErrorReport

    with app.database.reading() as session:
        (report,) = session.scalars(select(ErrorReport))
    app.door.perform(editor, "error.answered", {"id": report.id, "answer": "It was by video."})
    with pytest.raises(Refused) as refusal:
        app.door.perform(editor, "error.answered", {"id": report.id, "answer": "Again."})
    assert refusal.value.kind == Kind.CONFLICT


@on_both
def test_the_number_of_error_reports_is_limited(app, folder, client, clock):
    page = f"/meetings/{SPECIAL}"
    for n in range(5):
        app.door.perform(PUBLIC_READER, "error.reported", {"page": page, "says": f"wrong {n}"})
    with pytest.raises(Refused) as refusal:
        app.door.perform(PUBLIC_READER, "error.reported", {"page": page, "says": "wrong again"})
    assert refusal.value.kind == Kind.OUT_OF_ORDER
    app.door.perform(PUBLIC_READER, "error.reported", {"page": "/ledger", "says": "another page is another matter"})
    clock.forward(hours=2)
    app.door.perform(PUBLIC_READER, "error.reported", {"page": page, "says": "later one may"})
    codes = [client.post("/acts/error.reported", json={"page": f"/states/A{n}", "says": "x"}).status_code
             for n in range(8)]  # fmt: skip
    assert codes == [201] * 6 + [429] * 2


@on_both
def test_a_format_with_reported_meetings_is_not_withdrawn(app, folder, editor):
    with pytest.raises(Refused) as refusal:
        app.door.perform(editor, "archive.withdrawn", {"path": "formats/ca-japan.yaml", "why": "Twice"})
    assert refusal.value.kind == Kind.OUT_OF_ORDER
