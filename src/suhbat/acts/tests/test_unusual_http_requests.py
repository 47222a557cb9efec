"""Unusual HTTP requests: each gets a clear answer, and nothing is lost or half written."""

import json

import pytest
from sqlalchemy import event
from tests.convened_meeting import seated

from suhbat.acts import Role
from suhbat.people.session_cookie import COOKIE
from suhbat.record.reading import entries_after

MEETING = "ca-japan/2020-08-11-special"
PAGE = {"accept": "text/html"}


@pytest.fixture(autouse=True)
def bell(open_bell):
    pass


def entries(app):
    with app.database.reading() as session:
        return entries_after(session, 0)


def strike(client, body: bytes | str, **headers):
    return client.post("/acts/bell.struck", content=body, headers={"content-type": "application/json", **headers})


def test_a_program_performs_an_act_and_gets_its_entry(client, app):
    answer = strike(client, json.dumps({"meeting": MEETING, "times": 2}))
    assert answer.status_code == 201
    assert answer.json()["entry"]["number"] == 1
    assert entries(app)[0].body["times"] == 2


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "body"),
        (b"{", "body"),
        (b"\xff\xfe", "body"),
        (b'{"meeting": "a/b", "times": NaN}', "body"),
        (b'{"meeting": "a/b", "times": 1e400}', "body"),
        (b'{"meeting": "a/b", "note": "\\ud800"}', "body"),
        (b"[1]", "body"),
        (b'{"meeting": "a/b", "times": 1, "times": 2}', "times"),
        (b'{"meeting": "a/b", "more": {"x": 1, "x": 1}}', "x"),
        (b'"text"', "body"),
        (b"null", "body"),
        (b"[" * 100_000, "body"),
        (b'{"meeting": "a/b", "more": ' + b'{"a":' * 60 + b"1" + b"}" * 60 + b"}", "more" + ".a" * 11),
        (b'{"meeting": "a/b", "note": "a\\u0000b"}', "note"),
        (b'{"meeting": "a/b", "note": "\\u001b[31m"}', "note"),
        (b'{"meeting": "a/b", "note": "\\uffff"}', "note"),
        (b'{"meeting": "a/b", "people": ["a", "b\\u0000"]}', "people[1]"),
        (b'{"meeting": "a/b", "more": {"x\\u0000": 1}}', "more"),
        (b'{"meeting": "a/b", "times": 9007199254740992}', "times"),
        (b'{"meeting": "a/b", "times": 123456789012345678901234567890}', "times"),
        (b'{"meeting": "a/b", "more": {"x": 1e300}}', "more.x"),
        (b'{"meeting": "a/b", "times": "2"}', "times"),
        (b'{"meeting": "a/b", "loud": true}', "loud"),
        (b'{"times": 1}', "meeting"),
    ],
)
def test_a_wrong_value_is_refused_with_the_name_of_its_field(client, app, body, field):
    answer = strike(client, body)
    assert answer.status_code == 422
    assert field in answer.json()["fields"]
    assert entries(app) == []


def test_text_in_every_script_is_recorded_unchanged(client, app):
    note = "Қазақ, O‘zbek, Тоҷикӣ, 日本語, 👩🏽‍💻, e\u0301, \u202eright, a\tb\nc"
    assert strike(client, json.dumps({"meeting": MEETING, "note": note})).status_code == 201
    assert entries(app)[0].body["note"] == note


def test_an_entry_longer_than_the_record_allows_is_refused(client, app):
    answer = strike(client, json.dumps({"meeting": MEETING, "note": "x" * 70_000}))
    assert answer.status_code == 422
    assert strike(client, b'{"note": "' + b"x" * 300_000 + b'"}').status_code == 413
    assert entries(app) == []


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/octet-stream", ""])
def test_another_content_type_is_refused(client, kind):
    answer = client.post("/acts/bell.struck", content=b"meeting=a/b", headers={"content-type": kind})
    assert answer.status_code == 415


