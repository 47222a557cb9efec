"""An address for notices and a feed: left with consent, tested, changed, erased, dead with the last seat."""

import stat

from suhbat.acts.roles_and_seats import Role
from suhbat.notices.carrier import LAST_TRIES
from suhbat.notices.subscriptions import subscription_of
from suhbat.notices.tests.conftest import AIDA, BOLAT, links, made_feed, saved_of
from suhbat.record.reading import entries_after


def test_an_address_counts_once_its_owner_has_opened_the_link_of_the_test_mail(
    app, convene, sit, filed, signed_in, box, carry
):
    talks = convene(app)
    aida = sit(Role.DELEGATE, talks.meeting, "KZ", "Aida Serikova")
    browser = signed_in(aida.id)
    form = {"mail": AIDA, "rhythm": "at-once", "language": "en"}
    assert "Without your consent no address is kept." in browser.post("/me/notices/address", data=form).text
    assert subscription_of(app.settings, aida.id) is None
    page = browser.post("/me/notices/address", data=form | {"consent": "yes"})
    assert f"A test mail went to {AIDA}." in page.text
    (test,) = box.mails(AIDA)
    assert test["Auto-Submitted"] == "auto-generated"
    assert talks.meeting not in test.get_content(), "it may arrive at a stranger's"
    filed(talks.secretariat, talks.meeting, "Before")
    assert carry() == 0, "the address does not count yet"
    (link,) = links(test.get_content(), "notices/confirm")
    browser.cookies.clear()
    browser.get(link)
    assert carry() == 0, "programs open links; only the button counts"
    browser.post(link)
    filed(talks.secretariat, talks.meeting, "After")
    assert carry() == 1
    assert box.words(AIDA).count("The secretariat filed a paper.") == 2, "subject and text, of what came after"
    assert "This link is void" in browser.get(link).text
    with app.database.reading() as session:
        assert AIDA not in repr(entries_after(session, 0, limit=1_000_000))
    kept = app.settings.data / "notices" / "addresses" / f"{aida.id}.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_a_stranger_without_a_seat_and_a_player_of_a_rehearsal_leave_no_address(app, convene, sit, signed_in, box):
    rehearsed = convene(app, rehearsal=True)
    player = sit(Role.DELEGATE, rehearsed.meeting, "KZ")
    form = {"mail": AIDA, "rhythm": "at-once", "language": "en", "consent": "yes"}
    assert signed_in(player.id).post("/me/notices/address", data=form).status_code == 403
    browser = signed_in("nobody")
    assert browser.post("/me/notices/address", data=form).status_code == 403
    assert box.mails() == []


