"""Notices by mail, through a real mail server: consent, rhythm, once, and what a mail says and never says."""

from dataclasses import replace

import pytest

from suhbat.acts.roles_and_seats import Role
from suhbat.ground.clock import instant
from suhbat.notices.carrier import Carrier
from suhbat.notices.subscriptions import keep_subscription
from suhbat.notices.tests.conftest import AIDA, links, made_feed, saved_of
from suhbat.notices.tests.test_own_list import change, name


def test_a_mail_says_who_asks_what_is_to_be_done_and_until_when_in_the_own_capital(
    app, convene, sit, leave_address, box, carry
):
    talks = convene(app)
    head = sit(Role.HEAD, talks.meeting, "KZ")
    chief, other = name(app, head, "chief"), name(app, head, "alternate")
    leave_address(other.id, AIDA, rhythm="weekly", language="ru")
    app.door.perform(chief, "standing.tested", {"format": "ca-japan", "seat": other.seats[0].id})
    assert carry() == 1, "what is urgent does not wait for Monday"
    (mail,) = box.mails(AIDA)
    words = mail.get_content()
    assert "Казахстан" in words
    assert "10 сентября 2020 года, 12:00" in words, "thirty days later, six hours ahead of UTC"
    assert "06:00 UTC" in words
    assert "AM" not in words
    assert "http://localhost:8000/ru/me" in words
    assert mail["Reply-To"] == mail["From"] == "Secretariat <secretariat@example.jp>"
    assert mail["Auto-Submitted"] == "auto-generated"
    (leave,) = links(str(mail["List-Unsubscribe"]), "unsubscribe")
    assert leave.startswith("/ru/unsubscribe/")
    assert f"\r\nList-Unsubscribe: <http://localhost:8000{leave}>\r\n".encode() in box.arrived[0][1], (
        "as programs read it"
    )


def test_answers_go_where_the_operator_says_and_one_click_is_offered_over_tls(
    app, convene, sit, filed, leave_address, box, carry
):
    talks = convene(app)
    aida = sit(Role.DELEGATE, talks.meeting, "KZ")
    leave_address(aida.id, AIDA)
    object.__setattr__(app.settings, "mail_reply_to", "office@example.jp")
    object.__setattr__(app.settings, "origin", "https://dialogue.example")
    filed(talks.secretariat, talks.meeting, "Points")
    carry()
    (mail,) = box.mails(AIDA)
    assert mail["Reply-To"] == "office@example.jp"
    assert mail["List-Unsubscribe"].startswith("<https://dialogue.example/unsubscribe/")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize(("rhythm", "days"), [("daily", 1), ("weekly", 6)])
def test_a_digest_comes_in_the_morning_of_the_own_capital_and_has_everything_once(
    app, convene, sit, filed, leave_address, box, carry, clock, rhythm, days
):
    talks = convene(app)  # a Tuesday noon in Almaty
    aida = sit(Role.DELEGATE, talks.meeting, "KZ")
    leave_address(aida.id, AIDA, rhythm=rhythm)
    filed(talks.secretariat, talks.meeting, "One")
    assert carry() == 0
    change(app, talks, opens="2020-08-11T19:00", closes="2020-08-11T21:00")
    assert carry() == 1, "another hour is told at once"
    filed(talks.secretariat, talks.meeting, "Two")
    clock.at = clock.at.replace(hour=23, minute=50)
    clock.forward(days=days - 1)
    assert carry() == 0, "ten to six in the morning there"
    clock.forward(minutes=20)
    assert carry() == 1
    at_once, digest = (mail.get_content() for mail in box.mails(AIDA))
    assert at_once.count("The secretariat changed the meeting") == 1
    assert "filed a paper" not in at_once
    assert digest.count("The secretariat filed a paper.") == 2
    assert "changed the meeting" not in digest
    assert "2 notices" in box.mails(AIDA)[1]["Subject"]
    assert carry() == 0
    clock.forward(days=8)
    assert carry() == 0, "where nothing is new, no mail comes"