def test_a_huge_body_is_refused(client):
    answer = client.post(
        "/acts/bell.struck",
        content=b"x" * (26 * 1024 * 1024),
        headers={"content-type": "multipart/form-data; boundary=x"},
    )
    assert answer.status_code == 413


def test_a_multipart_form_that_breaks_off_is_refused(client, app):
    answer = client.post(
        "/acts/bell.struck",
        content=b'--x\r\nContent-Disposition: form-data; name="meeting"\r\n\r\na/b',
        headers={"content-type": "multipart/form-data; boundary=x"},
    )
    assert 400 <= answer.status_code < 500
    assert entries(app) == []


def test_an_idempotency_key_makes_a_repeated_request_one_act(client, app, monkeypatch):
    monkeypatch.setattr("suhbat.application.actor_of", lambda *_: seated(Role.CHAIR, MEETING, "JP"))
    client.cookies.set(COOKIE, "whoever")
    body = json.dumps({"meeting": MEETING})
    first, again = strike(client, body, **{"idempotency-key": "k1"}), strike(client, body, **{"idempotency-key": "k1"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["repeated"]
    assert again.json()["entry"] == first.json()["entry"]
    assert len(entries(app)) == 1
    assert strike(client, body, **{"idempotency-key": "k" * 81}).status_code == 422
    assert strike(client, json.dumps({"meeting": MEETING}), **{"idempotency-key": "k2"}).status_code == 201


def test_a_malformed_form_is_refused_and_shown_again(client, app):
    for body in ("meeting=a/b&meeting=c/d", "meeting=a/b&times=x", "meeting.x=1&meeting=2", "a" + ".a" * 400 + "=1"):
        answer = client.post(
            "/acts/bell.struck",
            content=body,
            headers={"content-type": "application/x-www-form-urlencoded", **PAGE},
            follow_redirects=False,
        )
        assert answer.status_code == 422, body
        assert "<form" in answer.text
    assert entries(app) == []


@pytest.mark.parametrize(
    "then",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "/a\r\nX-Evil: 1",
     "javascript:1", "evil.example", "\\\\evil.example", " /x", "/x y"],
)  # fmt: skip
def test_a_form_redirects_to_no_other_server(client, then):
    answer = client.post(
        "/acts/bell.struck", data={"meeting": MEETING, "then": then}, headers=PAGE, follow_redirects=False
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "x-evil" not in answer.headers


def test_a_form_redirects_to_its_address_in_the_readers_language(client):
    answer = client.post(
        "/ru/acts/bell.struck",
        data={"meeting": MEETING, "then": "/formats?a=1#b"},
        headers=PAGE,
        follow_redirects=False,
    )
    assert answer.headers["location"] == "/ru/formats?a=1#b"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://localhost:8001"},
    ],
)
def test_a_form_of_another_site_is_refused(client, app, headers):
    answer = client.post("/acts/bell.struck", data={"meeting": MEETING}, headers=headers)
    assert answer.status_code == 403
    assert entries(app) == []


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "", "[", "localhost.evil.example"])
def test_a_request_with_a_foreign_host_name_is_refused(client, host):
    assert client.get("/", headers={"host": host}).status_code == 421


def test_loopback_names_are_served(client):
    for host in ("localhost:8000", "127.0.0.1:8000", "[::1]:8000"):
        assert client.get("/", headers={"host": host}).status_code == 200


def test_a_bug_is_shown_as_a_number_and_nothing_is_half_written(client, app, caplog):
    page = client.post("/acts/bell.struck", data={"meeting": MEETING, "times": "13"}, headers=PAGE)
    assert page.status_code == 500
    assert "<h1>" in page.text
    answer = strike(client, json.dumps({"meeting": MEETING, "times": 13}))
    assert answer.status_code == 500
    for text in (page.text, answer.text):
        assert "secret of the server" not in text
        assert "Traceback" not in text
        assert "ZeroDivision" not in text
    assert answer.json()["number"] in caplog.text
    assert "a secret of the server" in caplog.text
    assert entries(app) == []
    assert strike(client, json.dumps({"meeting": MEETING})).json()["entry"]["number"] == 1


