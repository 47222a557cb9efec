"""A machine drafts a paragraph: only with a named service, only on request, marked until a person confirms it."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from suhbat.ground.refusals import Refused
from suhbat.ground.settings import Settings
from suhbat.texts.languages import machine_draft
from suhbat.texts.languages.machine_draft import translate
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.tests.test_languages import confirm, pair, write

RUSSIAN = "Министры приветствовали §1."


class Answering(BaseHTTPRequestHandler):
    server: Any

    def do_POST(self):
        length = int(self.headers["content-length"])
        self.server.requests.append((self.path, json.loads(self.rfile.read(length))))
        status, headers, body = self.server.answer
        if status == 0:
            time.sleep(0.5)
            return
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def translation_answer(words: str) -> tuple[int, dict[str, str], bytes]:
    return 200, {"content-type": "application/json"}, json.dumps({"translatedText": words}).encode()


@contextmanager
def service(answer=None) -> Iterator[Any]:
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.requests, server.answer = [], answer or translation_answer(RUSSIAN)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.address = f"http://127.0.0.1:{server.server_address[1]}"
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def table(sitting, app, convene):
    table = Table(app, convene(app), "1. The Ministers welcomed grant aid as in §1.", languages=["ru"])
    app.door.perform(table.at.secretariat, "stage.seated", {"meeting": table.meeting})
    return table


def name_the_service(table, address):
    object.__setattr__(table.app.settings, "translation", address)


def ask(table, browser, page, **other):
    form = {"paragraph": table.paragraph("1").id, "language": "ru"} | other
    return browser.post(page + "/languages/machine", data=form, follow_redirects=False)


def test_a_draft_is_marked_until_a_person_confirms_it(table, signed_in, page):
    browser = signed_in("kz")
    with service() as server:
        name_the_service(table, server.address)
        assert "Let a machine draft it" in browser.get(page + "/languages").text
        assert server.requests == [], "looking sends nothing"
        assert ask(table, browser, page).status_code == 303
        assert server.requests == [
            ("/translate", {"q": "The Ministers welcomed grant aid as in §1.", "source": "en", "target": "ru",
                            "format": "text"})
        ]  # fmt: skip
        html = browser.get(page + "/languages").text
        assert "by a machine, seen by nobody yet" in html
        assert "Let a machine draft it" not in html
    version_pair = pair(table)
    assert (version_pair.status, version_pair.version.machine) == ("draft", True)
    assert version_pair.version.wording == f"Министры приветствовали §{{{table.paragraph('1').id}}}."
    with pytest.raises(Refused):
        table.do("chair", "adoption.requests")
    confirm(table, "KZ")
    assert not pair(table).version.machine
    assert "by a machine" not in browser.get(page + "/languages").text


def test_what_a_person_wrote_is_never_overwritten_nor_sent(table, signed_in, page):
    write(table)
    with service() as server:
        name_the_service(table, server.address)
        assert ask(table, signed_in("kz"), page).status_code == 409
        assert server.requests == []


def test_a_draft_that_a_person_rewrites_is_no_longer_marked(table, signed_in, page):
    with service() as server:
        name_the_service(table, server.address)
        ask(table, signed_in("kz"), page)
        write(table)
        assert not pair(table).version.machine


def test_nothing_is_sent_without_the_setting_or_for_those_who_do_not_write(table, signed_in, client, page):
    browser = signed_in("kz")
    assert "machine" not in browser.get(page + "/languages").text
    assert ask(table, browser, page).status_code == 409
    with service() as server:
        name_the_service(table, server.address)
        assert ask(table, browser, page, language="ja").status_code == 409
        client.cookies.clear()
        assert ask(table, client, page).status_code == 404
        assert server.requests == []


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ((500, {}, b"broken"), "error 500"),
        ((403, {}, b'{"error": "Invalid API key"}'), "error 403"),
        ((302, {"location": "http://127.0.0.1:9/translate"}, b""), "error 302"),
        ((200, {}, b"<html>"), "no translation"),
        ((200, {}, b'{"translatedText": ""}'), "no translation"),
        ((200, {}, b'{"translatedText": ["a"]}'), "no translation"),
        ((200, {}, b"[]"), "no translation"),
        ((200, {}, b'{"translatedText": "' + b"a" * 70_000 + b'"}'), "no translation"),
        ((0, {}, b""), "in time"),
    ],
)
def test_a_service_that_fails_is_reported_in_words_and_changes_nothing(
    table,
    signed_in,
    page,
    answer,
    why,
    monkeypatch,
):
    if answer[0] == 0:  # a service that does not answer
        monkeypatch.setattr(machine_draft, "PATIENCE", 0.2)
    with service(answer) as server:
        name_the_service(table, server.address)
        answer_page = ask(table, signed_in("kz"), page)
    assert answer_page.status_code == 409
    assert why in answer_page.text
    assert pair(table).version is None


def test_a_service_that_cannot_be_reached(tmp_path):
    with pytest.raises(Refused) as refusal:
        translate(Settings(tmp_path, translation="http://127.0.0.1:9"), "One.", "en", "ru")
    assert "cannot be reached" in str(refusal.value.why)


def test_the_key_goes_with_the_request_and_into_no_log(tmp_path):
    with service() as server:
        settings = Settings(tmp_path, translation=server.address, translation_key="very-secret")
        assert translate(settings, "One.", "en", "ru") == RUSSIAN
    assert server.requests[0][1]["api_key"] == "very-secret"
    assert "very-secret" not in repr(settings)
    with pytest.raises(ValueError, match="web address"):
        replace(settings, translation="file:///etc/passwd")
