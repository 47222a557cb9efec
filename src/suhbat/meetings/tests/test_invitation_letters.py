"""Letters of invitation: all that protocol expects, in the guest's language; sent again; and asked where doubtful."""

from typing import Any

import pytest
from lxml import html
from sqlalchemy import select

from suhbat.acts.roles_and_seats import ADMINISTRATION, PUBLIC_READER, Actor
from suhbat.meetings.models import Meeting
from suhbat.people import invitation_letter
from suhbat.people.chores import erase_addresses
from suhbat.people.mailed_letters import mailed_letters
from suhbat.people.models import SeatRow
from suhbat.people.queries import actor_for


def parsed(page) -> Any:
    return html.fromstring(page.text)


def text_of(page, path):
    return " ".join(" ".join(parsed(page).xpath(path)).split())


def form_to(page, action):
    return next(form for form in parsed(page).forms if form.get("action", "").endswith(action))


def fill(browser, page, action, **values):
    form = form_to(page, action)
    return browser.post(form.get("action"), data={**dict(form.form_values()), **values})


@pytest.fixture
def talks(app, convene):
    """A released meeting of six delegations, in Tokyo's evening."""
    return convene(app)


@pytest.fixture
def desk(app, talks, signed_in):
    """The browser of the secretariat of the format."""
    appointed = {"format": "ca-japan", "role": "secretariat", "name": "Tokyo Secretariat"}
    link = app.door.perform(_administrator(app), "seat.offered", appointed).reply["link"]
    done = app.door.perform(PUBLIC_READER, "seat.taken", {"secret": link.rsplit("/", 1)[1]})
    return signed_in(done.reply["person"])


def _administrator(app) -> Actor:
    link = app.door.perform(ADMINISTRATION, "administrator.named", {"name": "Administrator"}).reply["link"]
    person = app.door.perform(PUBLIC_READER, "seat.taken", {"secret": link.rsplit("/", 1)[1]}).reply["person"]
    with app.database.reading() as session:
        return actor_for(session, person)


@pytest.fixture
def mails(app, monkeypatch):
    sent: list[Any] = []
    object.__setattr__(app.settings, "smtp", "smtp://mail.example")
    monkeypatch.setattr(invitation_letter, "send", lambda _server, message: sent.append(message))
    return sent


def people(talks):
    return f"/meetings/{talks.meeting}/people"


def seats(app, **conditions):
    with app.database.reading() as session:
        return session.scalars(select(SeatRow).filter_by(**conditions).order_by(SeatRow.id)).all()


def test_a_letter_says_when_on_both_clocks_how_who_invites_and_to_what(app, talks, desk):
    answer = fill(
        desk, desk.get(people(talks)), "/acts/seat.offered", role="head", state="KZ", name="Mukhtar Tileuberdi"
    )
    sheet = text_of(answer, "//article//text()")
    for words in (
        "Japan has the honour of inviting you to: Special video conference.",
        "Tuesday, 11 August 2020, 18:00–20:00, Tokyo time",
        "Tuesday, 11 August 2020, 15:00–17:00, Nur-Sultan time",
        "By video",
        "Head of delegation, Kazakhstan",
    ):
        assert words in sheet
    assert "fingerprint" not in answer.text
    in_japanese = desk.get(f"{answer.url.path}?language=ja")
    assert "東京時間" in text_of(in_japanese, "//article//text()")


def test_the_agenda_is_in_the_letter_once_it_is_released(app, talks, desk, mails):
    app.door.perform(talks.secretariat, "agenda.released", {"meeting": talks.meeting} | _seen(app, talks))
    page = desk.get(people(talks))
    answer = fill(desk, page, "/acts/seat.offered", role="head", state="KZ", name="Aida", mail="aida@example.kz")
    assert "1. Public health" in text_of(answer, "//article//text()")
    (mail,) = mails
    assert "Public health" not in mail.get_content(), "it is for those who take part, and a mail goes through others"
    assert "15:00–17:00" in mail.get_content()


def _seen(app, talks):
    with app.database.reading() as session:
        return {"seen": session.get_one(Meeting, talks.meeting).agenda_changed}


