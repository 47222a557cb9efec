"""The pages of invitations, sign-in and seats, without any script."""

import re
import smtplib
from dataclasses import replace
from typing import Any

import pytest
from litestar.testing import TestClient
from sqlalchemy import select

from suhbat.acts.place_finders import FINDERS
from suhbat.acts.roles_and_seats import Role
from suhbat.application import front_of, make_pages
from suhbat.ground.language import language
from suhbat.people import invitation_letter
from suhbat.people.models import SeatRow

MEETING = "ca-japan/2020-08-11-special"


@pytest.fixture
def desk(sit, signed_in):
    """The browser of someone in the meeting's secretariat."""
    return signed_in(sit("Tokyo Secretariat", Role.SECRETARIAT).id)


def offer(browser, **fields):
    form = {"meeting": MEETING, "role": "delegate", "state": "KZ", "name": "Aida Serikova", **fields}
    return browser.post("/acts/seat.offered", data=form)


def test_a_person_is_invited_and_takes_the_seat_without_a_script(app, desk):
    page = desk.get(f"/meetings/{MEETING}/people")
    assert "Nobody is invited yet for" in page.text
    letter = offer(desk, office="Counsellor")
    assert letter.status_code == 200
    for text in ("Aida Serikova", "Counsellor", "Special video conference", "<svg", "works once"):
        assert text in letter.text
    assert letter.headers["cache-control"] == "no-store"
    (secret, *_) = re.findall(r"http://localhost:8000/invitations/([\w-]{43})", letter.text)
    desk.cookies.clear()
    assert "Aida Serikova" in desk.get(f"/invitations/{secret}").text
    me = desk.post(f"/invitations/{secret}")
    assert "Aida Serikova" in me.text
    assert "Create a passkey first" in me.text
    for path in (f"/invitations/{secret}", f"/invitations/{secret}/letter"):
        assert "works once only" in desk.get(path).text


def test_scripts_and_other_sites_cannot_use_the_cookie(client, invite):
    answer = client.post(f"/invitations/{invite('Aida', state='KZ')}", follow_redirects=False)
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie


def test_with_tls_the_cookie_is_sent_over_tls_only(app, invite):
    secret = invite("Aida", state="KZ")
    safe = replace(app, settings=replace(app.settings, origin="https://dialogue.example"))
    application: Any = front_of(safe)
    with TestClient(application, base_url="https://dialogue.example") as browser:
        assert "Secure" in browser.post(f"/invitations/{secret}", follow_redirects=False).headers["set-cookie"]


def test_signing_out_here_and_everywhere(app, sit, signed_in, clock):
    from datetime import UTC, datetime

    person = sit("Aida", Role.DELEGATE, "KZ")
    browser = signed_in(person.id)
    stolen = browser.cookies.get("suhbat")
    assert "Aida" in browser.get("/me").text
    clock.at = datetime.now(UTC)
    out = browser.post("/me/sign-out-everywhere")
    assert "Sign in with a passkey" in out.text
    browser.cookies.clear()
    browser.cookies.set("suhbat", stolen)
    assert "Sign in with a passkey" in browser.get("/me").text


@pytest.mark.parametrize("cookie", ["", "x", "x.y", "ё.ё", "cGVyc29uIDE=.00", "." * 50])
def test_a_forged_cookie_is_nobody(client, cookie):
    page = client.get("/me", headers={"cookie": b"suhbat=" + cookie.encode()}, follow_redirects=False)
    assert page.status_code == 303


def test_others_do_not_see_who_is_invited(desk, signed_in, sit, client):
    offer(desk, name="Hidden Name")
    kazakh = sit("Plain Delegate", Role.DELEGATE, "KZ")
    organiser = sit("Japanese Organiser", Role.DELEGATE, "JP", organiser=True)
    path = f"/meetings/{MEETING}/people"
    client.cookies.clear()
    assert client.get(path).status_code == 404
    answer = signed_in(kazakh.id).get(path)
    assert (answer.status_code, "Hidden Name" in answer.text) == (403, False)
    answer = signed_in(organiser.id).get(path)
    assert (answer.status_code, "Hidden Name" in answer.text) == (200, False)
    assert "Japanese Organiser" in answer.text


def test_html_in_a_name_stays_a_name(desk):
    letter = offer(desk, name='<script>alert(1)</script>"', office="<b>Minister</b>")
    listed = desk.get(f"/meetings/{MEETING}/people").text
    for page in (letter.text, listed):
        assert "<script>alert" not in page
        assert "<b>Minister" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_a_refused_form_is_shown_again_with_the_error_at_the_field(desk):
    answer = offer(desk, state="CN", office="Counsellor")
    assert answer.status_code == 422
    assert "This delegation is not invited." in answer.text
    assert 'value="Counsellor"' in answer.text


def test_an_invitation_is_valid_even_if_the_mail_server_refuses_the_letter(app, desk, monkeypatch):
    def broken(_server, _message):
        raise smtplib.SMTPServerDisconnected("gone")

    object.__setattr__(app.settings, "smtp", "smtp://mail.example")
    monkeypatch.setattr(invitation_letter, "send", broken)
    letter = offer(desk, mail="aida@example.kz")
    assert "the mail server did not take the letter" in letter.text
    assert "/invitations/" in letter.text


def test_a_letter_is_mailed_in_the_language_that_was_chosen(app, desk, monkeypatch):
    messages = []
    object.__setattr__(app.settings, "smtp", "smtp://mail.example")
    monkeypatch.setattr(invitation_letter, "send", lambda _server, message: messages.append(message))
    letter = offer(desk, mail="aida@example.kz", language="ru")
    assert "It was mailed" in letter.text
    (mail,) = messages
    assert mail["To"] == "aida@example.kz"
    assert "http://localhost:8000/ru/invitations/" in mail.get_content()


