"""An administrator founds a format as a draft, corrects it, publishes it, and takes it back while nothing was held."""

import re

import pytest
from tests.pressed_buttons import Typed, follow, path_of, press

from suhbat.acts.roles_and_seats import ADMINISTRATION, PUBLIC_READER
from suhbat.formats.models import Format
from suhbat.formats.queries import hidden_formats
from suhbat.ground.refusals import Refused
from suhbat.people.queries import actor_for

FOUNDING: Typed = {"format": "ca-mongolia", "name": "Central Asia plus Mongolia", "kind": "n-plus-one",
            "members": ["KZ", "UZ"], "partners": ["MN"], "summary": "Wind and rail"}  # fmt: skip


@pytest.fixture
def administrator(app, signed_in):
    link = app.door.perform(ADMINISTRATION, "administrator.named", {"name": "Dana"}).reply["link"]
    secret = link.rsplit("/", 1)[1]
    return str(app.door.perform(PUBLIC_READER, "seat.taken", {"secret": secret}).reply["person"])


@pytest.fixture
def founded(client, signed_in, administrator):
    """The page of the draft, as the founder comes to it from the list of formats."""
    browser = signed_in(administrator)
    form = follow(browser, browser.get("/formats"), "Found a format")
    return press(browser, form, "format.founded", **FOUNDING)


def as_anyone(client, *addresses):
    """The answers to somebody who is not signed in, without leaving the browser's own sign-in behind."""
    cookies = dict(client.cookies)
    client.cookies.clear()
    answers = [client.get(address) for address in addresses]
    client.cookies.update(cookies)
    return answers


PUBLIC_PAGES = ("/formats", "/formats.json", "/changes", "/search?q=Mongolia", "/sitemap/1", "/")


def test_a_draft_is_seen_by_its_founder_alone_until_it_is_published(app, client, founded):
    assert path_of(founded) == "/formats/ca-mongolia"
    assert "This format is a draft" in founded.text
    assert "Next step: appoint its secretariat" in founded.text
    assert "plus Mongolia" in client.get("/formats").text
    for address, page in zip(PUBLIC_PAGES, as_anyone(client, *PUBLIC_PAGES), strict=True):
        assert page.status_code == 200, address
        assert "plus Mongolia" not in page.text, address
    hidden = ("/formats/ca-mongolia", "/formats/ca-mongolia.json", "/calendars/ca-mongolia.ics",
              "/formats/ca-mongolia/people", "/formats/ca-mongolia/convene",
              "/formats/ca-mongolia/glossary")  # fmt: skip
    assert {page.status_code for page in as_anyone(client, *hidden)} == {404}
    public = press(client, founded, "format.published")
    assert path_of(public) == "/formats/ca-mongolia"
    seen, listed = as_anyone(client, "/formats/ca-mongolia", "/formats")
    assert "Wind and rail" in seen.text
    assert "This format is a draft" not in seen.text
    assert "plus Mongolia" in listed.text


def test_its_secretariat_is_appointed_changes_it_and_convenes_once_it_is_public(app, client, signed_in, founded):
    people = follow(client, founded, "Appoint a secretariat")
    letter = press(client, people, "seat.offered", name="Bold", role="secretariat")
    assert letter.status_code == 200
    page = client.get("/formats/ca-mongolia")
    assert "Next step: appoint" not in page.text
    link = app.door.perform(
        ADMINISTRATION, "seat.offered", {"format": "ca-mongolia", "role": "secretariat", "name": "Saran"}
    ).reply["link"]
    secretary = app.door.perform(PUBLIC_READER, "seat.taken", {"secret": link.rsplit("/", 1)[1]}).reply["person"]
    browser = signed_in(secretary)
    draft = browser.get("/formats/ca-mongolia")
    assert "Convene the next meeting" not in draft.text
    form = follow(browser, draft, "Change a format")
    changed = press(browser, form, "format.changed", name="The five and Mongolia", kind="initiative", joined=["KG"])
    assert "The five and Mongolia" in changed.text
    assert "Kyrgyz Republic" in changed.text
    press(browser, changed, "format.published")
    (seen,) = as_anyone(client, "/formats/ca-mongolia")
    assert "The five and Mongolia" in seen.text
    assert "Kyrgyz Republic" in seen.text
    assert "Initiative" in seen.text
    assert "Convene the next meeting" in browser.get("/formats/ca-mongolia").text


def test_a_draft_is_deleted_without_trace_and_its_address_is_not_given_again(app, client, founded):
    gone = press(client, founded, "format.deleted")
    assert path_of(gone) == "/formats"
    assert "plus Mongolia" not in gone.text
    assert client.get("/formats/ca-mongolia").status_code == 404
    assert all("Mongolia" not in page.text for page in as_anyone(client, *PUBLIC_PAGES[:3]))
    with pytest.raises(Refused) as refusal:
        app.door.perform(ADMINISTRATION, "format.founded", FOUNDING)
    assert "deleted" in str(refusal.value.fields["format"])


def test_a_public_format_is_hidden_published_again_and_deleted_while_no_meeting_stands_in_it(app, client, founded):
    public = press(client, founded, "format.published")
    hidden = press(client, public, "format.hidden")
    assert "This format is hidden" in hidden.text
    assert [page.status_code for page in as_anyone(client, "/formats/ca-mongolia")] == [404]
    public = press(client, hidden, "format.published")
    assert [page.status_code for page in as_anyone(client, "/formats/ca-mongolia")] == [200]
    press(client, public, "format.deleted")
    assert [page.status_code for page in as_anyone(client, "/formats/ca-mongolia")] == [404]
    (changes,) = as_anyone(client, "/changes")
    assert "was deleted" in changes.text


