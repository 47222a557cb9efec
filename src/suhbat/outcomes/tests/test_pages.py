"""The outcomes desk without a script: who sees it, what each seat is offered, and how faults are shown."""

import html
import re

import pytest

from suhbat.acts.panels import PANELS
from suhbat.outcomes.tests.conftest import STANDING

MEETING = "ca-japan/2020-08-11-special-video-conference"
PAGE = f"/meetings/{MEETING}/outcomes"
EVIL = "<script>alert(1)</script>"


def key_of(page: str, act: str) -> str:
    match = re.search(r'name="key" value="(\w+-' + re.escape(act) + r'-\d*)"', page)
    assert match, page
    return match.group(1)


def pledge_form(**changes):
    return {"meeting": MEETING, "title": "Grants for medical equipment", "to": ["KZ", "UZ"],
            "amount.value": "2000000000", "amount.currency": "JPY", "amount.qualifier": "nearly",
            "amount.as_said": "nearly 2 billion yen",
            "due": "", "summary": "", "then": PAGE, **changes}  # fmt: skip


def test_the_desk_is_closed_to_the_public_until_the_meeting_is_published(stage, pledge, client):
    assert client.get(PAGE).status_code == 403
    stage.play("stage.status", status="draft")
    assert client.get(PAGE).status_code == 404
    stage.play("minutes.published")
    stage.play("stage.status", status="published")
    answer = client.get(PAGE)
    assert answer.status_code == 200
    assert "nearly 2 billion yen" not in answer.text, "an unconfirmed pledge stays inside"
    assert "<form" not in answer.text
    assert client.get("/meetings/ca-japan/none/outcomes").status_code == 404


def test_a_minister_pledges_and_confirms_without_a_script(stage, signed_in):
    browser = signed_in("head-jp")
    page = browser.get(PAGE).text
    form = pledge_form(key=key_of(page, "pledge.made"))
    assert browser.post("/acts/pledge.made", data=form).status_code == 200, "the desk is shown again"
    page = browser.get(PAGE).text
    assert "nearly 2 billion yen" in page
    assert "nearly ¥2,000,000,000" in page
    assert "awaiting confirmation" in page
    changed = re.search(r'name="changed" value="(\d+)"', page)
    assert changed
    inputs = {"meeting": MEETING, "outcome": f"{MEETING}#grants-for-medical-equipment", "changed": changed[1],
            "then": PAGE}  # fmt: skip
    page = browser.post("/acts/outcome.confirmed", data=inputs).text
    assert "awaiting confirmation" not in page
    assert ">confirmed<" in page


def test_a_refused_form_is_shown_again_with_its_values_and_faults(stage, signed_in):
    answer = signed_in("head-jp").post("/acts/pledge.made", data=pledge_form(**{"amount.value": "-5", "due": "soon"}))
    assert answer.status_code == 422
    assert 'value="-5"' in answer.text
    assert "An amount is more than nothing." in answer.text
    assert "This is no date." in answer.text
    assert "Grants for medical equipment" in answer.text


@pytest.mark.parametrize(
    ("person", "offered"),
    [
        ("head-jp", {"pledge.made", "announcement.made", "project.announced"}),
        ("head-uz", set()),
        ("note-taker", {"decision.taken", "recommendation.made", "announcement.made", "project.announced",
                        "next_meeting.set"}),
        ("observer", set()),
    ],
)  # fmt: skip
def test_each_seat_is_offered_what_it_may_do(stage, signed_in, person, offered):
    page = signed_in(person).get(PAGE).text
    assert set(re.findall(r'action="/acts/([a-z_.]+)"', page)) == offered
    assert ("as soon as your delegation has had the floor" in page) == (person == "head-uz")


def test_confirmation_is_offered_to_the_delegation_that_made_it_only(stage, pledge, signed_in):
    offers = {person: "/acts/outcome.confirmed" in signed_in(person).get(PAGE).text
              for person in ("head-jp", "head-kz", "chair", "secretariat", "observer")}  # fmt: skip
    assert offers == {"head-jp": True, "head-kz": False, "chair": False, "secretariat": False, "observer": False}