def test_the_secretariats_own_words_are_set_once_and_stand_in_every_letter(app, talks, desk, mails):
    page = desk.get("/formats/ca-japan/people/letters")
    kept = fill(desk, page, "/acts/letters.worded", letterhead="Ministry of Foreign Affairs\nTokyo", contact="Ms Sato")
    assert "Ms Sato" in text_of(kept, "//article//text()")
    page = desk.get(f"{people(talks)}/letters?language=ru")
    fill(desk, page, "/acts/letters.worded", sentence="Примите уверения в моём почтении.")
    page = desk.get(people(talks))
    letter = fill(
        desk, page, "/acts/seat.offered", role="head", state="KG", name="Ruslan", language="ru", mail="r@example.kg"
    )
    sheet = text_of(letter, "//article//text()")
    for words in ("Ministry of Foreign Affairs Tokyo", "Примите уверения в моём почтении.", "Ms Sato"):
        assert words in sheet
    assert "Примите уверения" in mails[0].get_content()
    english = desk.get(f"{letter.url.path}?language=en")
    assert "Japan has the honour" in text_of(english, "//article//text()")


def test_thirty_people_are_invited_from_pasted_rows_in_three_steps(app, talks, desk, mails):
    page = desk.get(people(talks))
    (link,) = parsed(page).xpath("//a[text()='Invite many at once']/@href")
    rows = "\n".join(f"Guest {n}\tDelegate\tKazakhstan\tguest{n}@example.kz" for n in range(30))
    preview = fill(desk, desk.get(link), "/people/table", rows=f"Name\tRole\tDelegation\tMail address\n{rows}")
    letters = fill(desk, preview, "/people/table/invite")
    assert len(parsed(letters).xpath("//article[@lang='kk']")) == 30
    assert len(mails) == 30
    assert "Print all letters" in letters.text
    assert len(seats(app, role="delegate")) == 30


def test_heads_of_the_last_meeting_are_offered_with_a_tick_each(app, talks, desk, convene):
    for state, name in (("KZ", "Mukhtar Tileuberdi"), ("UZ", "Abdulaziz Kamilov")):
        invitation = {"meeting": talks.meeting, "role": "head", "state": state, "name": name, "office": "Minister"}
        link = app.door.perform(talks.secretariat, "seat.offered", invitation).reply["link"]
        app.door.perform(PUBLIC_READER, "seat.taken", {"secret": link.rsplit("/", 1)[1]})
    later = convene(app, slug="2021-03-01", opens="2021-03-01T18:00", closes="2021-03-01T20:00")
    page = desk.get(f"{people(later)}/table")
    form = form_to(page, "/people/table")
    keys = form.xpath(".//input[@name='known']/@value")
    assert [key.split("|")[0] for key in keys] == ["KZ", "UZ"]
    filled = desk.post(form.get("action"), data={"known": keys[:1], "rows": ""})
    rows = parsed(filled).xpath("string(//textarea[@name='rows'])")
    assert "Mukhtar Tileuberdi" in rows
    assert "Kamilov" not in rows
    preview = fill(desk, filled, "/people/table")
    assert "Invite 1 person" in preview.text


def test_the_same_adviser_is_not_invited_twice_without_a_question(app, talks, desk):
    values = {"role": "adviser", "state": "KZ", "name": "Aida Umarova"}
    fill(desk, desk.get(people(talks)), "/acts/seat.offered", **values)
    asked = fill(desk, desk.get(people(talks)), "/acts/seat.offered", **values | {"name": "AIDA  Umarova"})
    assert asked.status_code == 422
    assert "is invited here already, as: Adviser." in asked.text
    assert len(seats(app, role="adviser")) == 1
    fill(desk, asked, "/acts/seat.offered", anyway="true")
    assert len(seats(app, role="adviser")) == 2
    rows = "Name\tRole\tDelegation\nAida Umarova\tDelegate\tKZ\nBakyt\tDelegate\tKZ"
    preview = fill(desk, desk.get(f"{people(talks)}/table"), "/people/table", rows=rows)
    assert "Invite 1 person" in preview.text
    fill(desk, preview, "/people/table/invite")
    assert [seat.name for seat in seats(app, role="delegate")] == ["Bakyt"]


