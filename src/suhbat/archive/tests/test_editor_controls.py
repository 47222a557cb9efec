"""What an editor's page offers is accepted, and what it does not offer is refused."""

import html
import re
from urllib.parse import parse_qsl

import pytest
from tests.convened_meeting import seated

from suhbat.acts.roles_and_seats import ADMINISTRATION, PUBLIC_READER, Role
from suhbat.archive.models import ArchiveFile
from suhbat.archive.queries import file_about
from suhbat.archive.tests.rights_samples import shipped_file
from suhbat.archive.tests.submitted_forms import controls
from suhbat.archive.withdraw_file import origins_within
from suhbat.formats.models import Format
from suhbat.ground.refusals import Refused
from suhbat.meetings.models import Meeting
from suhbat.people.seat_managers import INSTALLATION_PLACE

SPECIAL = "ca-japan/2020-08-11-special-video-ministerial"
FILES = pytest.mark.parametrize("of", [SPECIAL, "ca-japan", "people"])
SOURCE = {"source": "https://example.org/page", "publisher": "A ministry", "seen": True}


def refused_fields(app, actor, act, **inputs):
    """The fields for which an act is refused; None if it is accepted."""
    try:
        app.door.perform(actor, act, inputs)
    except Refused as refusal:
        return refusal.fields or {"": refusal.why}
    return None


def offered(browser, of, act):
    """The parameters of the links to an act on a file's page."""
    page = browser.get(f"/correct/{of}").text
    return [dict(parse_qsl(html.unescape(query))) for query in re.findall(rf'href="/acts/{act}\?([^"]+)"', page)]


@FILES
def test_every_fact_that_is_offered_can_be_corrected(app, folder, desk, editor, of):
    fields = [link["field"] for link in offered(desk, of, "archive.corrected")]
    assert len(fields) > 20
    for field in fields:
        faults = refused_fields(app, editor, "archive.corrected", of=of, field=field, why="x")  # too few fields
        assert "field" not in faults, field


@pytest.mark.parametrize(("of", "field"), [
    (SPECIAL, "outcomes.0.id"), (SPECIAL, "format"), (SPECIAL, "sources.0.n"), (SPECIAL, "outcomes"),
    (SPECIAL, "participants"), (SPECIAL, "outcomes.99"), ("ca-japan", "id"), ("people", "0.id"), ("people", "999"),
])  # fmt: skip
def test_a_place_that_is_not_offered_is_refused(app, folder, desk, editor, of, field):
    assert field not in [link["field"] for link in offered(desk, of, "archive.corrected")]
    assert "field" in refused_fields(app, editor, "archive.corrected", of=of, field=field, now="x", why="x", **SOURCE)


@pytest.mark.parametrize(("field", "may"), [
    ("participants.5", True), ("sources.24", False), ("outcomes.0", False), ("title", False), ("participants.6", False),
])  # fmt: skip
def test_a_fact_that_can_be_removed_is_offered_for_removal(app, folder, desk, editor, field, may):
    form = desk.get("/acts/archive.corrected", params={"of": SPECIAL, "field": field}).text
    assert ("gone" in controls(form)) == may
    faults = refused_fields(app, editor, "archive.corrected", of=SPECIAL, field=field, gone=True, why="x", **SOURCE)
    assert ("field" not in (faults or {})) == may


@FILES
def test_outcomes_and_deliveries_are_offered_where_they_are_accepted(app, folder, desk, editor, of):
    inputs = {"name": "water-experts", "kind": "pledge", "summary": "Experts", "by": ["JP"], "topic": "water", **SOURCE}
    may = bool(offered(desk, of, "archive.outcome_added"))
    assert (refused_fields(app, editor, "archive.outcome_added", of=of, **inputs) is None) == may == (of == SPECIAL)
    outcomes = [link["outcome"] for link in offered(desk, of, "archive.delivery_added")]
    assert bool(outcomes) == may
    for outcome in [*outcomes, f"{of}#nothing"]:
        inputs = {"outcome": outcome, "state": "unknown", "summary": "x", **SOURCE}
        faults = refused_fields(app, editor, "archive.delivery_added", **inputs)
        assert (faults is None) == (outcome in outcomes), outcome
    assert desk.get("/acts/archive.delivery_added", params={"outcome": f"{of}#nothing"}).status_code == 200