def test_after_publication_standing_seats_report_and_all_read_what_became_of_it(stage, pledge, client, signed_in):
    inputs = {"meeting": MEETING, "outcome": f"{MEETING}#grants-for-medical-equipment", "changed": pledge.number}
    stage.app.door.perform(stage.motegi, "outcome.confirmed", inputs)
    stage.play("minutes.published")
    stage.play("stage.status", status="published")
    offers = {person: "/acts/delivery.reported" in signed_in(person).get(PAGE).text
              for person in (*dict(STANDING), "head-jp", "head-uz", "secretariat", "observer", "chair")}  # fmt: skip
    reporters = {"promises-uz", "promises-kg", "secretariat-of-the-format"}
    assert {person for person, offered in offers.items() if offered} == reporters
    report = {"meeting": MEETING, "outcome": inputs["outcome"], "state": "delivered", "summary": f"Scanners {EVIL}",
              "amount.value": "500000000", "amount.currency": "JPY", "amount.qualifier": "about",
              "then": PAGE}  # fmt: skip
    assert signed_in("promises-uz").post("/acts/delivery.reported", data=report).status_code == 200
    client.cookies.clear()
    page = client.get(PAGE).text
    assert "about 500\N{NO-BREAK SPACE}million\N{NO-BREAK SPACE}yen" in page
    assert "Scanners &lt;script&gt;" in page
    assert "nearly 2 billion yen" in page
    assert "<form" not in page


def test_the_public_page_of_an_outcome_leads_those_who_answer_for_it_to_the_report(stage, pledge, client, signed_in):
    inputs = {"meeting": MEETING, "outcome": f"{MEETING}#grants-for-medical-equipment", "changed": pledge.number}
    stage.app.door.perform(stage.motegi, "outcome.confirmed", inputs)
    stage.play("minutes.published")
    stage.play("stage.status", status="published")
    page = f"/outcomes/{MEETING}/grants-for-medical-equipment"
    assert "Report what became of it" not in client.get(page).text
    led = {person: re.search(r'href="(/acts/delivery.reported[^"]+)"', signed_in(person).get(page).text)
           for person in (*dict(STANDING), "head-jp", "secretariat", "observer")}  # fmt: skip
    assert {person for person, link in led.items() if link} == {
        "promises-uz", "promises-kg", "secretariat-of-the-format",
    }  # fmt: skip
    browser = signed_in("promises-uz")
    link = led["promises-uz"]
    assert link is not None
    form = browser.get(html.unescape(link[1])).text
    filled = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    assert (filled["outcome"], filled["then"]) == (inputs["outcome"], page)
    report = {**filled, "state": "delivered", "summary": "Scanners were handed over"}
    after = browser.post("/acts/delivery.reported", data=report)
    assert after.url.path == page, "the page shows what was reported"
    assert "Scanners were handed over" in after.text
    client.cookies.clear()
    assert "Scanners were handed over" in client.get(page).text


def test_html_in_any_field_is_shown_as_text(stage, signed_in):
    browser = signed_in("head-jp")
    form = pledge_form(title=EVIL, summary=EVIL * 2, **{"amount.as_said": EVIL})
    page = browser.post("/acts/pledge.made", data=form).text
    assert EVIL not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 4


def test_no_two_controls_of_the_page_share_an_id(stage, pledge, signed_in):
    ids = re.findall(r'\sid="([^"]+)"', signed_in("head-jp").get(PAGE).text)
    assert len(ids) == len(set(ids))


def test_the_room_and_the_desk_get_their_panels(stage, pledge):
    with stage.app.database.reading() as session:
        room = PANELS["outcomes"].content(session, stage.kamilov, MEETING)
        assert room
        assert [card.outcome.status for card in room["cards"]] == ["proposed"]
        desk = PANELS["outcomes-desk"].content(session, stage.secretariat, MEETING)
        assert desk
        assert len(desk["waiting"]) == 1
        assert PANELS["outcomes"].content(session, stage.elsewhere, MEETING) is None


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_three_needs_as_many_queries_as_a_list_of_one(stage, signed_in, count, count_queries):
    for _ in range(count):
        stage.app.door.perform(stage.note_taker, "decision.taken", {"meeting": MEETING, "title": "Go on"})
    browser = signed_in("observer")
    assert browser.get(PAGE).text.count('class="outcome"') == count
    assert count_queries(lambda: browser.get(PAGE)) == 7