def test_many_tries_of_links_are_limited(client):
    answers = [client.get(f"/invitations/{n:043d}").status_code for n in range(62)]
    assert answers[0] == 404
    assert answers[-1] == 429


def test_a_reader_under_another_host_name_is_shown_the_right_address(app, client):
    page = client.get("/sign-in", headers={"host": "127.0.0.1:8000"})
    assert 'href="http://localhost:8000/sign-in"' in page.text
    assert 'href="http://localhost:8000/sign-in"' not in client.get("/sign-in").text


@pytest.mark.parametrize("then", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_redirected_to_another_site_after_signing_in(sit, signed_in, then):
    browser = signed_in(sit("Aida", Role.DELEGATE, "KZ").id)
    answer = browser.get("/sign-in", params={"then": then}, follow_redirects=False)
    assert answer.headers["location"] == "/me"


def test_a_list_of_three_needs_as_many_queries_as_a_list_of_one(app, desk, invite, count_queries):
    first = count_queries(lambda: desk.get(f"/meetings/{MEETING}/people"))
    for n in range(3):
        invite(f"Delegate {n}", state="KZ")
    assert count_queries(lambda: desk.get(f"/meetings/{MEETING}/people")) == first == 5


class TestRehearsal:
    """One click to any seat, where rehearsals are switched on, and nowhere else."""

    def test_one_click_seats_the_newcomer_under_the_ministers_name(self, client):
        answer = client.post(f"/rehearse/seats/{MEETING}/JP", follow_redirects=False)
        assert answer.headers["location"] == f"/meetings/{MEETING}/room"
        me = client.get("/me").text
        for text in ("Toshimitsu Motegi", "Head of delegation", "Chair"):
            assert text in me

    def test_a_second_click_finds_the_same_person(self, app, client):
        for _ in range(2):
            client.post(f"/rehearse/seats/{MEETING}/KZ", follow_redirects=False)
        with app.database.reading() as session:
            assert len(session.scalars(select(SeatRow)).all()) == 1

    def test_a_window_of_its_own_by_a_name_under_localhost(self, client):
        answer = client.get(
            f"/rehearse/seats/{MEETING}/KZ", headers={"host": "kz.localhost:8000"}, follow_redirects=False
        )
        assert "suhbat=" in answer.headers["set-cookie"]
        assert "omain=" not in answer.headers["set-cookie"]

    def test_a_real_meeting_cannot_be_entered(self, client):
        assert client.post("/rehearse/seats/ca-us/2020-06-30/KZ").status_code == 404
        form = {"meeting": "ca-us/2020-06-30", "seat": "KZ"}
        assert client.post("/acts/rehearsal.seat_taken", data=form).status_code == 404

    def test_in_production_there_are_no_such_routes_and_no_such_act(self, app, monkeypatch, tmp_path):
        from suhbat.ground.settings import Settings, from_environment

        monkeypatch.setenv("SUHBAT_ENV", "production")
        monkeypatch.setenv("SUHBAT_REHEARSAL", "1")
        monkeypatch.setenv("SUHBAT_DATA", str(tmp_path / "real"))
        settings = from_environment()
        assert not settings.rehearsal
        with pytest.raises(ValueError, match="no rehearsal in production"):
            Settings(data=tmp_path, production=True, rehearsal=True)
        real = replace(app, settings=settings, door=type(app.door)(app.database, settings, app.clock))
        application: Any = front_of(real)
        paths = {route.path for route in make_pages(real).routes}
        assert not [path for path in paths if path.startswith("/rehearse")]
        with TestClient(application, base_url="http://localhost:8000") as browser:
            assert browser.post(f"/rehearse/seats/{MEETING}/JP").status_code == 404
            assert browser.get("/acts/rehearsal.seat_taken").status_code == 404
            form = {"meeting": MEETING, "seat": "JP"}
            assert browser.post("/acts/rehearsal.seat_taken", data=form).status_code == 404
            assert browser.post("/acts/rehearsal.seat_taken", json=form).status_code == 404
            assert "rehearsal.seat_taken" not in browser.get("/acts/").text


def test_programs_cannot_guess_secrets_either(client):
    guess = {"secret": "x" * 43}
    answers = [client.post("/acts/seat.taken", json=guess).status_code for _ in range(40)]
    answers += [client.get(f"/invitations/{'y' * 43}").status_code for _ in range(30)]
    assert answers[0] == 404
    assert answers[-1] == 429, "the page and the act count together"
    assert client.post("/acts/seat.taken", json=guess).status_code == 429


def test_a_letter_in_another_language_names_seat_and_place_in_that_language(desk, places):
    def find(_session, place):
        return replace(places[MEETING], title=f"read in {language()}") if place == MEETING else None

    FINDERS.insert(0, find)
    try:
        letter = offer(desk, role="head", office="Minister of Foreign Affairs", language="ru")
    finally:
        FINDERS.remove(find)
    sheet = re.search(r'<article class="letter sheet" lang="ru">(.*?)</article>', letter.text, re.DOTALL)
    assert sheet
    assert "read in ru" in sheet[1]
    assert "Министр иностранных дел" in sheet[1]
    assert "<b>Глава делегации, Казахстан</b>" in sheet[1]


def test_delegations_without_a_seat_are_one_list(desk):
    page = desk.get(f"/ja/meetings/{MEETING}/people").text
    assert "まだ招待されていない席：" in page
    assert "日本</a>、<a" in page
