"""A reader reports an error from any kind of page, without a script; only editors read the report."""

import html
import re
from http import HTTPStatus

import pytest

from suhbat.acts.roles_and_seats import ADMINISTRATION, PUBLIC_READER
from suhbat.ground.clock import now
from suhbat.people.session_cookie import COOKIE, sign_in_cookie

SPECIAL = "ca-japan/2020-08-11-special-video-ministerial"
PAGES = {
    f"/meetings/{SPECIAL}": f"/correct/{SPECIAL}",
    f"/outcomes/{SPECIAL}/uzbekistan-share": f"/correct/{SPECIAL}#o-uzbekistan-share",  # the page shows its deliveries
    "/people/rashid-meredov": "/correct/people#o-rashid-meredov",
    "/formats/ca-japan": "/correct/ca-japan",
    "/states/KG": "",
    "/topics/water": "",
}
"""Kinds of pages, and the address where an editor corrects their facts."""
FURTHER = ("/", "/formats", "/ledger", "/compare", "/search?q=water")


@pytest.fixture
def editor(app):
    """The cookie of an editor."""
    link = app.door.perform(ADMINISTRATION, "editor.named", {"name": "Ed Itor"}).reply["link"]
    person = app.door.perform(PUBLIC_READER, "seat.taken", {"secret": link.rpartition("/")[2]}).reply["person"]
    return {"cookie": f"{COOKIE}={sign_in_cookie(app.settings, person, now())}"}


def test_every_kind_of_page_leads_to_the_form_and_the_report_to_the_editors(app, client, whole_record, editor):
    for page in PAGES:
        text = client.get(page).text
        (link,) = set(re.findall(r'href="(/acts/error\.reported\?page=[^"]+)"', text))
        form = client.get(html.unescape(link)).text
        hidden = re.search(r'name="page" value="([^"]+)"', form)
        assert hidden, page
        assert hidden[1] == page
        inputs = {"page": page, "fact": "The day", "says": f"wrong on {page}"}
        answer = client.post("/acts/error.reported", data=inputs, follow_redirects=False)
        assert answer.status_code == HTTPStatus.SEE_OTHER, answer.text
    reports = client.get("/editors.json", headers=editor).json()["reports"]
    assert {report["page"]: report["correct"] for report in reports} == PAGES
    editors_page = client.get("/editors", headers=editor).text
    for page, correct in PAGES.items():
        assert f"wrong on {page}" in editors_page
        if correct:
            assert f'href="{correct}"' in editors_page
            assert client.get(correct.partition("#")[0], headers=editor).status_code == HTTPStatus.OK
    client.cookies.clear()
    assert client.get("/editors").status_code == HTTPStatus.NOT_FOUND
    for page in ("/changes", "/changes.json", "/changes.atom"):
        assert "wrong on" not in client.get(page).text
    answer = client.post("/acts/error.reported", data={"page": "/", "says": "the seventh within a minute"})
    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS


def test_pages_that_collect_facts_have_the_link_too(app, client, record):
    for page in FURTHER:
        assert "/acts/error.reported?page=" in client.get(page).text, page


def test_a_meeting_held_here_can_be_reported_on_too(app, convene, client):
    here = convene(app)
    assert f"/acts/error.reported?page=/meetings/{here.meeting}" in client.get(f"/meetings/{here.meeting}").text


@pytest.mark.parametrize("bad", [
    {"page": "//evil.example", "says": "x"}, {"page": "https://evil.example", "says": "x"},
    {"page": "/\\evil", "says": "x"},
    {"page": "/", "says": ""}, {"page": "/", "says": "x" * 5000}, {"page": "/" + "x" * 400, "says": "x"},
    {"page": "/", "says": "x", "name": "unasked"},
])  # fmt: skip
def test_an_invalid_report_is_refused_and_not_saved(app, client, editor, bad):
    assert client.post("/acts/error.reported", json=bad).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert client.get("/editors.json", headers=editor).json()["reports"] == []


def test_html_and_formulas_in_a_report_stay_text(app, client, editor):
    nasty = '=cmd|"/c calc"!A1 <img src=x onerror=alert(1)>'
    client.post("/acts/error.reported", data={"page": "/ledger", "fact": nasty, "says": nasty, "source": nasty})
    editors_page = client.get("/editors", headers=editor).text
    assert "&lt;img src=x" in editors_page
    assert "<img src=x" not in editors_page
