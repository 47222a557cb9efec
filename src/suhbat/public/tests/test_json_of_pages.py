"""Every page has JSON for programs, and the OpenAPI document describes it."""

import re

import pytest
from jsonschema import Draft202012Validator
from tests.convened_meeting import seated

from suhbat.acts.roles_and_seats import ADMINISTRATION, PUBLIC_READER, Role
from suhbat.public.exports.openapi_schemas import ANSWERS
from suhbat.public.pages import routes

PARAMETERS = {
    "format": "ca-japan", "meeting": "2020-08-11-special-video-ministerial", "name": "medical-equipment-grants",
    "code": "KG", "topic": "public-health", "person": "mukhtar-tileuberdi",
}  # fmt: skip
FILES = {"/acts/error.reported", "/reported", "/data/{}", "/robots.txt", "/favicon.ico", "/sitemap.xml", "/sitemap/{}"}
"""Addresses of this package that are not pages."""


def pages():
    """The addresses of all public pages, from the routes, with `{}` for path parameters."""
    paths = {re.sub(r"\{[^}]*\}", "{}", path) for route in routes.routes for path in [route.path]}
    return sorted(paths - FILES)


def described_pages():
    """The addresses with a schema in the OpenAPI document, by the address of their page."""
    return {re.sub(r"\{[^}]*\}", "{}", path).removesuffix(".json").replace("/index", "/"): path for path in ANSWERS}


def test_every_public_page_has_json_that_fits_the_description(client, record):
    assert set(pages()) == set(described_pages())
    document = client.get("/data/openapi.json").json()
    for page, path in described_pages().items():
        if page == "/editors":
            continue
        answer = client.get(path.format(**PARAMETERS))
        assert answer.status_code == 200, path
        schema = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        validator = Draft202012Validator({**schema, "components": document["components"]})
        faults = [
            f"{'/'.join(map(str, f.absolute_path))}: {f.message[:200]}" for f in validator.iter_errors(answer.json())
        ]
        assert not faults, (path, faults[:5])
        extra = set(answer.json()) - set(schema["properties"])
        assert not extra, (path, extra)
        by_header = client.get(path.format(**PARAMETERS).removesuffix(".json").replace("/index", "/"),
                          headers={"accept": "application/json"})  # fmt: skip
        assert by_header.json().keys() == answer.json().keys(), path
        not_modified = client.get(path.format(**PARAMETERS), headers={"if-none-match": answer.headers["etag"]})
        assert (not_modified.status_code, not_modified.content) == (304, b""), path


def test_calendars_and_feeds_answer_304_too(client, record):
    for path in ("/calendars/all.ics", "/calendars/ca-japan.ics", "/changes.atom"):
        answer = client.get(path)
        not_modified = client.get(path, headers={"if-none-match": answer.headers["etag"]})
        assert (not_modified.status_code, not_modified.content) == (304, b""), path
        assert client.get(path, headers={"if-none-match": 'W/"older"'}).content == answer.content, path


def test_every_page_links_to_its_json(client, record):
    for page, path in described_pages().items():
        if page == "/editors":
            continue
        address = path.format(**PARAMETERS).removesuffix(".json").replace("/index", "/")
        links = re.findall(r'rel="alternate" type="application/json" href="([^"?]+)', client.get(address).text)
        assert links == [path.format(**PARAMETERS)], page


def test_the_pages_of_a_list_have_every_row_once(client, record, monkeypatch):
    monkeypatch.setattr("suhbat.public.pages.ledger_page.PER_PAGE", 5)
    first = client.get("/ledger.json").json()
    assert first["pages"] > 3
    ids = []
    for page in range(1, first["pages"] + 1):
        rows = client.get("/ledger.json", params={"page": page}).json()["rows"]
        ids += [row["outcome"]["id"] for row in rows]
    assert len(ids) == len(set(ids)) == first["found"]
    after_last = client.get("/ledger.json", params={"page": 99_999}).json()
    assert after_last["rows"] == []
    assert f"1 to {first['pages']}" in after_last["faults"]["page"]


def test_the_described_parameters_are_those_of_the_page(client, record):
    document = client.get("/data/openapi.json").json()
    described = {p["name"] for p in document["paths"]["/ledger.json"]["get"]["parameters"]}
    values = {"by": "JP", "to": "KG", "topic": "public-health", "state": "in-progress", "kind": "pledge",
              "since": "2020", "format": "ca-japan", "origin": "reported", "money": "named", "until": "2020",
              "currency": "JPY", "at_least": "1", "at_most": "3000000000", "in": "EUR", "page": "1"}  # fmt: skip
    assert described == set(values)
    answer = client.get("/ledger.json", params=values).json()
    assert answer["faults"] == {}
    assert answer["found"] == 1
    assert answer["converted"]["source_url"].startswith("https://www.ecb.europa.eu/")
    assert {"rate", "date", "said"} <= set(answer["converted"]["lines"][0])


def test_operations_have_unique_names(client, record):
    document = client.get("/data/openapi.json").json()
    names = [operation["get"]["operationId"] for operation in document["paths"].values()]
    assert len(names) == len(set(names))
    for path, operation in document["paths"].items():
        assert {p["name"] for p in operation["get"]["parameters"] if p["in"] == "path"} == set(
            re.findall(r"\{(\w+)\}", path)
        )


def test_the_editors_list_is_json_for_editors_alone(client, app, record, signed_in):
    app.door.perform(seated(Role.EDITOR, ""), "error.reported", {"page": "/", "says": "It was Tokyo"})
    assert client.get("/editors.json").status_code == 404
    link = app.door.perform(ADMINISTRATION, "editor.named", {"name": "Ed Itor"}).reply["link"]
    seat = app.door.perform(PUBLIC_READER, "seat.taken", {"secret": link.rpartition("/")[2]})
    answer = signed_in(seat.reply["person"]).get("/editors.json")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-store"
    validator = Draft202012Validator(ANSWERS["/editors.json"])
    assert not list(validator.iter_errors(answer.json()))
    assert answer.json()["reports"][0]["says"] == "It was Tokyo"


@pytest.mark.parametrize("path", ["/ledger.json?page=0", "/ledger.json?page=-1", "/ledger.json?since=x",
                                  "/ledger.json?at_least=9e99", "/ledger.json?page=" + "9" * 400,
                                  "/ledger.json?by=" + "A" * 5000, "/search.json?page=x", "/compare.json?f=x&f=y",
                                  "/changes.json?format=" + "x" * 3000, "/ledger.json?in=XXX",
                                  "/ledger.csv?table=x"])  # fmt: skip
def test_absurd_questions_are_answered_or_refused_never_broken(client, record, path):
    assert client.get(path).status_code in {200, 404}