@pytest.mark.parametrize("pragma", ["max_page_count = 1", "query_only = ON"])
def test_a_full_or_locked_disk_is_reported_and_later_acts_succeed(client, app, pragma):
    body = json.dumps({"meeting": MEETING, "note": "x" * 9_000})
    assert strike(client, body).status_code == 201

    def no_room(connection, _record):
        connection.execute(f"PRAGMA {pragma}")

    app.database.engine.dispose()
    event.listen(app.database.engine, "connect", no_room)
    answers = [strike(client, body) for _ in range(3)]
    event.remove(app.database.engine, "connect", no_room)
    app.database.engine.dispose()
    assert [answer.status_code for answer in answers] == [503] * 3
    assert "cannot save" in answers[0].json()["why"]
    assert strike(client, body).status_code == 201
    assert [entry.number for entry in entries(app)] == [1, 2]


def test_not_found_is_a_page_or_json_for_programs(client):
    page = client.get("/no/such/page", headers=PAGE)
    assert page.status_code == 404
    assert "<h1>" in page.text
    assert client.get("/no/such", headers={"accept": "application/json"}).json()["refused"] == "http"
    assert client.post("/acts/no.act", json={}).status_code == 404


def test_another_method_is_not_allowed(client):
    for method, path in (("DELETE", "/"), ("PUT", "/acts/bell.struck"), ("POST", "/live/a/b"), ("POST", "/static/x")):
        answer = client.request(method, path, headers=PAGE)
        assert answer.status_code == 405, path
        assert "allow" in answer.headers, path


def test_head_answers_as_get_without_the_body(client):
    for path in ("/", "/acts"):
        head, get = client.head(path), client.get(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-type"] == get.headers["content-type"]
    assert client.head("/nowhere").status_code == 404


def test_no_file_outside_the_static_folder_is_served(client):
    for path in ("/static/../application.py", "/static/%2e%2e/application.py", "/static//etc/passwd", "/static/%00",
                 "/static/..%2fapplication.py", "/static/" + "a" * 5000, "/static/"):  # fmt: skip
        assert client.get(path).status_code == 404, path


@pytest.mark.parametrize(
    ("path", "language"),
    [("/", "en"), ("/ru", "ru"), ("/ru/", "ru"), ("/ja/acts", "ja"), ("/ru//acts", "ru")],
)
def test_the_language_is_in_the_address(client, path, language):
    answer = client.get(path, headers=PAGE)
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/en", "/"),
        ("/en/acts?a=1&b=%20", "/acts?a=1&b=%20"),
        ("/en//evil.example", "/evil.example"),
        ("/en/%5C%5Cevil.example", "/evil.example"),
        ("/en/%0d%0aSet-Cookie:%20x=1", "/%0D%0ASet-Cookie:%20x=1"),
        ("/en/%D0%9A", "/%D0%9A"),
    ],
)
def test_english_has_no_prefix_and_the_redirect_stays_on_this_server(client, path, location):
    answer = client.get(path, headers=PAGE, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, location)
    assert "x=1" not in answer.headers["set-cookie"]


def test_a_chosen_language_is_remembered_for_pages_only(client):
    client.get("/ru/", headers=PAGE)
    assert client.get("/acts?x=1", headers=PAGE, follow_redirects=False).headers["location"] == "/ru/acts?x=1"
    assert client.get("//evil.example/", headers=PAGE, follow_redirects=False).headers["location"].startswith("/ru/")
    assert client.get("/acts", headers={"accept": "application/json"}, follow_redirects=False).status_code == 200


@pytest.mark.parametrize(
    "cookie", ["suhbat=x", "suhbat=a.b", "suhbat=é.é", 'a[b]={"x":1}; suhbat="x', "suhbat=" + "a" * 4000, ";;=;"]
)
def test_a_forged_or_odd_cookie_signs_nobody_in(client, cookie):
    assert client.get("/", headers={"cookie": cookie.encode("latin-1")}).status_code == 200
