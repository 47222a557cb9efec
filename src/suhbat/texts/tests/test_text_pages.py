"""The pages of texts, by forms alone: who sees what, three points answered, the silence broken."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event
from tests.pressed_buttons import follow, press

from suhbat.acts.timed_acts import perform_due
from suhbat.record.reading import entries_after
from suhbat.texts.adoption.silence_mail import saved_addresses
from suhbat.texts.chores import mail_outcomes
from suhbat.texts.tests.mail_server import mail_server
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.tests.test_adopting import silence
from suhbat.texts.tests.test_silence_chores import DEADLINE

SECRET = "Our capital can live with one and a half billion."


@pytest.fixture
def table(sitting, app, convene):
    table = Table(app, convene(app))
    app.door.perform(table.at.secretariat, "stage.seated", {"meeting": table.meeting})
    return table


def hidden(form: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))


def forms(page: str, act: str) -> list[dict[str, str]]:
    matches = re.findall(rf'<form[^>]*action="/acts/{re.escape(act)}".*?</form>', page, re.DOTALL)
    return [hidden(match) for match in matches]


def test_a_text_under_negotiation_does_not_exist_for_others(table, page, client, signed_in):
    table.propose("JP", "1", "nearly", "up to")
    for address in (page, f"{page}/board", f"{page}/changes", f"{page}/p/{table.paragraph('1').id}", f"{page}/copies"):
        assert client.get(address).status_code == 404
    listed = client.get(f"/meetings/{table.meeting}/texts")
    assert listed.status_code == 200
    assert "Joint Statement" not in listed.text
    assert client.get("/meetings/ca-japan/nowhere/texts").status_code == 404
    assert signed_in("kz").get(page).status_code == 200


def test_brackets_are_set_with_flags_and_spoken_with_their_holders(table, page, signed_in):
    table.propose("JP", "1", "nearly", "up to")
    html = signed_in("kz").get(page).text
    assert "Japan would have:" in html
    assert "In brackets:" in html
    plain = re.sub(r"<[^>]+>", "", html)
    assert "2 billion yen for medical equipment" in plain


def test_a_delegate_answers_three_points_by_forms_alone(table, page, signed_in):
    table.propose("JP", "1", "nearly", "up to")
    table.propose("UZ", "2", "home", "home safely")
    table.propose("JP", "3", "in 2021", "in 2021 in Tokyo")
    browser = signed_in("kz")
    for waiting_count, stand in ((3, "supports"), (2, "can-accept"), (1, "reserves")):
        html = browser.get(page).text
        waiting = forms(html, "position.taken")
        assert len(waiting) == waiting_count
        assert browser.post("/acts/position.taken", data={**waiting[0], "stand": stand}).status_code == 200
    assert forms(browser.get(page).text, "position.taken") == []
    assert "can accept" in signed_in("jp").get(f"{page}/p/{table.paragraph('2').id}").text


def test_a_form_with_an_objection_but_no_reason_comes_back(table, page, signed_in):
    table.propose("JP", "1", "nearly", "up to")
    browser = signed_in("kz")
    (form,) = forms(browser.get(page).text, "position.taken")
    answer = browser.post("/acts/position.taken", data={**form, "stand": "objects"})
    assert answer.status_code == 422
    assert "Say why" in answer.text


def test_a_proposal_is_previewed_made_and_revised_by_forms_alone(table, page, signed_in):
    paragraph = table.paragraph("1")
    browser, address = signed_in("kz"), f"{page}/p/{paragraph.id}"
    wording = paragraph.wording.replace("nearly", "up to")
    html = browser.post(f"{address}/preview", data={"wording": wording, "note": "Because."}).text
    assert "Kazakhstan would have:" in html
    assert "Because." in html
    assert table.lines()[1].startswith("1. The Ministers welcomed"), "nothing is saved"
    (form,) = [fields for fields in forms(browser.get(address).text, "proposal.made") if "kind" not in fields]
    browser.post("/acts/proposal.made", data={**form, "wording": wording})
    assert "[nearly] [KZ: up to]" in table.lines()[1]
    (form,) = forms(browser.get(address).text, "proposal.revised")
    browser.post("/acts/proposal.revised", data={**form, "wording": wording.replace("up to", "about")})
    assert "[nearly] [KZ: about]" in table.lines()[1]


def test_own_notes_and_drafts_are_shown_to_the_own_delegation_alone(table, page, signed_in):
    paragraph = table.paragraph("1").id
    table.do("KZ", "note.kept", paragraph=paragraph, wording=SECRET)
    table.do("KZ", "note.kept", paragraph=paragraph, kind="draft", wording=SECRET)
    for reader, may in (("kz", True), ("jp", False), ("uz", False), ("chair", False)):
        browser = signed_in(reader)
        for address in (page, f"{page}/board", f"{page}/p/{paragraph}", f"{page}/changes", f"{page}/copies"):
            html = browser.get(address).text
            assert may or SECRET not in html
        assert (SECRET in browser.get(f"{page}/p/{paragraph}").text) is may


def test_a_colleagues_note_is_not_overwritten_unread(table, page, signed_in):
    address, browser = f"{page}/p/{table.paragraph('1').id}", signed_in("kz")
    note, draft = forms(browser.get(address).text, "note.kept")
    for form in (note, draft):
        browser.post("/acts/note.kept", data={**form, "wording": SECRET})
        late = browser.post("/acts/note.kept", data={**form, "key": form["key"] + "-2", "wording": "Other words"})
        assert late.status_code == 409
        assert "Other words" in late.text
    html = browser.get(address).text
    assert "Other words" not in html
    note, draft = forms(html, "note.kept")
    browser.post("/acts/note.kept", data={**note, "wording": "Both of ours"})
    browser.post("/acts/note.kept", data={**draft, "wording": ""})
    html = browser.get(address).text
    assert "Both of ours" in html
    assert SECRET not in html
    assert browser.post("/acts/note.kept", data={**draft, "key": "again", "wording": "x"}).status_code == 409


def test_the_silence_shows_every_capitals_clock_and_is_broken_by_form(table, page, signed_in):
    table.do("chair", "silence.started", deadline="2020-08-14T18:00")
    browser = signed_in("kz")
    html = browser.get(page).text
    for city in ("Tokyo", "Nur-Sultan", "Bishkek", "Dushanbe", "Ashgabat", "Tashkent"):
        assert city in html
    (choosing,) = forms(html, "silence.broken")
    at_second = follow(browser, browser.get(page), "Break the silence paragraph 2")
    unsaid = press(browser, at_second, "silence.broken", reason="")
    assert table.state().status == "silence", "it is asked why"
    press(browser, unsaid, "silence.broken", reason="Our parliament has to be heard.")
    assert table.state().status == "drafting"
    assert "Our parliament has to be heard." in browser.get(page).text
    again = {**choosing, "key": "again", "paragraph": table.paragraph("1").id, "reason": "Late"}
    assert browser.post("/acts/silence.broken", data=again).status_code == 409, "it is broken already"


def test_one_paragraphs_silence_is_broken_with_a_reason(table, page, signed_in):
    table.do("chair", "silence.started", deadline="2020-08-14T18:00", paragraph=table.paragraph("2").id)
    browser = signed_in("uz")
    form = follow(browser, browser.get(page), "Break the silence paragraph 2")
    after = press(browser, form, "silence.broken", reason="We want our own words.")
    assert "Break the silence" not in after.text
    table.propose("UZ", "2", "home", "home soon")


@pytest.mark.parametrize("label", ["", "2"])
def test_a_silence_that_the_server_did_not_note_is_noted_by_the_chair_with_one_tap(
    table, page, clock, signed_in, label
):
    about = table.paragraph(label).id if label else None
    table.do("chair", "silence.started", deadline="2020-08-14T18:00", paragraph=about)
    assert forms(signed_in("chair").get(page).text, "silence.held") == [], "it runs"
    clock.forward(days=9)
    over = signed_in("kz").get(page).text
    assert "The deadline is past." in over
    assert (forms(over, "silence.held"), forms(over, "silence.broken")) == ([], [])
    chair = signed_in("chair")
    html = chair.get(page).text
    assert forms(html, "silence.lifted") == []
    (form,) = forms(html, "silence.held")
    assert chair.post("/acts/silence.held", data=form).status_code == 200
    assert table.state().adopted == (None if label else "2020-08-14T09:00:00.000000Z")
    assert table.paragraph("2").status == "agreed"
    assert "The deadline is past." not in chair.get(page).text


def test_the_room_offers_nobody_to_break_a_silence_that_is_over(table, clock, signed_in):
    room = f"/meetings/{table.meeting}/room"
    table.do("chair", "silence.started", deadline="2020-08-14T18:00")
    assert "#silence-h" in signed_in("kz").get(room).text
    clock.forward(days=9)
    over = signed_in("kz").get(room).text
    assert "The deadline is past." in over
    assert "#silence-h" not in over


def test_after_the_deadline_the_text_is_adopted_as_of_the_deadline_and_no_page_does_it(
    table, page, clock, client, signed_in
):
    table.do("chair", "silence.started", deadline="2020-08-14T18:00")
    clock.forward(days=30)
    assert client.get(page).status_code == 404, "not published"
    assert table.state().adopted is None, "a page reads and performs nothing"
    perform_due(table.app)
    assert client.get(page).status_code == 404, "adopted, but not published"
    assert table.state().adopted == "2020-08-14T09:00:00.000000Z"
    public = page.partition("/texts/")[0]
    assert client.get(f"{public}.json").json()["texts"] == []
    table.do("chair", "text.published")
    assert f'href="{page}"' in client.get(public).text, "the meeting's public page lists what it adopted"
    (listed,) = client.get(f"{public}.json").json()["texts"]
    assert (listed["path"], listed["adopted"][:10]) == (page, "2020-08-14")
    assert "The Ministers welcomed the grant" in client.get(page).text
    assert client.get(f"{page}/board").status_code == 403
    assert 'action="/acts/' not in client.get(page).text


def test_the_agreed_terms_are_offered_while_drafting(table, page, signed_in):
    words = {"en": "grant aid", "ru": "безвозмездная помощь", "note": "Never “donation”."}
    table.app.door.perform(table.at.secretariat, "term.agreed", {"format": "ca-japan", **words})
    html = signed_in("kz").get(f"{page}/p/{table.paragraph('1').id}").text
    assert "grant aid" in html
    assert "Never “donation”." in html
    assert "безвозмездная помощь" not in html


def test_letters_that_nobody_would_see_are_shown_by_name(table, page, signed_in):
    table.propose("JP", "1", "nearly", "near\u200bly\u202e")
    html = signed_in("kz").get(page).text
    assert "U+200B" in html
    assert "U+202E" in html
    assert "\u202e" not in html


@pytest.mark.parametrize("more", [0, 2])
def test_a_text_takes_the_same_number_of_queries_with_one_proposal_and_with_three(table, page, signed_in, app, more):
    table.propose("JP", "1", "nearly", "up to")
    for n in range(more):
        table.propose(("UZ", "KG")[n], "2", "home", f"home {n}")
    browser, ours = signed_in("kz"), []

    def note(_connection, _cursor, statement, *_):
        if re.search(r"\bFROM text(_\w+)?\b", statement):
            ours.append(statement)

    event.listen(app.database.engine, "before_cursor_execute", note)
    assert browser.get(page).status_code == 200
    event.remove(app.database.engine, "before_cursor_execute", note)
    assert len(ours) == 14


def test_reminders_are_mailed_on_request_and_the_address_is_then_deleted(table, clock, signed_in, page):
    silence_id = silence(table)
    with mail_server() as mail:
        mailing = replace(table.app.settings, smtp=f"smtp://127.0.0.1:{mail.server_address[1]}")
        object.__setattr__(table.app, "settings", mailing)
        table.app.door.settings = mailing
        head = signed_in("kz")
        assert "Remind me by mail" in head.get(page).text
        form = {"silence": silence_id, "mail": "kz.head@mfa.example"}
        assert head.post(page + "/remind", data=form, follow_redirects=False).status_code == 303
        assert head.post(page + "/remind", data=form | {"mail": "no address"}).status_code == 422
        head.cookies.clear()
        assert head.post(page + "/remind", data=form).status_code == 404
        for moment in (DEADLINE - timedelta(hours=20), DEADLINE - timedelta(minutes=50), DEADLINE):
            clock.at = moment
            for _worker in range(2):
                perform_due(table.app)
                mail_outcomes(table.app)
        assert [letter.count("To: kz.head@mfa.example") for letter in mail.letters] == [1, 1, 1]
        assert "Under silence until" in mail.letters[0]
        assert "The silence held" in mail.letters[2]
        assert page in mail.letters[2].replace("=\n", "")
        assert saved_addresses(mailing, silence_id) == []
        assert not list((mailing.data / "reminders").iterdir())
        with table.app.database.reading() as session:
            record = json.dumps([entry.body for entry in entries_after(session, 0)], default=str)
        assert "mfa.example" not in record


def test_the_paragraph_under_discussion_stands_above_the_picture_with_its_brackets(table, signed_in, client):
    room = f"/meetings/{table.meeting}/room"
    before_all = re.compile(r'data-panel="texts-discussed">(.*?)</div>\s*<div class="stage"', re.DOTALL)
    panel = before_all.search(signed_in("kz").get(room).text)
    assert panel is not None
    assert "under discussion" not in panel[1]
    table.propose("JP", "1", "nearly", "up to", note="We cannot say more yet.")
    table.do("chair", "text.discussed", paragraph=table.paragraph("1").id)
    for person, answers in (("kz", 1), ("jp", 0)):  # who holds a proposal does not answer it
        panel = before_all.search(signed_in(person).get(room).text)
        assert panel is not None
        assert "Paragraph 1 is under discussion" in panel[1]
        assert "up to" in panel[1]
        assert bool(forms(panel[1], "position.taken")) is bool(answers)
    client.cookies.clear()
    assert "up to" not in client.get(room).text
    table.do("chair", "text.discussed", paragraph=None)
    panel = before_all.search(signed_in("kz").get(room).text)
    assert panel is not None
    assert "up to" not in panel[1]


def test_the_chairs_question_is_answered_in_the_room(table, signed_in):
    room = f"/meetings/{table.meeting}/room"
    table.do("chair", "adoption.asked")
    client = signed_in("kz")
    (form,) = forms(client.get(room).text, "adoption.answered")
    assert form["then"] == room
    client.post("/acts/adoption.answered", data=form | {"agrees": "true"})
    html = client.get(room).text
    assert re.search(r"Kazakhstan</span>\s*<span class=\"stand-word\">agrees", html)
    assert re.search(r"Japan</span>\s*<span class=\"stand-word\">(has not answered|absent)", html)
    assert not forms(signed_in("chair").get(room).text, "adoption.answered")


def test_the_page_says_who_returned_the_text_to_drafting_and_why(table, page, signed_in, client):
    running = silence(table)
    at = {"silence": running, "paragraph": table.paragraph("2").id, "reason": "Our capital is silent, we are not."}
    table.do("TM", "silence.broken", **at)
    html = signed_in("kz").get(page).text
    assert "Turkmenistan broke the silence at paragraph 2." in html
    assert "Our capital is silent, we are not." in html
    table.do("chair", "adoption.asked")
    table.do("UZ", "adoption.answered", agrees=False, reason="Not before Friday.")
    html = signed_in("kz").get(page).text
    assert "Uzbekistan objected to the adoption." in html
    assert "Not before Friday." in html
    assert "broke the silence" not in html
    client.cookies.clear()
    assert client.get(page).status_code == 404


def test_a_reservation_on_words_that_were_taken_in_stays_in_sight(table, page, signed_in):
    proposal = table.propose("UZ", "2", "home", "home safely")
    pending = {"pending": table.paragraph("1").id, "reason": "As long as the sum is open."}
    table.answer("KG", proposal, "reserves", **pending)
    table.incorporate(proposal)
    desk = signed_in("chair").get(page).text
    assert "Reservations on words that were taken in:" in desk
    assert re.search(r"Kyrgyz Republic · <a [^>]*>paragraph 2</a> · pending paragraph 1<", desk)
    html = signed_in("kz").get(f"{page}/p/{table.paragraph('2').id}").text
    assert "As long as the sum is open." in html
    assert "Reservations on words" not in signed_in("kz").get(page).text


def test_a_package_is_named_where_its_proposals_are_answered(table, page, signed_in):
    proposals = [table.propose("UZ", "1", "nearly", "up to"), table.propose("UZ", "2", "home", "home safely")]
    table.do("UZ", "package.tied", title="Aid for return", proposals=proposals)
    html = signed_in("kz").get(page).text
    assert html.count("package: Aid for return") == 4  # at both points, at both paragraphs


def test_an_adopted_text_leads_to_its_corrigendum_once_that_is_published(table, page, signed_in, client):
    table.do("chair", "adoption.asked")
    for state in ("JP", "KZ", "KG", "TJ", "TM", "UZ"):
        table.do(state, "adoption.answered", agrees=True)
    table.do("secretariat", "text.published")
    old = f"{table.meeting}/{table.text}"
    inputs = {"meeting": table.meeting, "title": "Corrigendum", "kind": "corrigendum", "paragraphs": "1. Read: some."}
    table.app.door.perform(table.at.chair, "text.opened", inputs | {"corrects": old})
    assert "Corrected by:" not in client.get(page).text
    assert "Corrected by:" in signed_in("kz").get(page).text