def test_a_mail_has_no_word_of_a_paper_a_text_or_a_reason_and_nobody_is_told_of_anothers_paper(
    app, convene, sit, filed, leave_address, signed_in, box, carry
):
    talks = convene(app)
    aida, bolat = sit(Role.DELEGATE, talks.meeting, "KZ"), sit(Role.HEAD, talks.meeting, "KZ")
    timur = sit(Role.DELEGATE, talks.meeting, "UZ")
    leave_address(aida.id, AIDA)
    leave_address(timur.id, "timur@mfa.example.uz")
    feeds = {person: made_feed(signed_in(person)) for person in (aida.id, timur.id)}
    filed(bolat, talks.meeting, "Kanarek in the mine", "delegation")
    change(app, talks, title="Special video conference", opens="2020-08-11T19:00", closes="2020-08-11T21:00",
           reason="Kanarek is late")  # fmt: skip
    app.door.perform(talks.secretariat, "meeting.cancelled", {"meeting": talks.meeting, "reason": "Kanarek is ill"})
    assert carry() == 2
    ours, theirs = box.words(AIDA), box.words("timur@mfa.example.uz")
    assert "Kazakhstan filed a paper." in ours
    assert "Kazakhstan" not in theirs
    assert "The meeting is cancelled." in theirs
    for person, words in ((aida.id, ours), (timur.id, theirs)):
        browser = signed_in(person)
        for text in (words, browser.get("/me").text, browser.get("/me/notices").text, browser.get(feeds[person]).text):
            assert "Kanarek" not in text
            assert ("filed a paper" in text) == (person == aida.id)


def test_a_person_of_another_format_and_somebody_in_a_rehearsal_get_no_mail(
    app, convene, sit, filed, leave_address, signed_in, box, carry
):
    talks = convene(app)
    rehearsed = convene(app, slug="rehearsed", rehearsal=True)
    aida = sit(Role.DELEGATE, talks.meeting, "KZ")
    leave_address(aida.id, AIDA)
    link = app.door.perform(talks.secretariat, "seat.offered", {
        "meeting": rehearsed.meeting, "role": "delegate", "state": "KZ", "name": "Aida",
    }).reply["link"]  # fmt: skip
    app.door.perform(aida, "seat.taken", {"secret": link.rsplit("/", 1)[1]})
    filed(talks.secretariat, rehearsed.meeting, "Played")
    assert carry() == 0
    filed(talks.secretariat, talks.meeting, "Real")
    assert carry() == 1
    assert box.words(AIDA).count("– ") == 1


def test_what_is_refused_is_tried_again_with_growing_pauses_and_the_person_sees_it(
    app, convene, sit, filed, leave_address, signed_in, box, carry, clock
):
    talks = convene(app)
    aida = sit(Role.DELEGATE, talks.meeting, "KZ")
    leave_address(aida.id, AIDA)
    filed(talks.secretariat, talks.meeting, "One")
    box.refuses = True
    pauses = []
    for _ in range(12):
        assert carry() == 0
        saved = saved_of(app, aida)
        pauses.append(round((instant(saved.again) - instant(saved.refused)).total_seconds() / 60))
        assert carry() == 0, "not before the pause is over"
        assert saved_of(app, aida).tries == saved.tries
        clock.at = instant(saved.again)
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]
    assert "The mail server refused a mail at this time: 1" in signed_in(aida.id).get("/me").text
    box.refuses = False
    filed(talks.secretariat, talks.meeting, "Two")
    assert carry() == 1
    assert box.words(AIDA).count("– The secretariat filed a paper.") == 2, "it was written anew, with what came since"
    assert "The mail server refused" not in signed_in(aida.id).get("/me").text


def test_after_an_older_backup_is_put_back_what_comes_anew_is_told_anew(
    app, convene, sit, filed, leave_address, box, carry
):
    talks = convene(app)
    aida = sit(Role.DELEGATE, talks.meeting, "KZ")
    leave_address(aida.id, AIDA)
    ahead = replace(saved_of(app, aida), told=10_000, urgent_told=10_000)
    keep_subscription(app.settings, ahead)
    assert carry() == 0
    filed(talks.secretariat, talks.meeting, "One")
    assert carry() == 1


def test_two_runs_at_one_moment_and_a_restart_hand_over_once(app, convene, sit, filed, leave_address, box):
    talks = convene(app)
    aida = sit(Role.DELEGATE, talks.meeting, "KZ")
    leave_address(aida.id, AIDA)
    filed(talks.secretariat, talks.meeting, "One")
    sent = [Carrier(app).carry() for _ in range(3)]
    assert sent == [1, 0, 0]
    assert len(box.mails(AIDA)) == 1
