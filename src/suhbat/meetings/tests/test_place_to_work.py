"""A place to work from: what waits, one's meetings and formats, and the ways between a meeting's pages."""

import re

import lxml.html
import pytest

from suhbat.acts.roles_and_seats import PUBLIC_READER, Role
from suhbat.people.models import ORGANISER_KEY
from suhbat.people.queries import actor_for

PLACE = "/me"


def page(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return lxml.html.document_fromstring(answer.text)


def section(tree, title):
    """The text of the section with this heading, in one line; empty if there is none."""
    for heading in tree.iter("h2"):
        if heading.text_content().strip() == title:
            return " ".join(heading.getparent().text_content().split())
    return ""


def links(tree):
    """By what they say: where the links of a page lead."""
    return {" ".join(link.text_content().split()): link.get("href") for link in tree.iter("a")}


@pytest.fixture
def in_every_state(app, convene):
    """One meeting in each state, by its state."""
    talks = {
        state: convene(app, slug=state, title=f"The {state} meeting", released=state != "draft")
        for state in ("draft", "convened", "open", "closed", "cancelled")
    }
    for state in ("open", "closed"):
        app.door.perform(talks[state].chair, "meeting.opened", {"meeting": talks[state].meeting})
    app.door.perform(talks["closed"].chair, "meeting.closed", {"meeting": talks["closed"].meeting})
    called_off = {"meeting": talks["cancelled"].meeting, "reason": "Floods"}
    app.door.perform(talks["cancelled"].secretariat, "meeting.cancelled", called_off)
    return talks


def test_a_secretariat_finds_its_meetings_by_how_they_stand_and_goes_on_from_there(in_every_state, signed_in, sit):
    browser = signed_in(sit(Role.SECRETARIAT, in_every_state["draft"].meeting))
    tree = page(browser, PLACE)
    mine = section(tree, "Your meetings")
    order = ["In session now", "The open meeting", "Drafts", "The draft meeting", "Convened", "The convened meeting",
             "Waiting for the record", "The closed meeting", "Closed", "The cancelled meeting"]  # fmt: skip
    found = [mine.index(words) for words in order]
    assert found == sorted(found)
    assert "11 August 2020, 18:00, Tokyo time" in mine, "the secretariat of the format reads the host's clock, by name"
    ways = links(tree)
    for state in in_every_state:
        page(browser, ways[f"To the desk The {state} meeting"])
    page(browser, ways["To the room The open meeting"])
    page(browser, ways["To the summary record The closed meeting"])
    assert "Central Asia plus Japan" in section(tree, "Your formats")
    page(browser, next(href for words, href in ways.items() if words.startswith("Convene the next meeting")))
    page(browser, next(href for words, href in ways.items() if words.startswith("People and seats")))


def test_who_has_no_seat_at_a_meeting_does_not_learn_of_it_on_the_own_page(in_every_state, signed_in, sit):
    there = in_every_state["open"].meeting
    tree = page(signed_in(sit(Role.HEAD, there, "KZ")), PLACE)
    text = tree.text_content()
    assert "The open meeting" in text
    assert not [state for state in in_every_state if state != "open" and f"The {state} meeting" in text]


def test_signing_in_leads_to_the_place_to_work(client, in_every_state, signed_in, sit):
    """The sign-in page of a visitor, and of whoever is signed in already."""
    form = page(client, links(page(client, "/"))["Sign in"])
    assert [each.get("data-then") for each in form.iter("form") if each.get("data-then")] == [PLACE]
    browser = signed_in(sit(Role.HEAD, in_every_state["open"].meeting, "KZ"))
    answer = browser.get("/sign-in", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, PLACE)


def test_the_desk_of_a_draft_and_of_a_convened_meeting_waits_on_the_own_page(in_every_state, signed_in, sit):
    talks = in_every_state["convened"]
    browser = signed_in(sit(Role.SECRETARIAT, talks.meeting))
    waiting = section(page(browser, PLACE), "Waiting for you")
    assert "The convocation is not released yet. The draft meeting" in waiting
    assert "The agenda is not released yet. The convened meeting" in waiting
    assert "The cancelled meeting" not in waiting


def test_invitations_that_nobody_took_wait_for_the_secretariat_without_those_of_a_delegation(
    app, convene, signed_in, sit
):
    talks = convene(app)
    office = sit(Role.SECRETARIAT, talks.meeting)
    offer = {"meeting": talks.meeting, "state": "KZ"}
    leads = {**offer, "role": "head", "name": "The head", ORGANISER_KEY: True}
    secret = app.door.perform(talks.secretariat, "seat.offered", leads).reply["link"].rsplit("/", 1)[1]
    assert "1 invitation is not taken yet." in section(page(signed_in(office), PLACE), "Waiting for you")
    head = app.door.perform(PUBLIC_READER, "seat.taken", {"secret": secret}).reply["person"]
    with app.database.reading() as session:
        organiser = actor_for(session, head)
    app.door.perform(organiser, "seat.offered", {**offer, "role": "adviser", "name": "Known to Astana alone"})
    text = page(signed_in(office), PLACE).text_content()
    assert "not taken yet" not in text, "what a delegation offers to its own is its own matter"
    for name in ("One", "Two", "Three"):
        app.door.perform(talks.secretariat, "seat.offered", {**offer, "role": "delegate", "name": name})
    tree = page(signed_in(office), PLACE)
    assert "3 invitations are not taken yet." in section(tree, "Waiting for you")
    way = next(href for words, href in links(tree).items() if words.startswith("To people and seats:"))
    assert "One" in page(signed_in(office), way).text_content()


def test_the_tab_agenda_leads_who_drafts_to_the_place_to_write_it(app, convene, signed_in, sit):
    talks = convene(app)
    office = signed_in(sit(Role.SECRETARIAT, talks.meeting))
    desk = page(office, f"/meetings/{talks.meeting}/desk")
    agenda = page(office, links(desk)["Agenda"])
    assert "Only the chair and the secretariat see the draft." in agenda.text_content()
    assert links(agenda)["Write the agenda"] == f"/meetings/{talks.meeting}/desk#agenda"
    head = page(signed_in(sit(Role.HEAD, talks.meeting, "KZ")), f"/meetings/{talks.meeting}/agenda")
    assert "The agenda is not released yet." in head.text_content()
    assert "Write the agenda" not in links(head)
    assert "Public health" not in head.text_content(), "the draft stays with the secretariat"


OF_A_TEXT = {"kind": "joint-statement", "language": "en", "paragraphs": "The ministers,\n\n1. Met by video."}
TABS = ["Desk", "Agenda", "Delegations", "People", "Texts", "Papers", "Outcomes", "Summary record", "Conference room"]


def tabs(tree):
    for nav in tree.iter("nav"):
        if nav.get("class") == "place-tabs":
            return {" ".join(link.text_content().split()): link for link in nav.iter("a")}
    return {}


def test_the_same_ways_stand_on_every_page_of_a_meeting(app, convene, signed_in, sit):
    talks = convene(app)
    browser = signed_in(sit(Role.SECRETARIAT, talks.meeting))
    here = page(browser, f"/meetings/{talks.meeting}/desk")
    for name in TABS[:-1]:
        here = page(browser, tabs(here)[name].get("href"))
        assert list(tabs(here)) == TABS, name
        assert [words for words, link in tabs(here).items() if link.get("aria-current")] == [name]


def test_a_delegate_and_the_public_are_led_to_no_page_that_refuses_them(app, convene, client, signed_in, sit):
    talks = convene(app)
    head = signed_in(sit(Role.HEAD, talks.meeting, "KZ"))
    here = page(head, f"/meetings/{talks.meeting}/desk")
    assert list(tabs(here)) == [name for name in TABS if name != "People"]
    for link in tabs(here).values():
        page(head, link.get("href"))
    client.cookies.clear()
    here = page(client, f"/meetings/{talks.meeting}/agenda")
    assert list(tabs(here)) == ["Agenda", "Texts", "Papers"]
    for link in tabs(here).values():
        page(client, link.get("href"))


def test_in_a_session_every_page_leads_back_to_the_room(in_every_state, app, client, signed_in, sit):
    talks = in_every_state["open"]
    head, elsewhere = sit(Role.HEAD, talks.meeting, "KZ"), sit(Role.HEAD, in_every_state["draft"].meeting, "KZ")
    browser, room = signed_in(head), f"/meetings/{talks.meeting}/room"
    for address in ("/", "/formats", "/formats/ca-japan", "/search?q=a", PLACE, f"/meetings/{talks.meeting}/papers",
                    f"/meetings/{talks.meeting}/outcomes", "/acts/paper.filed?meeting=" + talks.meeting):  # fmt: skip
        way = [href for words, href in links(page(browser, address)).items() if words.startswith("Back to the room")]
        assert way == [room], address
    assert "Back to the room" in browser.get("/there-is-no-such-page").text
    assert "Back to the room" not in browser.get(room).text, "the room itself"
    assert "Back to the room" not in signed_in(elsewhere).get("/formats").text, "whoever sits elsewhere"
    client.cookies.clear()
    assert "Back to the room" not in client.get("/formats").text, "a visitor"
    app.door.perform(talks.chair, "meeting.closed", {"meeting": talks.meeting})
    assert "Back to the room" not in signed_in(head).get("/formats").text, "after the session"


def test_a_refused_form_leads_back_to_the_room_too(in_every_state, signed_in, sit):
    talks = in_every_state["open"]
    browser = signed_in(sit(Role.SECRETARIAT, talks.meeting))
    answer = browser.post("/acts/agenda.item_added", data={"meeting": talks.meeting, "title": ""})
    assert answer.status_code == 422
    assert "Back to the room" in answer.text


def test_the_desk_counts_people_not_seats(app, convene, signed_in, sit):
    """Whoever sits in the chair and heads the delegation is one person."""
    talks = convene(app)
    office = sit(Role.SECRETARIAT, talks.meeting)
    head = sit(Role.HEAD, talks.meeting, "JP")
    sit(Role.HEAD, talks.meeting, "KZ")
    second = {"meeting": talks.meeting, "role": "chair", "state": "JP", "name": "The same man"}
    link = app.door.perform(talks.secretariat, "seat.offered", second).reply["link"]
    signed_in(head).post(link[link.index("/invitations/") :], data={})
    text = page(signed_in(office), f"/meetings/{talks.meeting}/desk").text_content()
    assert re.search(r"2 people have taken a seat", text), re.findall(r"\d+ (?:people|person)[^·\n]*", text)


def test_the_desk_says_who_is_in_the_room_and_names_what_is_awaited(in_every_state, signed_in, sit):
    browser = signed_in(sit(Role.SECRETARIAT, in_every_state["open"].meeting))
    in_session = page(browser, f"/meetings/{in_every_state['open'].meeting}/desk").text_content()
    assert in_session.count("not in the room") == 6
    assert in_session.count("Credentials: awaited") == 6
    before = page(browser, f"/meetings/{in_every_state['convened'].meeting}/desk").text_content()
    assert "in the room" not in before


def test_the_desk_shows_its_pages_through_other_eyes(app, convene, filed, signed_in, sit):
    """From the desk to the papers as a delegation sees them, and back."""
    talks = convene(app)
    filed(talks.heads["KZ"], talks.meeting, title="For Kazakhstan alone", audience="delegation")
    filed(talks.heads["KZ"], talks.meeting, title="For all who take part", audience="participants")
    filed(talks.secretariat, talks.meeting, title="For the secretariat", audience="secretariat")
    browser = signed_in(sit(Role.SECRETARIAT, talks.meeting))
    papers = page(browser, f"/meetings/{talks.meeting}/papers")
    ways = links(papers)
    seen = page(browser, ways["This page as a delegation that has filed nothing sees it"])
    text = seen.text_content()
    assert "You see this page as a delegation that has filed nothing sees it." in " ".join(text.split())
    assert "For all who take part" in text
    assert "For Kazakhstan alone" not in text
    assert "For the secretariat" not in text
    public = page(browser, links(seen)["As the public"])
    assert "For all who take part" not in public.text_content()
    assert links(public)["Back to my own view"] == f"/meetings/{talks.meeting}/desk"
    agenda = page(browser, tabs(seen)["Agenda"].get("href"))
    assert "You see this page as a delegation" in " ".join(agenda.text_content().split()), (
        "its links stay with these eyes"
    )
    assert "Public health" not in agenda.text_content(), "the agenda is not released"
    refused = page(
        browser, links(page(browser, f"/meetings/{talks.meeting}/people"))["This page as an observer sees it"]
    )
    assert "Not shown to them" in refused.text_content()


@pytest.mark.parametrize("meetings", [1, 3])
def test_the_own_page_takes_as_many_queries_for_one_meeting_as_for_three(
    app, convene, signed_in, sit, count_queries, meetings
):
    talks = [convene(app, slug=f"meeting-{n}", title=f"Meeting {n}") for n in range(meetings)]
    office = sit(Role.SECRETARIAT, talks[0].meeting)
    person = sit(Role.HEAD, talks[0].meeting, "KZ")
    for other in talks[1:]:
        offer = {"meeting": other.meeting, "role": "head", "state": "KZ", "name": "The same", "anyway": True}
        link = app.door.perform(other.secretariat, "seat.offered", offer).reply["link"]
        signed_in(person).post(link[link.index("/invitations/") :], data={})
    for each in talks:
        app.door.perform(each.chair, "meeting.opened", {"meeting": each.meeting})
        for _ in range(meetings):
            app.door.perform(
                each.chair, "decision.taken", {"meeting": each.meeting, "title": "The ministers meet again"}
            )
        app.door.perform(each.chair, "text.opened", {"meeting": each.meeting, "title": "Joint statement"} | OF_A_TEXT)
        app.door.perform(each.chair, "meeting.closed", {"meeting": each.meeting})
    browser = signed_in(person)
    tree = page(browser, PLACE)
    assert section(tree, "Waiting for you").count("Read and agree") == meetings
    assert count_queries(lambda: browser.get(PLACE)) == 19
    browser = signed_in(office)
    assert section(page(browser, PLACE), "Waiting for you").count("is still open") == 2 * meetings, (
        "said, and on the link"
    )
    assert count_queries(lambda: browser.get(PLACE)) == 19


def in_one_line(tree):
    return " ".join(tree.text_content().split())


def test_the_public_page_names_the_hour_of_a_meeting_and_whose_clock_it_is(in_every_state, client, signed_in, sit):
    hour = "opens at 18:00, Tokyo time"
    public = {state: client.get(f"/meetings/{talks.meeting}").text for state, talks in in_every_state.items()}
    assert hour in " ".join(public["convened"].split())
    assert hour in " ".join(public["open"].split())
    assert not [state for state in ("draft", "closed", "cancelled") if hour in " ".join(public[state].split())]
    assert "You have a seat here" not in public["convened"]
    talks = in_every_state["convened"]
    tree = page(signed_in(sit(Role.HEAD, talks.meeting, "KZ")), f"/meetings/{talks.meeting}")
    assert "You have a seat here:" in in_one_line(tree)
    for way in ("To the desk", "To the room"):
        page(client, links(tree)[way])


def test_the_record_beside_the_picture_says_whose_clock_it_shows(in_every_state, signed_in, sit):
    talks = in_every_state["open"]
    room = page(signed_in(sit(Role.HEAD, talks.meeting, "KZ")), f"/meetings/{talks.meeting}/room")
    assert "Times: Tokyo time" in in_one_line(room)
