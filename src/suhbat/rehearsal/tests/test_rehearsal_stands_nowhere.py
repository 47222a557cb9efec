"""A rehearsal with its outcomes is on its own pages only: in no ledger, total, list, search, feed, mail or reminder."""

import pytest
from sqlalchemy import func, select

from suhbat.meetings.calendar_mail import Due, due
from suhbat.meetings.models import Meeting
from suhbat.notices.queries import seated
from suhbat.outcomes.models import Outcome
from suhbat.people.calendar_mail_addresses import Address
from suhbat.people.models import SeatRow
from suhbat.rehearsal import runner, staging

PUBLIC = (
    "/", "/formats", "/formats/ca-japan", "/ledger", "/ledger.csv", "/ledger?by=JP", "/compare", "/compare?f=ca-japan",
    "/search?q=medical+equipment", "/search?q=rehearsal", "/changes", "/changes.atom", "/changes.json",
    "/states/JP", "/states/KZ", "/topics/public-health", "/sitemap/1", "/calendars/all.ics", "/calendars/ca-japan.ics",
    "/data/iati-activities.xml", "/data/outcomes.csv", "/data/meetings.csv",
)  # fmt: skip


@pytest.fixture
def played(app, client, dialogue):
    """The whole conference with its nine outcomes published, Kazakhstan's seat taken by a person."""
    meeting = staging.stage(app, "2020-08-11")
    client.post(f"/rehearse/seats/{meeting}/KZ")
    for _ in range(300):
        if runner.step(app, meeting, for_humans=True) is None:
            return meeting
    raise AssertionError("the script does not come to an end")


def test_a_rehearsal_stands_on_its_own_pages_only(app, client, played):
    slug = played.partition("/")[2]
    with app.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Outcome).where(Outcome.status == "published")) == 9
        seat = session.scalars(select(SeatRow).where(SeatRow.place == played, SeatRow.state == "KZ")).one()
        assert seated(session, [seat.person]) == set(), "nobody is told by mail"
        recipient = Address(seat.id, played, "kz@example.org", "en")
        assert due(session.get_one(Meeting, played), seat, recipient) == Due(last=True), "no calendar is sent"
    assert slug not in client.get("/notices").text
    client.cookies.clear()
    answers = {address: client.get(address) for address in PUBLIC}
    assert {address: answer.status_code for address, answer in answers.items() if answer.status_code != 200} == {}
    leaks = [
        address
        for address, answer in answers.items()
        if slug in answer.text or "2,000,000,000" in answer.text or "2000000000" in answer.text
    ]
    assert leaks == []
    outcome = f"/outcomes/{played}/grants-for-medical-equipment"
    page = client.get(outcome)
    assert page.status_code == 200
    assert "a rehearsal" in page.text


def test_in_a_rehearsal_it_is_the_day_that_is_rehearsed(client, played):
    page = client.get(f"/outcomes/{played}/grants-for-medical-equipment").text
    assert "without a later report" not in page
    life = page.split('class="lifeline"')[1].split("</ol>")[0]
    assert life.count("11 August 2020") == 2, "it was said on that day, and that day it is"
