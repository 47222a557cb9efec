"""Answers of passkeys: which are accepted and which are refused."""

import json
import re
from typing import Any

import pytest
from litestar.testing import TestClient
from sqlalchemy import select

from suhbat.acts.roles_and_seats import Role
from suhbat.application import front_of, make_app
from suhbat.people.models import SpentChallenge
from suhbat.people.session_cookie import COOKIE
from suhbat.people.tests.authenticator import SoftKey

JSON = {"accept": "application/json"}


@pytest.fixture
def minister(sit, signed_in):
    """The browser of a person who has just taken a seat."""
    return signed_in(sit("Mukhtar Tileuberdi", Role.HEAD, "KZ").id)


def keep(browser, key, **fields):
    options = browser.post("/me/passkeys/challenge", headers=JSON).json()
    return browser.post("/me/passkeys", json={"credential": key.create(options), **fields}, headers=JSON)


def sign_in(browser, key):
    browser.cookies.clear()
    options = browser.post("/sign-in/challenge", headers=JSON).json()
    return browser.post("/sign-in", json=key.get(options), headers=JSON)


def test_a_passkey_is_kept_and_signs_in_afterwards(minister):
    key = SoftKey()
    assert keep(minister, key, device="Telephone").status_code == 201
    assert "Telephone" in minister.get("/me").text
    answer = sign_in(minister, key)
    assert answer.status_code == 200
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "Mukhtar Tileuberdi" in minister.get("/me").text


def test_the_browser_must_verify_the_user_and_makes_one_passkey_per_device(minister):
    keep(minister, SoftKey())
    options = minister.post("/me/passkeys/challenge", headers=JSON).json()
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["rp"]["id"] == "localhost"
    assert len(options["excludeCredentials"]) == 1
    assert keep(minister, SoftKey()).status_code == 409


@pytest.mark.parametrize(
    "key", [SoftKey(origin="https://evil.example"), SoftKey(host="evil.example"), SoftKey(origin="http://localhost:1")]
)
def test_an_answer_for_another_server_is_refused(minister, key):
    assert keep(minister, key).status_code == 403


def test_a_challenge_is_valid_for_five_minutes_one_purpose_and_one_person(minister, sit, signed_in, clock):
    key, second_key = SoftKey(), SoftKey(name=b"other")
    options = minister.post("/me/passkeys/challenge", headers=JSON).json()
    colleague = signed_in(sit("Someone Else", Role.DELEGATE, "JP").id)
    assert colleague.post("/me/passkeys", json={"credential": key.create(options)}, headers=JSON).status_code == 409
    to_sign_in = colleague.post("/sign-in/challenge", headers=JSON).json()
    wrong = {"credential": second_key.create(to_sign_in)}
    assert colleague.post("/me/passkeys", json=wrong, headers=JSON).status_code == 409
    late = colleague.post("/me/passkeys/challenge", headers=JSON).json()
    clock.forward(minutes=6)
    answer = colleague.post("/me/passkeys", json={"credential": key.create(late)}, headers=JSON)
    assert "too long" in answer.json()["why"]


def test_an_answer_counts_once(minister):
    key = SoftKey()
    keep(minister, key)
    minister.cookies.clear()
    options = minister.post("/sign-in/challenge", headers=JSON).json()
    answer = key.get(options)
    assert minister.post("/sign-in", json=answer, headers=JSON).status_code == 200
    assert minister.post("/sign-in", json=answer, headers=JSON).status_code == 409


def test_an_answer_counts_once_in_all_processes(minister, app, settings, clock):
    key = SoftKey()
    keep(minister, key)
    minister.cookies.clear()
    answer = key.get(minister.post("/sign-in/challenge", headers=JSON).json())
    assert minister.post("/sign-in", json=answer, headers=JSON).status_code == 200
    second = make_app(settings, clock)
    application: Any = front_of(second)
    with TestClient(application, base_url="http://localhost:8000") as other_worker:
        assert other_worker.post("/sign-in", json=answer, headers=JSON).status_code == 409
    clock.forward(minutes=10)
    assert sign_in(minister, key).status_code == 200
    with app.database.reading() as session:
        assert len(session.scalars(select(SpentChallenge)).all()) == 1, "expired challenges are deleted"


def test_another_key_with_the_same_id_is_refused(minister):
    keep(minister, SoftKey())
    assert sign_in(minister, SoftKey()).status_code == 403
    assert sign_in(minister, SoftKey(name=b"never kept")).status_code == 403


def test_a_removed_device_cannot_sign_in_and_the_browser_that_removed_it_stays_signed_in(minister):
    key = SoftKey()
    keep(minister, key, device="Lost telephone")
    sign_in(minister, key)
    before = minister.cookies[COOKIE]
    name = key.create({"challenge": ""})["id"]
    page = minister.post("/me/passkeys/remove", data={"passkey": name})
    assert "No passkey yet" in page.text
    minister.cookies.clear()
    assert minister.get("/me", headers={"cookie": f"{COOKIE}={before}"}, follow_redirects=False).status_code == 303
    assert sign_in(minister, key).status_code == 403


def test_a_person_names_a_device(minister):
    key = SoftKey()
    keep(minister, key)
    name = key.create({"challenge": ""})["id"]
    done = minister.post("/acts/passkey.named", json={"passkey": name, "device": "Telephone of the car"}, headers=JSON)
    assert done.status_code == 201
    assert "Telephone of the car" in minister.get("/me").text


def test_nobody_names_or_removes_the_device_of_another(minister, sit, signed_in):
    key = SoftKey()
    keep(minister, key)
    name = key.create({"challenge": ""})["id"]
    colleague = signed_in(sit("Someone Else", Role.DELEGATE, "JP").id)
    for act, fields in (("passkey.named", {"device": "mine"}), ("passkey.revoked", {})):
        answer = colleague.post(f"/acts/{act}", json={"passkey": name, **fields}, headers=JSON)
        assert answer.status_code == 404


@pytest.mark.parametrize("body", ["", "{}", "[]", "null", '{"credential": 5}', '{"credential": {"id": "x"}}', "{"])
def test_a_malformed_answer_is_refused(minister, body):
    headers = {**JSON, "content-type": "application/json"}
    for path in ("/me/passkeys", "/sign-in"):
        answer = minister.post(path, content=body, headers=headers)
        assert answer.status_code in {400, 403, 422}, (path, body, answer.text)
        assert json.loads(answer.text)["why"]


def test_someone_who_is_not_signed_in_keeps_no_passkey(client):
    assert client.post("/me/passkeys/challenge", headers=JSON).status_code == 403
    assert client.post("/me/passkeys", json={"credential": {}}, headers=JSON).status_code == 403


@pytest.mark.parametrize("page", ["/ru/sign-in", "/ru/me"])
def test_the_script_gets_refusals_in_the_language_of_the_page(minister, page):
    if page == "/ru/sign-in":
        minister.cookies.clear()
    challenge_path, answer_path = re.findall(r'data-(?:challenge|answer)="([^"]+)"', minister.get(page).text)[:2]
    assert minister.post(challenge_path, headers=JSON).status_code == 200
    refusal = minister.post(answer_path, json={"credential": {}}, headers=JSON).json()
    assert re.fullmatch(r"[А-яЁё ,.:«»—-]+", refusal["why"])