def test_a_person_in_two_meetings_at_the_same_hour_is_asked_about(app, talks, desk, convene):
    other = convene(app, slug="2020-08-11-experts", title="Meeting of experts")
    invitation = {"meeting": other.meeting, "role": "delegate", "state": "KZ", "name": "Aida Umarova"}
    app.door.perform(talks.secretariat, "seat.offered", invitation)
    asked = fill(desk, desk.get(people(talks)), "/acts/seat.offered", role="delegate", state="KZ", name="Aida Umarova")
    assert "another meeting of the same hour: Meeting of experts." in asked.text
    elsewhere = convene(app, slug="2020-08-12", opens="2020-08-12T18:00", closes="2020-08-12T20:00")
    fill(desk, desk.get(people(elsewhere)), "/acts/seat.offered", role="delegate", state="KZ", name="Aida Umarova")
    assert len(seats(app, place=elsewhere.meeting, name="Aida Umarova")) == 1


def test_who_invites_to_a_draft_is_told_so(app, talks, desk, convene):
    draft = convene(app, slug="2020-09-01", opens="2020-09-01T18:00", closes="2020-09-03T20:00", released=False)
    for page in (people(draft), f"{people(draft)}/table"):
        assert "The meeting is a draft." in desk.get(page).text
        assert "The meeting is a draft." not in desk.get(page.replace(draft.meeting, talks.meeting)).text
    letter = fill(desk, desk.get(people(draft)), "/acts/seat.offered", role="head", state="KZ", name="Aida")
    days = "Tuesday, 1 September 2020, 18:00, to Thursday, 3 September 2020, 20:00, Tokyo time"
    assert days in text_of(letter, "//article//text()")


def test_those_who_have_not_come_are_reminded_by_new_letters(app, talks, desk, mails, client):
    page = desk.get(people(talks))
    for name, mail in (("Aida", "aida@example.kz"), ("Bakyt", ""), ("Cholpon", "cholpon@example.kz")):
        fill(desk, page, "/acts/seat.offered", role="delegate", state="KZ", name=name, mail=mail, key=name)
    first = [mail.get_content().partition("/invitations/")[2][:43] for mail in mails]
    came = seats(app, name="Cholpon")[0].id
    app.door.perform(PUBLIC_READER, "seat.taken", {"secret": first[1]})
    page = desk.get(people(talks))
    assert "Letter mailed to aida@example.kz" in page.text
    assert "cholpon@example.kz" not in page.text
    (link,) = parsed(page).xpath("//a[contains(., 'Remind those who have not come (2)')]/@href")
    form = desk.get(link)
    assert "aida@example.kz" in form.text
    bakyt = seats(app, name="Bakyt")[0].id
    both = [seat.id for seat in seats(app, person=None)]
    wrong = fill(desk, form, "/people/remind", **{"seat": both, f"mail-{bakyt}": "no address"})
    assert "This is no mail address." in wrong.text
    letters = fill(desk, wrong, "/people/remind", **{"seat": both, f"mail-{bakyt}": "bakyt@example.kz"})
    assert "2 letters are ready." in letters.text
    assert [mail["To"] for mail in mails[2:]] == ["aida@example.kz", "bakyt@example.kz"]
    assert mailed_letters(app.settings)[bakyt].mail == "bakyt@example.kz"
    desk.cookies.clear()
    assert "does not work any more" in client.get(f"/invitations/{first[0]}").text
    assert erase_addresses(app) == 1
    assert came not in mailed_letters(app.settings)


def test_the_list_says_which_letter_could_not_be_mailed(app, talks, desk, mails, monkeypatch):
    def broken(_server, _message):
        raise OSError("gone")

    monkeypatch.setattr(invitation_letter, "send", broken)
    fill(
        desk,
        desk.get(people(talks)),
        "/acts/seat.offered",
        role="delegate",
        state="KZ",
        name="Aida",
        mail="a@example.kz",
    )
    assert "The letter could not be mailed to a@example.kz" in desk.get(people(talks)).text