def test_the_form_of_an_outcome_suggests_meetings_alone(app, folder, desk, editor):
    for of in ("", "ca-japan", "people"):
        form = desk.get("/acts/archive.outcome_added", params={"of": of} if of else {}).text
        assert controls(form)["of"] == "text"
        (name,) = re.findall(r'<input[^>]* name="of"[^>]* list="([^"]+)"', form)
        suggested = re.findall(
            r'value="([^"]+)"', re.findall(rf'<datalist id="{name}">(.*?)</datalist>', form, re.DOTALL)[0]
        )
        assert SPECIAL in suggested
        assert all("/" in meeting for meeting in suggested)


def test_a_meeting_is_offered_on_the_page_of_its_format(app, folder, desk, editor):
    (link,) = offered(desk, "ca-japan", "archive.meeting_added")
    meeting = {"name": "tenth", "title": "Tenth", "level": "ministerial", "starts": "2026-08-30", **SOURCE}
    assert refused_fields(app, editor, "archive.meeting_added", **link, **meeting) is None
    assert not offered(desk, SPECIAL, "archive.meeting_added")


@pytest.mark.parametrize("actor", [PUBLIC_READER, seated(Role.HEAD, SPECIAL, "JP")], ids=["public", "head"])
def test_nobody_else_is_offered_any_of_it(app, folder, actor):
    with app.database.reading() as session:
        file = file_about(session, SPECIAL)
        for act in ("archive.outcome_added", "archive.delivery_added"):
            assert not app.door.offers(actor, act, INSTALLATION_PLACE, file)


@pytest.mark.parametrize("founded", [False, True])
def test_a_format_that_was_founded_here_is_neither_reported_nor_offered_for_it(app, folder, editor, founded):
    content = shipped_file("formats/ca-japan.yaml").content
    inputs = {"path": "formats/ca-japan.yaml", "content": content}
    if founded:
        inputs = {"path": "formats/ca-five.yaml", "content": content | {"id": "ca-five"}}
        app.door.perform(ADMINISTRATION, "format.founded", {
            "format": "ca-five", "name": "Five", "kind": "n-plus-one", "members": ["KZ"], "partners": ["JP"],
            "levels": ["ministerial"], "publish": True,
        })  # fmt: skip
    with app.database.reading() as session:
        format_ = session.get(Format, "ca-five" if founded else "ca-japan")
        assert app.door.offers(editor, "archive.format_reported", INSTALLATION_PLACE, format_) == (not founded)
    assert (refused_fields(app, editor, "archive.format_reported", **inputs) is None) == (not founded)


@pytest.mark.parametrize("held_here", [False, True])
def test_a_meeting_that_was_held_here_is_neither_reported_nor_offered_for_it(app, request, editor, held_here):
    if held_here:
        of = request.getfixturevalue("convene")(app).meeting
    else:
        request.getfixturevalue("folder")
        of = SPECIAL
    with app.database.reading() as session:
        meeting = session.get_one(Meeting, of)
        assert app.door.offers(editor, "archive.meeting_reported", INSTALLATION_PLACE, meeting) == (not held_here)
    inputs = {"path": f"meetings/{of}.yaml", "content": shipped_file(f"meetings/{SPECIAL}.yaml").content}
    faults = refused_fields(app, editor, "archive.meeting_reported", **inputs)
    assert faults is None or list(faults) == [""]
    assert (faults is None) == (not held_here)


@pytest.mark.parametrize(("path", "may"), [
    ("formats/ca-japan.yaml", False), (f"meetings/{SPECIAL}.yaml", True), ("people.yaml", True),
])  # fmt: skip
def test_a_format_is_withdrawn_after_its_meetings(app, folder, editor, path, may):
    with app.database.reading() as session:
        origins = origins_within(session, session.get_one(ArchiveFile, path))
        assert app.door.offers(editor, "archive.withdrawn", INSTALLATION_PLACE, origins) == may
    assert (refused_fields(app, editor, "archive.withdrawn", path=path) is None) == may