def test_one_press_in_a_mail_ends_the_mails_and_erases_the_address(
    app, convene, sit, filed, leave_address, client, box, carry
):
    talks = convene(app)
    aida, bolat = sit(Role.DELEGATE, talks.meeting, "KZ"), sit(Role.DELEGATE, talks.meeting, "KZ")
    leave_address(aida.id, AIDA, language="ru")
    leave_address(bolat.id, BOLAT)
    filed(talks.secretariat, talks.meeting, "One")
    carry()
    (leave,) = set(links(box.words(AIDA), "unsubscribe"))
    page = client.get(leave)
    assert AIDA not in page.text
    assert subscription_of(app.settings, aida.id), "programs open links; only the button counts"
    client.post("/unsubscribe/" + "x" * 40)
    answer = client.post(leave, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "Адрес стёрт." in answer.text
    assert subscription_of(app.settings, aida.id) is None
    box.arrived.clear()
    filed(talks.secretariat, talks.meeting, "Two")
    carry()
    assert (len(box.mails(AIDA)), len(box.mails(BOLAT))) == (0, 1)
    leave_address(aida.id, AIDA)
    answer = client.post(leave)
    assert "Адрес стёрт." not in answer.text, "the link of an older mail ends nothing, and does not say that it did"
    assert "письмо старое" in answer.text
    assert saved_of(app, aida).mail == AIDA


def test_another_address_counts_once_it_is_confirmed_and_the_first_until_then(
    app, convene, sit, filed, leave_address, signed_in, client, box, carry
):
    talks = convene(app)
    aida = sit(Role.DELEGATE, talks.meeting, "KZ")
    leave_address(aida.id, AIDA)
    form = {"mail": BOLAT, "rhythm": "at-once", "language": "en", "consent": "yes"}
    signed_in(aida.id).post("/me/notices/address", data=form)
    filed(talks.secretariat, talks.meeting, "One")
    assert carry() == 1
    assert (len(box.mails(AIDA)), len(box.mails(BOLAT))) == (1, 1), "the second is the test"
    client.post(links(box.mails(BOLAT)[0].get_content(), "notices/confirm")[0])
    filed(talks.secretariat, talks.meeting, "Two")
    assert carry() == 1
    assert (len(box.mails(AIDA)), len(box.mails(BOLAT))) == (1, 2)
    for _ in range(5):
        signed_in(aida.id).post("/me/notices/address", data=form | {"mail": "other@mfa.example.kz"})
    assert len(box.mails("other@mfa.example.kz")) == 5
    refused = signed_in(aida.id).post("/me/notices/address", data=form | {"mail": "other@mfa.example.kz"})
    assert "Too many test mails were sent today." in refused.text
    own_page = signed_in(aida.id).post("/me/notices/address/erase").text
    assert "Have notices mailed to you" in own_page
    assert "@" not in (app.settings.data / "notices" / "addresses" / f"{aida.id}.json").read_text()
    refused = signed_in(aida.id).post("/me/notices/address", data=form | {"mail": "other@mfa.example.kz"})
    assert "Too many test mails were sent today." in refused.text
    assert len(box.mails("other@mfa.example.kz")) == 5, "nobody is pestered with them"


def test_a_test_mail_that_is_refused_is_said_at_once_and_its_link_is_void_after_a_day(
    app, convene, sit, signed_in, client, box, clock, carry
):
    talks = convene(app)
    aida = sit(Role.DELEGATE, talks.meeting, "KZ")
    form = {"mail": AIDA, "rhythm": "at-once", "language": "en", "consent": "yes"}
    box.refuses = True
    assert "did not take the test mail" in signed_in(aida.id).post("/me/notices/address", data=form).text
    box.refuses = False
    signed_in(aida.id).post("/me/notices/address", data=form)
    (link,) = links(box.mails(AIDA)[0].get_content(), "notices/confirm")
    clock.forward(days=1, minutes=1)
    assert "This link is void" in client.post(link).text
    assert carry() == 0
    assert subscription_of(app.settings, aida.id) is None, "an address that nobody confirmed is erased"


def test_a_person_erases_the_address_on_the_own_page(app, convene, sit, leave_address, signed_in, box):
    talks = convene(app)
    aida = sit(Role.DELEGATE, talks.meeting, "KZ")
    leave_address(aida.id, AIDA)
    browser = signed_in(aida.id)
    assert AIDA in browser.get("/me").text
    assert AIDA not in browser.post("/me/notices/address/erase").text
    assert AIDA not in "".join(path.read_text() for path in app.settings.data.rglob("*.json"))


def test_the_last_seat_takes_the_address_with_it_after_a_last_mail(
    app, convene, sit, filed, leave_address, signed_in, client, box, carry
):
    talks = convene(app)
    aida, bolat = sit(Role.DELEGATE, talks.meeting, "KZ"), sit(Role.DELEGATE, talks.meeting, "KZ")
    leave_address(aida.id, AIDA, rhythm="weekly")
    leave_address(bolat.id, BOLAT)
    feeds = [made_feed(signed_in(person)) for person in (aida.id, bolat.id)]
    client.cookies.clear()
    assert [client.get(feed).status_code for feed in feeds] == [200, 200]
    app.door.perform(talks.secretariat, "seat.vacated", {"meeting": talks.meeting, "seat": aida.seats[0].id})
    filed(talks.secretariat, talks.meeting, "Not for Aida any more")
    assert [client.get(feed).status_code for feed in feeds] == [404, 200]
    assert carry() == 2
    assert box.words(AIDA).count("– ") == 1
    assert "Your seat was ended." in box.words(AIDA)
    assert subscription_of(app.settings, aida.id) is None
    assert subscription_of(app.settings, bolat.id)
    assert sorted(path.stem for path in (app.settings.data / "notices" / "feeds").iterdir()) == [bolat.id]


def test_an_address_is_erased_with_the_last_seat_even_if_the_mail_server_takes_nothing(
    app, convene, sit, leave_address, box, carry, clock
):
    talks = convene(app)
    aida = sit(Role.DELEGATE, talks.meeting, "KZ")
    leave_address(aida.id, AIDA)
    app.door.perform(talks.secretariat, "seat.vacated", {"meeting": talks.meeting, "seat": aida.seats[0].id})
    box.refuses = True
    for tries in range(1, LAST_TRIES):
        carry()
        assert saved_of(app, aida).tries == tries
        clock.forward(hours=1)
    carry()
    assert subscription_of(app.settings, aida.id) is None


def test_a_feed_names_meeting_and_act_is_renewed_and_ended(app, convene, sit, filed, signed_in, client):
    talks = convene(app)
    aida = sit(Role.DELEGATE, talks.meeting, "KZ")
    browser = signed_in(aida.id)
    first = made_feed(browser)
    assert first not in browser.get("/me").text, "it is shown once"
    filed(talks.secretariat, talks.meeting, "Points")
    second = made_feed(browser)
    browser.cookies.clear()
    answer = client.get(second)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert answer.headers["cache-control"] == "no-store"
    assert "<title>Special video conference: The secretariat filed a paper.</title>" in answer.text
    assert client.get(first).status_code == 404
    assert second.rpartition("-")[2] not in "".join(path.read_text() for path in app.settings.data.rglob("*.json"))
    signed_in(aida.id).post("/me/notices/feed/remove")
    assert client.get(second).status_code == 404
    for wrong in (f"/feeds/{aida.id}-" + "0" * 32, "/feeds/..%2f..%2fkeys", "/feeds/x"):
        assert client.get(wrong).status_code == 404


def test_a_damaged_file_keeps_no_mail_from_the_others(app, convene, sit, filed, leave_address, box, carry, caplog):
    talks = convene(app)
    aida, bolat = sit(Role.DELEGATE, talks.meeting, "KZ"), sit(Role.DELEGATE, talks.meeting, "KZ")
    leave_address(aida.id, AIDA)
    leave_address(bolat.id, BOLAT)
    (app.settings.data / "notices" / "addresses" / f"{aida.id}.json").write_text("{")
    filed(talks.secretariat, talks.meeting, "One")
    assert carry() == 1
    assert len(box.mails(BOLAT)) == 1
    assert "is no address of ours" in caplog.text
