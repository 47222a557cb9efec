"""The page of a promise that was made here: said once, as old as it is, and with the step to report on it."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from suhbat.acts.roles_and_seats import ADMINISTRATION, PUBLIC_READER, Role
from suhbat.minutes.models import Minutes
from suhbat.outcomes.models import Outcome

SAID = "Grants of 5 million US dollars for clinics"


@pytest.fixture
def promised(app, convene):
    """Hold a meeting that was convened for a day years ago, as a trial does, and publish its one pledge."""
    here = convene(app, opens="2020-08-11T18:00", closes="2020-08-11T20:00", delegations=["JP", "KZ"])

    def do(actor, act, **inputs):
        return app.door.perform(actor, act, {"meeting": here.meeting, **inputs})

    do(here.chair, "meeting.opened", present=["JP", "KZ"])
    do(here.chair, "floor.given", delegation="JP")
    dollars = {"value": 5_000_000, "currency": "USD", "qualifier": "exact"}
    do(here.heads["JP"], "pledge.made", title=SAID, to=["KZ"], amount=dollars)
    do(here.chair, "meeting.closed")
    with app.database.reading() as session:
        pledge = session.scalars(select(Outcome).where(Outcome.meeting == here.meeting)).one()
    do(here.heads["JP"], "outcome.confirmed", outcome=pledge.id, changed=pledge.changed)
    with app.database.reading() as session:
        version = session.get_one(Minutes, here.meeting).version
    do(here.chair, "minutes.published", version=version, own_responsibility=True, unnamed=True)
    return pledge


@pytest.fixture
def secretary(app, promised, signed_in):
    """A browser in which the format's secretary is signed in."""
    seat = {"format": "ca-japan", "role": str(Role.SECRETARIAT), "name": "A secretary"}
    link = app.door.perform(ADMINISTRATION, "seat.offered", seat).reply["link"]
    taken = app.door.perform(PUBLIC_READER, "seat.taken", {"secret": link.rpartition("/")[2]})
    return signed_in(taken.reply["person"])


def words_of(answer) -> str:
    main = answer.text.split("<main", 1)[1].split("</main>")[0].split("Cite this page")[0]
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", main).split()))


def test_a_promise_is_said_once_on_its_page_and_once_on_the_page_of_its_meeting(client, promised):
    page = words_of(client.get(f"/outcomes/{promised.id.replace('#', '/')}"))
    assert page.count(SAID) == 1
    assert "Other" not in page, "no topic was named"
    meeting = words_of(client.get(f"/meetings/{promised.meeting}"))
    assert meeting.split("The summary record")[0].count(SAID) == 1


def test_what_was_entered_today_is_not_years_without_a_report(client, promised):
    page = words_of(client.get(f"/outcomes/{promised.id.replace('#', '/')}"))
    assert "without a later report" not in page


def test_the_page_leads_those_who_may_to_the_report_on_what_became_of_it(client, promised, request):
    address = f"/outcomes/{promised.id.replace('#', '/')}"
    step = "/acts/delivery.reported?"
    assert step not in client.get(address).text
    browser = request.getfixturevalue("secretary")
    page = browser.get(address).text
    assert step in page
    link = re.search(r'href="(/acts/delivery\.reported[^"]+)"', page)
    assert link
    form = browser.get(unescape(link[1]))
    assert form.status_code == 200
    assert "Report what became of an outcome" in form.text
