"""Many invitations from a table: the form, the preview with each row's faults, and the links, without any script."""

import io
import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from lxml import html
from sqlalchemy import select
from tests.convened_meeting import seated

from suhbat.acts.roles_and_seats import ROLE_NAMES, Role
from suhbat.ground.language import LANGUAGES, reading_in
from suhbat.people import invitation_letter
from suhbat.people.invitation_letter import mail_letters
from suhbat.people.models import SeatRow
from suhbat.people.tests.conftest import ELSEWHERE, MEETING

FORMAT = "ca-japan"
PEOPLE = f"/meetings/{MEETING}/people"
TABLE = f"{PEOPLE}/table"
HEADINGS = "Name,Office,Role,Delegation,Mail address\n"
LINK = re.compile(r"personal-link\"[^>]*>http://localhost:8000(?:/[a-z]{2})?/invitations/([\w-]{43})")


@pytest.fixture
def desk(sit, signed_in):
    """The browser of someone in the meeting's secretariat."""
    return signed_in(sit("Tokyo Secretariat", Role.SECRETARIAT).id)


def send(browser, content, name="people.csv", path=TABLE, **fields):
    content = content.encode() if isinstance(content, str) else content
    return browser.post(path, data=fields, files={"file": (name, content)})


def parsed(page) -> Any:
    return html.fromstring(page.text)


def form_to(page, action):
    """The values of the form of a page that is sent to this address; None if there is none."""
    forms = [form for form in parsed(page).forms if form.get("action") == action]
    return dict(forms[0].form_values()) if forms else None


def accept(browser, page, path=TABLE, **changed):
    return browser.post(f"{path}/invite", data={**form_to(page, f"{path}/invite"), **changed})


def rows_of(page):
    """The rows of the preview as text, by their number in the file."""
    rows = parsed(page).xpath("//table/tbody/tr")
    return {int(row.xpath("string(th)")): " ".join(row.text_content().split()) for row in rows}


def names(app):
    with app.database.reading() as session:
        return set(session.scalars(select(SeatRow.name)))


def previews(app):
    folder = app.settings.data / "previews"
    return list(folder.iterdir()) if folder.exists() else []


def test_two_people_are_invited_from_a_table_and_take_their_seats(app, desk):
    page = desk.get(PEOPLE)
    assert "Invite many at once" in page.text
    preview = send(desk, f"{HEADINGS}Aida,Counsellor,delegate,KZ,\nBakyt,,Interpreter,,\n")
    assert preview.status_code == 200
    assert "Invite 2 people" in preview.text
    assert "Kazakhstan" in rows_of(preview)[2]
    assert names(app) == {"Tokyo Secretariat"}
    links = accept(desk, preview)
    assert links.headers["cache-control"] == "no-store"
    secrets = LINK.findall(links.text)
    assert len(secrets) == 2
    assert names(app) == {"Tokyo Secretariat", "Aida", "Bakyt"}
    assert previews(app) == []
    assert "Counsellor" in desk.get(f"/invitations/{secrets[0]}/letter").text
    desk.cookies.clear()
    assert "Aida" in desk.post(f"/invitations/{secrets[0]}").text