def test_addresses_are_erased_with_the_seat_and_are_in_no_entry(app, talks, desk, mails):
    page = desk.get(people(talks))
    fill(desk, page, "/acts/seat.offered", role="delegate", state="KZ", name="Aida", mail="aida@example.kz")
    assert erase_addresses(app) == 0
    seat = seats(app, name="Aida")[0].id
    app.door.perform(talks.secretariat, "seat.revoked", {"meeting": talks.meeting, "seat": seat})
    assert erase_addresses(app) == 1
    assert mailed_letters(app.settings) == {}


def test_reminding_one_and_three_takes_the_same_number_of_queries(app, talks, desk, count_queries):
    def invite(name):
        invitation = {"meeting": talks.meeting, "role": "delegate", "state": "KZ", "name": name}
        app.door.perform(talks.secretariat, "seat.offered", invitation)

    invite("Aida")
    one = count_queries(lambda: desk.get(f"{people(talks)}/remind"))
    invite("Bakyt")
    invite("Cholpon")
    assert count_queries(lambda: desk.get(f"{people(talks)}/remind")) == one


def test_after_taking_a_seat_one_is_led_to_the_meeting_and_puts_it_on_the_telephone(app, talks, client):
    invitation = {"meeting": talks.meeting, "role": "head", "state": "KZ", "name": "Mukhtar Tileuberdi"}
    link = app.door.perform(talks.secretariat, "seat.offered", invitation).reply["link"]
    page = client.get(f"/invitations/{link.rsplit('/', 1)[1]}")
    welcome = fill(client, page, f"/invitations/{link.rsplit('/', 1)[1]}")
    assert "Create a passkey on this device" in welcome.text
    (room,) = parsed(welcome).xpath("//a[contains(., 'Go to the meeting: Tue 11 Aug, 15:00, Nur-Sultan time')]/@href")
    assert client.get(room).status_code == 200
    (phone,) = parsed(welcome).xpath("//a[text()='Put the meeting on your telephone']/@href")
    link = parsed(client.get(phone)).xpath("string(//*[@class='personal-link'])").removeprefix("http://localhost:8000")
    computer = dict(client.cookies)
    client.cookies.clear()
    arrival = client.get(link)
    assert "Mukhtar Tileuberdi" in arrival.text
    (form,) = [form for form in parsed(arrival).forms if "/phone/" in form.get("action", "")]
    there = client.post(form.get("action"))
    assert there.url.path == room
    assert "Mukhtar Tileuberdi" in client.get("/me").text
    client.cookies.clear()
    assert "older than five minutes" in client.post(form.get("action")).text
    client.cookies.update(computer)
    assert "Mukhtar Tileuberdi" in client.get("/me").text, "the computer stays signed in"


def test_a_link_for_the_telephone_is_void_after_five_minutes_and_after_signing_out(app, talks, client, clock):
    invitation = {"meeting": talks.meeting, "role": "head", "state": "KZ", "name": "Mukhtar Tileuberdi"}
    link = app.door.perform(talks.secretariat, "seat.offered", invitation).reply["link"]
    client.post(f"/invitations/{link.rsplit('/', 1)[1]}")

    def made():
        shown = parsed(client.get("/me/phone")).xpath("string(//*[@class='personal-link'])")
        return shown.removeprefix("http://localhost:8000")

    old = made()
    clock.forward(minutes=6)
    for void in (old, old[:-1], "/phone/someone.abc", "/phone/x"):
        assert client.get(void).status_code == 409
        assert client.post(void).status_code == 409
    fresh = made()
    client.post("/me/sign-out-everywhere")
    assert client.post(fresh).status_code == 409


def test_a_corrected_head_is_the_head_by_name_at_once(app, talks, desk):
    invitation = {"meeting": talks.meeting, "role": "head", "state": "KZ", "name": "Muhtar Tileuberdy"}
    link = app.door.perform(talks.secretariat, "seat.offered", invitation).reply["link"]
    app.door.perform(PUBLIC_READER, "seat.taken", {"secret": link.rsplit("/", 1)[1]})
    fill(desk, desk.get(people(talks)), "/acts/seat.corrected", name="Mukhtar Tileuberdi", reason="Note 12 of Astana")
    with app.database.reading() as session:
        names = {row.state: row.head_name for row in session.get_one(Meeting, talks.meeting).delegations}
    assert names["KZ"] == "Mukhtar Tileuberdi"
