"""A machine drafts a paragraph: only where a service is named, only when asked, marked until a person has seen it."""

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
from suhbat.texts.tests.table import Table
from suhbat.texts.tests.test_languages import confirm, pair, write

RUSSIAN = "Министры приветствовали §1."


class Answering(BaseHTTPRequestHandler):
    server: Any

    def do_POST(self):
        length = int(self.headers["content-length"])
        self.server.asked.append((self.path, json.loads(self.rfile.read(length))))
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


def said(words: str) -> tuple[int, dict[str, str], bytes]:
    return 200, {"content-type": "application/json"}, json.dumps({"translatedText": words}).encode()


@contextmanager
def service(answer=None) -> Iterator[Any]:
    made: Any = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    made.asked, made.answer = [], answer or said(RUSSIAN)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    made.address = f"http://127.0.0.1:{made.server_address[1]}"
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def table(sitting, app, convene):
    made = Table(app, convene(app), "1. The Ministers welcomed grant aid as in §1.", languages=["ru"])
    app.door.perform(made.at.secretariat, "stage.seated", {"meeting": made.meeting})
    return made


def name_the_service(table, address):
    object.__setattr__(table.app.settings, "translation", address)


def ask(table, browser, page, **other):
    form = {"paragraph": table.paragraph("1").id, "language": "ru"} | other
    return browser.post(page + "/languages/machine", data=form, follow_redirects=False)


def test_a_draft_is_marked_until_a_person_confirms_it(table, signed_in, page):
    browser = signed_in("kz")
    with service() as asked:
        name_the_service(table, asked.address)
        assert "Let a machine draft it" in browser.get(page + "/languages").text
        assert asked.asked == [], "looking sends nothing"
        assert ask(table, browser, page).status_code == 303
        assert asked.asked == [
            ("/translate", {"q": "The Ministers welcomed grant aid as in §1.", "source": "en", "target": "ru",
                            "format": "text"})
        ]  # fmt: skip
        shown = browser.get(page + "/languages").text
        assert "by a machine, seen by nobody yet" in shown
        assert "Let a machine draft it" not in shown
    made = pair(table)
    assert (made.state, made.version.machine) == ("draft", True)
    assert made.version.wording == f"Министры приветствовали §{{{table.paragraph('1').id}}}."
    with pytest.raises(Refused):
        table.do("chair", "adoption.asked")
    confirm(table, "KZ")
    assert not pair(table).version.machine
    assert "by a machine" not in browser.get(page + "/languages").text


def test_what_a_person_wrote_is_never_overwritten_nor_sent(table, signed_in, page):
    write(table)
    with service() as asked:
        name_the_service(table, asked.address)
        assert ask(table, signed_in("kz"), page).status_code == 409
        assert asked.asked == []


def test_writing_over_a_draft_makes_it_a_persons(table, signed_in, page):
    with service() as asked:
        name_the_service(table, asked.address)
        ask(table, signed_in("kz"), page)
        write(table)
        assert not pair(table).version.machine


def test_nothing_is_sent_without_the_setting_or_for_those_who_do_not_write(table, signed_in, client, page):
    browser = signed_in("kz")
    assert "machine" not in browser.get(page + "/languages").text
    assert ask(table, browser, page).status_code == 409
    with service() as asked:
        name_the_service(table, asked.address)
        assert ask(table, browser, page, language="ja").status_code == 409
        client.cookies.clear()
        assert ask(table, client, page).status_code == 404
        assert asked.asked == []


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
def test_a_service_that_fails_is_told_in_words_and_changes_nothing(
    table,
    signed_in,
    page,
    answer,
    why,
    monkeypatch,
):
    monkeypatch.setattr(machine_draft, "PATIENCE", 0.2)
    with service(answer) as asked:
        name_the_service(table, asked.address)
        refused = ask(table, signed_in("kz"), page)
    assert refused.status_code == 409
    assert why in refused.text
    assert pair(table).version is None


def test_a_service_that_is_not_there(tmp_path):
    with pytest.raises(Refused) as refusal:
        translate(Settings(tmp_path, translation="http://127.0.0.1:9"), "One.", "en", "ru")
    assert "cannot be reached" in str(refusal.value.why)


def test_the_key_goes_with_the_question_and_into_no_log(tmp_path):
    with service() as asked:
        settings = Settings(tmp_path, translation=asked.address, translation_key="very-secret")
        assert translate(settings, "One.", "en", "ru") == RUSSIAN
    assert asked.asked[0][1]["api_key"] == "very-secret"
    assert "very-secret" not in repr(settings)
    with pytest.raises(ValueError, match="web address"):
        replace(settings, translation="file:///etc/passwd")