def test_each_row_has_its_faults_and_the_others_are_invited(app, desk, invite):
    invite("Motegi", Role.HEAD, "JP")
    invite("Aida", Role.DELEGATE, "KZ")
    table = (
        ",,head,KZ,\nNew Head,,head,JP,\nAIDA,,delegate,KZ,\nCen,,delegate,CN,\nDan,,boss,KZ,bad\nEmi,,delegate,,\n"
        "Fay,,delegate,KG,no mail\nGul,,head,TJ,\nHan,,head,TJ,\nGul,,adviser,TJ,\nGul,,adviser,TJ,\n"
        "Ivo,,administrator,,\nJo,,,,\nK\u202eo,,observer,,\nGood,,observer,,good@example.org\n"
    )
    preview = send(desk, HEADINGS + table)
    rows = rows_of(preview)
    expected = {
        2: "This is needed.",
        3: "This seat is Motegi's",
        4: "This person has this seat already.",
        5: "This is not known here.",
        6: "This is not known here.",
        7: "This is needed.",
        8: "This is no mail address.",
        10: "This seat is offered in row 9 already.",
        12: "This seat is offered in row 11 already.",
        13: "This role is not yours to give here.",
        14: "This is needed.",
        15: "invisible characters",
    }
    for number, fault in expected.items():
        assert fault in rows[number], number
    assert "This is no mail address." in rows[6]
    assert "12 rows have faults" in preview.text
    links = accept(desk, preview)
    assert len(LINK.findall(links.text)) == 3
    assert names(app) == {"Tokyo Secretariat", "Motegi", "Aida", "Gul", "Good"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_roles_and_delegations_are_known_in_every_language(app, desk, code):
    with reading_in(code):
        role = str(ROLE_NAMES[Role.ADVISER])
        states = [str(app.templates.filters[name]("KG")) for name in ("state", "state_formal")]
    rows = "".join(f"Person {number};{role.upper()};{state}\n" for number, state in enumerate([*states, "kg"]))
    preview = send(desk, f"Name;Role;Delegation\n{rows}")
    assert "Invite 3 people" in preview.text


def test_an_excel_file_is_read_and_its_warnings_are_shown(desk):
    book: Any = openpyxl.Workbook()
    for row in (
        ["Name", "Role", "Delegation"],
        ["Aida", "Delegate", "KZ"],
        ["Bakyt", None, None],
        ["=1+1", None, None],
    ):
        book.active.append(row)
    book.active.merge_cells("B2:B4")
    book.active.merge_cells("C2:C4")
    out = io.BytesIO()
    book.save(out)
    preview = send(desk, out.getvalue(), "people.xlsx")
    assert "Invite 3 people" in preview.text
    for words in ("Merged cells", "C2:C4", "Formulas are not calculated", "A4"):
        assert words in preview.text


def test_rows_may_be_pasted_without_headings_and_columns_may_be_chosen(app, desk):
    preview = desk.post(TABLE, data={"rows": "delegate\tAida\tKZ\r\ninterpreter\tBakyt\t"})
    assert "No headings were recognised" in preview.text
    assert "Nobody can be invited" in preview.text
    columns = form_to(preview, TABLE) | {"column-0": "role", "column-1": "name", "column-2": "state"}
    again = desk.post(TABLE, data=columns)
    assert "Invite 2 people" in again.text
    accept(desk, again)
    assert names(app) == {"Tokyo Secretariat", "Aida", "Bakyt"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("prefix", ["", "/ru", "/ja", "/uz"])
def test_the_template_has_the_headings_that_are_understood(desk, kind, prefix):
    template = desk.get(f"{prefix}{TABLE}/template.{kind}")
    assert f"people.{kind}" in template.headers["content-disposition"]
    answer = send(desk, template.content, f"people.{kind}")
    assert "No headings" not in answer.text
    assert form_to(answer, TABLE) | {"kept": ""} == {
        "kept": "",
        "column-0": "name",
        "column-1": "office",
        "column-2": "role",
        "column-3": "state",
        "column-4": "mail",
    }


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "nothing in this table"),
        (b"PK\x03\x04no", "damaged"),
        (b"a\x00b", "no table"),
        (b"a\n" * 2_002, "2,000 rows"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_its_field(desk, content, words):
    answer = send(desk, content)
    assert answer.status_code == 422
    assert words in parsed(answer).xpath("string(//*[@id='table-file-e'])")
    assert "Choose a file" in desk.post(TABLE, data={"rows": " "}).text


def test_what_was_typed_stays_text(desk):
    preview = send(desk, f"{HEADINGS}<script>alert(1)</script>,<b>x</b>,observer,,\n<i>y</i>,,<u>z</u>,,\n")
    links = accept(desk, preview)
    for page in (preview, links):
        assert "<script>alert" not in page.text
        assert "<b>x" not in page.text
    assert "&lt;script&gt;alert(1)" in links.text


def test_nobody_is_invited_twice_by_a_form_that_is_sent_twice(app, desk):
    preview = send(desk, f"{HEADINGS}Aida,,delegate,KZ,\n")
    accept(desk, preview)
    second = accept(desk, preview)
    assert second.status_code == 409
    assert not LINK.findall(second.text)
    preview = send(desk, f"{HEADINGS}Bakyt,,delegate,KG,\n")
    values = form_to(preview, f"{TABLE}/invite")
    accept(desk, preview)
    send(desk, f"{HEADINGS}Bakyt,,delegate,KG,\n")
    assert desk.post(f"{TABLE}/invite", data=values).status_code == 409
    with app.database.reading() as session:
        assert len(session.scalars(select(SeatRow).where(SeatRow.name == "Bakyt")).all()) == 1


def test_a_table_is_looked_at_again_if_something_has_changed(app, desk, invite):
    preview = send(desk, f"{HEADINGS}Aida,,head,KZ,\nBakyt,,delegate,KG,\n")
    invite("Other Head", Role.HEAD, "KZ")
    answer = accept(desk, preview)
    assert answer.status_code == 409
    assert "Something has changed" in answer.text
    assert "Bakyt" not in names(app)
    assert "Invite 1 person" in answer.text
    assert len(LINK.findall(accept(desk, answer).text)) == 1


def test_no_more_than_two_hundred_are_invited_at_once(app, desk):
    rows = [f"Person {number},,observer,,\n" for number in range(201)]
    preview = send(desk, HEADINGS + "".join(rows))
    assert "More than 200 people" in preview.text
    assert form_to(preview, f"{TABLE}/invite") is None
    forged = {**form_to(preview, TABLE), "number": "201"}
    assert desk.post(f"{TABLE}/invite", data=forged).status_code == 409
    assert len(names(app)) == 1
    assert "Invite 200 people" in send(desk, HEADINGS + "".join(rows[1:])).text


def test_letters_are_mailed_in_the_language_that_was_chosen(app, desk, monkeypatch):
    mails = []
    table = f"{HEADINGS}Aida,,delegate,KZ,aida@example.kz\nBakyt,,delegate,KG,\n"
    object.__setattr__(app.settings, "smtp", "smtp://mail.example")
    monkeypatch.setattr(invitation_letter, "send", lambda _server, message: mails.append(message))
    links = accept(desk, send(desk, table), language="ru")
    (mail,) = mails
    secrets = re.findall(r"personal-link\"[^>]*>http://localhost:8000/ru/invitations/([\w-]{43})", links.text)
    assert len(secrets) == 2
    assert f"/ru/invitations/{secrets[0]}" in mail.get_content()
    assert "mailed" in links.text


def test_links_are_shown_whatever_the_mail_server_does(app, desk, monkeypatch):
    def broken(_server, _message):
        raise OSError("gone")

    table = f"{HEADINGS}Aida,,delegate,KZ,aida@example.kz\n"
    answer = accept(desk, send(desk, table))
    assert "No mail server is set up here" in answer.text
    object.__setattr__(app.settings, "smtp", "smtp://mail.example")
    monkeypatch.setattr(invitation_letter, "send", broken)
    answer = accept(desk, send(desk, table.replace("Aida", "Bakyt")))
    assert "Not every letter was mailed" in answer.text
    assert len(LINK.findall(answer.text)) == 1
    monkeypatch.setattr(invitation_letter, "MAILING_LASTS", 0.0)
    letter: Any = SimpleNamespace(contents=SimpleNamespace(code="en"), place=SimpleNamespace(id=MEETING))
    assert mail_letters(app.settings, [(letter, "s", "a@b"), (letter, "s", "")]) == ["failed", "not-asked"]


def test_an_organiser_invites_for_the_own_delegation_only(app, sit, signed_in):
    organiser = sit("Kazakh Organiser", Role.DELEGATE, "KZ", organiser=True)
    browser = signed_in(organiser.id)
    preview = send(browser, f"{HEADINGS}Aida,,adviser,KZ,\nBakyt,,adviser,KG,\n")
    assert "You invite for your own delegation only." in rows_of(preview)[3]
    accept(browser, preview)
    assert "Aida" in names(app)
    assert "Bakyt" not in names(app)


def test_who_may_not_invite_sees_no_form_and_is_refused(app, desk, sit, signed_in, client):
    def sit_elsewhere(name, role):
        return sit(name, role, meeting=ELSEWHERE, by=seated(Role.SECRETARIAT, ELSEWHERE))

    preview = send(desk, f"{HEADINGS}Aida,,delegate,KZ,\n")
    values = form_to(preview, f"{TABLE}/invite")
    delegate, stranger = sit("Delegate", Role.DELEGATE, "KZ"), sit_elsewhere("Stranger", Role.OBSERVER)
    for person, status in ((delegate.id, 403), (stranger.id, 404), ("", 404)):
        client.cookies.clear()
        browser = signed_in(person) if person else client
        for path in (TABLE, f"{TABLE}/template.csv", f"{TABLE}/template.xlsx"):
            assert browser.get(path).status_code == status, path
        assert send(browser, f"{HEADINGS}Bakyt,,delegate,KG,\n").status_code == status
        assert browser.post(f"{TABLE}/invite", data=values).status_code == status
        assert "Invite many" not in browser.get(PEOPLE).text
    assert names(app).isdisjoint({"Aida", "Bakyt"})


def test_what_another_person_has_looked_at_is_not_taken(app, desk, sit, signed_in):
    values = form_to(send(desk, f"{HEADINGS}Aida,,delegate,KZ,\n"), f"{TABLE}/invite")
    second = signed_in(sit("Second Secretary", Role.SECRETARIAT).id)
    assert second.post(f"{TABLE}/invite", data=values).status_code == 409
    for kept in ("", "x", "../x.y", values["kept"][:-1]):
        assert second.post(f"{TABLE}/invite", data=values | {"kept": kept}).status_code == 409
    assert "Aida" not in names(app)


def test_nobody_is_invited_to_a_meeting_that_is_over(desk, places):
    preview = send(desk, f"{HEADINGS}Aida,,delegate,KZ,\n")
    places[MEETING] = replace(places[MEETING], over=True)
    assert desk.get(TABLE).status_code == 409
    assert accept(desk, preview).status_code == 409


def test_the_secretariat_of_a_format_invites_to_it(app, sit, signed_in):
    browser = signed_in(
        sit("Clerk", Role.SECRETARIAT, format=FORMAT, meeting="", by=seated(Role.SECRETARIAT, FORMAT)).id
    )
    path = f"/formats/{FORMAT}/people/table"
    assert "Template for Excel" in browser.get(path).text
    preview = send(browser, f"{HEADINGS}Aida,,observer,,\nBakyt,,delegate,KZ,\n", path=path)
    assert "This role is not yours to give here." in rows_of(preview)[3]
    assert len(LINK.findall(accept(browser, preview, path).text)) == 1


def test_a_table_of_one_and_of_three_rows_takes_the_same_number_of_queries(desk, count_queries):
    rows = [f"Person {number},,delegate,KZ,\n" for number in range(3)]
    assert count_queries(lambda: send(desk, HEADINGS + rows[0])) == count_queries(
        lambda: send(desk, HEADINGS + "".join(rows))
    )
