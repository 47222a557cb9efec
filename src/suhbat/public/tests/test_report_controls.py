"""Error reports: what a page offers is accepted, and what it does not offer is refused."""

import pytest

from suhbat.acts.roles_and_seats import ADMINISTRATION, PUBLIC_READER
from suhbat.ground.refusals import Refused
from suhbat.people.queries import actor_for
from suhbat.people.seat_managers import INSTALLATION_PLACE
from suhbat.public import acts
from suhbat.public.acts import waiting_reports
from suhbat.public.models import ErrorReport

WRONG = {"page": "/ledger", "says": "It was another day"}


def accepted(app, actor, act, **inputs):
    try:
        app.door.perform(actor, act, inputs)
    except Refused:
        return False
    return True


@pytest.mark.parametrize(("most", "limit"), [("MOST_OPEN", 2), ("MOST_ON_PAGE", 1)])
def test_the_form_is_shown_as_long_as_a_report_is_accepted(app, client, monkeypatch, most, limit):
    monkeypatch.setattr(acts, most, limit)
    for number in range(3):
        with app.database.reading() as session:
            waiting = waiting_reports(session, WRONG["page"], app.clock())
        offered = app.door.offers(PUBLIC_READER, "error.reported", INSTALLATION_PLACE, waiting)
        form = client.get("/acts/error.reported", params={"page": WRONG["page"]})
        assert ("textarea" in form.text) == (form.status_code == 200) == offered
        assert accepted(app, PUBLIC_READER, "error.reported", **WRONG) == offered == (number < limit)
    elsewhere = client.get("/acts/error.reported", params={"page": "/compare"})
    assert ("textarea" in elsewhere.text) == (most == "MOST_ON_PAGE")


def test_a_full_list_says_so_before_anything_is_typed(app, client, monkeypatch):
    monkeypatch.setattr(acts, "MOST_OPEN", 0)
    assert "full" in client.get("/acts/error.reported", params={"page": "/"}).text


@pytest.fixture
def editor(app):
    link = app.door.perform(ADMINISTRATION, "editor.named", {"name": "Ed Itor"}).reply["link"]
    person = app.door.perform(PUBLIC_READER, "seat.taken", {"secret": link.rpartition("/")[2]}).reply["person"]
    with app.database.reading() as session:
        return actor_for(session, person)


def test_an_answer_is_offered_once_and_to_editors(app, editor, signed_in):
    report_id = app.door.perform(PUBLIC_READER, "error.reported", WRONG).entry.body["id"]
    for waits in (True, False):
        assert ("/acts/error.answered" in signed_in(editor.id).get("/editors").text) == waits
        with app.database.reading() as session:
            report = session.get_one(ErrorReport, report_id)
            assert app.door.offers(editor, "error.answered", INSTALLATION_PLACE, report) == waits
            assert not app.door.offers(PUBLIC_READER, "error.answered", INSTALLATION_PLACE, report)
        assert not accepted(app, PUBLIC_READER, "error.answered", id=report_id, answer="Corrected")
        assert accepted(app, editor, "error.answered", id=report_id, answer="Corrected") == waits