def test_a_format_with_a_meeting_is_neither_hidden_nor_deleted(app, convene, signed_in, administrator):
    talks = convene(app)
    page = signed_in(administrator).get("/formats/ca-japan").text
    assert "/acts/format.hidden" not in page
    assert "/acts/format.deleted" not in page
    for act in ("format.hidden", "format.deleted"):
        with pytest.raises(Refused, match="This format has meetings"):
            app.door.perform(talks.secretariat, act, {"format": "ca-japan"})


def test_a_format_that_is_known_from_reports_is_changed_by_editors_alone(app, convene, signed_in, administrator):
    convene(app)
    assert "Change a format" in signed_in(administrator).get("/formats/ca-japan").text
    with app.database.reading() as session:
        format_ = session.get_one(Format, "ca-japan")
        session.expunge(format_)
        format_.origin = "reported"
        viewer = actor_for(session, administrator)
    for act, about in (("format.changed", ()), ("format.published", ()), ("format.hidden", (False,)),
                       ("format.deleted", (False,))):  # fmt: skip
        assert not app.door.offers(viewer, act, format_, *about), act


def test_the_seats_of_a_deleted_format_end(app, client, founded):
    link = app.door.perform(
        ADMINISTRATION, "seat.offered", {"format": "ca-mongolia", "role": "secretariat", "name": "Bold"}
    ).reply["link"]
    letter = link.rsplit("/", 1)[1]
    secretary = app.door.perform(PUBLIC_READER, "seat.taken", {"secret": letter}).reply["person"]
    open_letter = app.door.perform(
        ADMINISTRATION, "seat.offered", {"format": "ca-mongolia", "role": "secretariat", "name": "Saran"}
    ).reply["link"]
    press(client, client.get("/formats/ca-mongolia"), "format.deleted")
    with app.database.reading() as session:
        assert actor_for(session, secretary).seats == ()
    with pytest.raises(Refused):
        app.door.perform(PUBLIC_READER, "seat.taken", {"secret": open_letter.rsplit("/", 1)[1]})


def test_the_list_of_drafts_takes_one_query_however_long_it_is(app, administrator, count_queries):
    def look():
        with app.database.reading() as session:
            actor = actor_for(session, administrator)
            return count_queries(lambda: hidden_formats(session, actor))

    app.door.perform(ADMINISTRATION, "format.founded", FOUNDING)
    assert look() == 1
    for n in "ab":
        app.door.perform(ADMINISTRATION, "format.founded", {**FOUNDING, "format": f"ca-{n}"})
    assert look() == 1
    with app.database.reading() as session:
        assert len(hidden_formats(session, actor_for(session, administrator))) == 3
        assert hidden_formats(session, PUBLIC_READER.viewer) == []


def test_an_administrator_begins_with_the_formats_that_nobody_can_convene(app, client, signed_in):
    app.door.perform(ADMINISTRATION, "format.founded", {**FOUNDING, "publish": True})
    app.door.perform(ADMINISTRATION, "format.founded", {**FOUNDING, "format": "ca-nordic", "name": "Nordic"})
    letter = app.door.perform(ADMINISTRATION, "administrator.named", {"name": "Dana"}).reply["link"]
    address = f"/invitations/{letter.rsplit('/', 1)[1]}"
    client.get(address)
    welcome = client.post(address)
    appoint = "Appoint a secretariat Central Asia plus Mongolia"
    people = follow(client, welcome, appoint)
    letters = press(client, people, "seat.offered", name="Bold")
    own = client.get("/me")
    assert appoint not in own.text, "it has one now"
    assert path_of(follow(client, own, "Appoint a secretariat Nordic")) == "/formats/ca-nordic/people"
    (link,) = set(re.findall(r"/invitations/[\w-]+", letters.text))
    client.cookies.clear()
    secretary = client.post(link)
    assert "Appoint a secretariat" not in secretary.text
    convening = follow(client, secretary, "Convene the next meeting Central Asia plus Mongolia")
    assert path_of(convening) == "/formats/ca-mongolia/convene"


def test_the_formats_without_a_secretariat_take_the_same_number_of_queries_however_many(
    app, administrator, signed_in, count_queries
):
    browser = signed_in(administrator)
    app.door.perform(ADMINISTRATION, "format.founded", FOUNDING)
    one = count_queries(lambda: browser.get("/me"))
    for n in "ab":
        app.door.perform(ADMINISTRATION, "format.founded", {**FOUNDING, "format": f"ca-{n}"})
    assert count_queries(lambda: browser.get("/me")) == one == 10
    assert browser.get("/me").text.count("Appoint a secretariat") == 3


def test_a_fault_of_a_change_stands_at_its_own_field(app, convene):
    talks = convene(app)
    with pytest.raises(Refused) as refusal:
        app.door.perform(talks.secretariat, "format.changed", {
            "format": "ca-japan", "seen": 1, "name": "Japan", "joined": ["XX"],
        })  # fmt: skip
    assert set(refusal.value.fields) == {"joined"}
