"""Meetings held here are exported as valid files of the public record."""

import pytest
from conftest import BOTH
from tests.loaded_public_record import TODAY

from suhbat.archive.folder_export import export
from suhbat.archive.folder_load import check_folder
from suhbat.archive.yaml_reader import read

on_both = pytest.mark.parametrize("database", BOTH, indirect=True)


def hold(app, convened):
    """Hold the meeting, promise in two currencies, report on one, and publish the record."""
    meeting, door = convened.meeting, app.door
    jp, kz = convened.heads["JP"], convened.heads["KZ"]
    door.perform(convened.chair, "meeting.opened", {"meeting": meeting, "present": list(convened.heads)})
    for state in ("JP", "KZ"):
        door.perform(convened.chair, "floor.given", {"meeting": meeting, "delegation": state})
    tenge = {"value": 1_200_000_000, "currency": "KZT", "qualifier": "about", "as_said": "some 1.2 billion tenge"}
    wheat = door.perform(kz, "pledge.made", {"meeting": meeting, "title": "Wheat", "to": ["TJ"], "amount": tenge,
                                            "summary": "=Wheat for <b>spring</b>"}).entry  # fmt: skip
    dollars = {"value": 5_000_000, "currency": "USD", "qualifier": "exact"}
    clinics = door.perform(jp, "pledge.made", {"meeting": meeting, "title": "Clinics", "to": ["KG"], "topic":
                           "public-health", "amount": dollars}).entry  # fmt: skip
    again = door.perform(convened.chair, "decision.taken", {"meeting": meeting, "title": "To meet again"}).entry
    door.perform(convened.chair, "meeting.closed", {"meeting": meeting})
    for actor, entry in ((kz, wheat), (jp, clinics), (convened.chair, again)):
        inputs = {"meeting": meeting, "outcome": entry.body["outcome"]["id"], "changed": entry.number}
        door.perform(actor, "outcome.confirmed", inputs)


def publish(app, convened):
    app.door.perform(convened.secretariat, "minutes.drafted", {"meeting": convened.meeting})
    from sqlalchemy import select

    from suhbat.minutes.models import Minutes

    with app.database.reading() as session:
        version = session.scalar(select(Minutes.version))
    for head in convened.heads.values():
        app.door.perform(head, "minutes.agreed", {"meeting": convened.meeting, "version": version, "unnamed": True})
    app.door.perform(
        convened.secretariat, "minutes.published", {"meeting": convened.meeting, "version": version, "unnamed": True}
    )


@on_both
def test_a_meeting_held_here_is_exported_as_a_valid_file_with_its_amounts(app, convene, client, tmp_path):
    convened = convene(app)
    hold(app, convened)
    publish(app, convened)
    done = export(app.database, tmp_path, "https://dialogue.example")
    assert done.held == 2
    files, faults = check_folder(tmp_path, TODAY)
    assert [str(fault) for fault in faults] == []
    (meeting,) = [file for file in files if file.kind == "meeting"]
    assert read(meeting) == []
    (wheat,) = [outcome for outcome in meeting.content["outcomes"] if "Wheat" in outcome["summary"]]
    assert wheat["amount"] == {"value": 1_200_000_000, "currency": "KZT", "qualifier": "about"}
    assert "some 1.2 billion tenge" in wheat["summary"]
    assert meeting.content["sources"][0]["url"] == f"https://dialogue.example/meetings/{convened.meeting}"
    page = client.get(f"/meetings/{convened.meeting}").text
    assert "held here" in page
    assert "&lt;b&gt;spring&lt;/b&gt;" in page


@on_both
def test_an_unpublished_meeting_is_not_exported(app, convene, tmp_path):
    convened = convene(app)
    hold(app, convened)
    done = export(app.database, tmp_path, "https://dialogue.example")
    assert done.held == 1
    assert not list(tmp_path.glob("meetings/*/*.yaml"))
