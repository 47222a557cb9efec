"""Links to pages: preview cards, structured data for search engines, and the sitemap."""

import json
import struct
from html.parser import HTMLParser

import pytest
from lxml import etree

SPECIAL = "/meetings/ca-japan/2020-08-11-special-video-ministerial"
PLEDGE = "/outcomes/ca-japan/2020-08-11-special-video-ministerial/medical-equipment-grants"
PAGES = (
    "/", "/formats", "/formats/ca-japan", SPECIAL, PLEDGE, "/ledger", "/states/KG", "/people/mukhtar-tileuberdi",
    "/topics/water", "/compare", "/search", "/changes", "/data",
)  # fmt: skip
THING = {"@type", "@context", "name", "url", "description", "alternateName", "identifier", "image", "subjectOf",
         "potentialAction"}  # fmt: skip
WORK = THING | {"license", "creator", "datePublished", "isPartOf", "citation", "inLanguage", "version", "about",
                "isAccessibleForFree", "temporalCoverage", "spatialCoverage"}  # fmt: skip
WORDS = {
    "WebSite": WORK, "CreativeWork": WORK, "Thing": THING,
    "Dataset": WORK | {"distribution", "variableMeasured"},
    "DataDownload": WORK | {"contentUrl", "encodingFormat"},
    "Event": THING | {"startDate", "endDate", "location", "organizer", "eventStatus", "eventAttendanceMode", "about",
                      "attendee"},
    "Organization": THING | {"foundingDate", "member"}, "GovernmentOrganization": THING,
    "OrganizationRole": THING | {"roleName", "member", "startDate", "endDate"},
    "MonetaryGrant": THING | {"amount", "funder"}, "MonetaryAmount": THING | {"value", "currency"},
    "Person": THING | {"jobTitle", "affiliation"}, "Country": THING,
    "Place": THING | {"address"}, "PostalAddress": THING | {"addressCountry", "addressLocality"},
    "VirtualLocation": THING,
    "SearchAction": THING | {"target", "query-input"}, "EntryPoint": THING | {"urlTemplate"},
}  # fmt: skip
"""The properties that we use, by the schema.org types that have them."""


class Head(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.meta, self.links, self.scripts, self._inside = {}, [], [], False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "meta":
            self.meta[a.get("property") or a.get("name") or ""] = a.get("content")
        if tag == "link":
            self.links.append((a.get("rel"), a.get("hreflang") or a.get("type"), a.get("href")))
        self._inside = tag == "script" and a.get("type") == "application/ld+json"

    def handle_endtag(self, _tag):
        self._inside = False

    def handle_data(self, data):
        if self._inside and data.strip():
            self.scripts.append(json.loads(data))


def head_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return Head(answer.text)


def check(data, where):
    """Check that its type has every property, and that no value is empty."""
    if isinstance(data, list):
        for inner in data:
            check(inner, where)
    if isinstance(data, dict):
        extra = set(data) - WORDS[data["@type"]]
        assert not extra, (where, data["@type"], extra)
        for name, value in data.items():
            assert value not in ("", [], {}, None), (where, name)
            check(value, where)


@pytest.mark.parametrize("language", ["", "/ja"])
def test_every_page_has_a_card_from_this_server(client, record, language):
    for path in PAGES:
        meta = head_of(client, language + path if path != "/" else language + "/").meta
        assert meta["og:title"], path
        assert meta["twitter:card"] == "summary_large_image", path
        assert meta["og:image"].startswith("http://localhost:8000" + language + "/"), path
        if path in {SPECIAL, PLEDGE, "/"}:
            card = client.get(meta["og:image"].removeprefix("http://localhost:8000"))
            assert (card.status_code, card.headers["content-type"]) == (200, "image/png")
            assert struct.unpack(">II", card.content[16:24]) == (1200, 630)
            assert len(card.content) < 300_000
            again = client.get(meta["og:image"], headers={"if-none-match": card.headers["etag"]})
            assert again.status_code == 304


def test_structured_data_is_valid_schema_org(client, record):
    kinds = {}
    for path in PAGES:
        for json_ld in head_of(client, path).scripts:
            assert json_ld["@context"] == "https://schema.org"
            check(json_ld, path)
            kinds[path] = json_ld["@type"]
    assert kinds[SPECIAL] == "Event"
    assert kinds["/formats/ca-japan"] == "Organization"
    assert kinds["/data"] == "Dataset"
    assert kinds[PLEDGE] == "MonetaryGrant"
    (event,) = head_of(client, SPECIAL).scripts
    assert event["startDate"] == "2020-08-11"
    assert event["location"]["@type"] == "VirtualLocation"
    assert event["eventAttendanceMode"].endswith("OnlineEventAttendanceMode")
    (dataset,) = head_of(client, "/data").scripts
    assert 50 < len(dataset["description"]) < 5000
    for file in dataset["distribution"]:
        assert client.get(file["contentUrl"]).status_code == 200


def test_every_page_links_to_itself_in_every_language_once(client, record):
    from suhbat.ground.language import LANGUAGES

    for path in PAGES:
        links = head_of(client, path).links
        assert [href for rel, _l, href in links if rel == "canonical"] == ["http://localhost:8000" + path]
        codes = [code for rel, code, _h in links if rel == "alternate" and "/" not in code]
        assert sorted(codes) == sorted([*LANGUAGES, "x-default"]), path


def test_the_sitemap_has_every_page_and_each_opens(client, record):
    assert "Sitemap: http://localhost:8000/sitemap.xml" in client.get("/robots.txt").text
    index = etree.fromstring(client.get("/sitemap.xml").content)
    (sitemap_url,) = [loc.text for loc in index.iter("{*}loc")]
    urls = [loc.text for loc in etree.fromstring(client.get(sitemap_url).content).iter("{*}loc")]
    assert len(urls) == len(set(urls)) > 200
    for url in urls[::17]:
        assert client.get(url).status_code == 200, url
    assert client.get("/sitemap/2").status_code == 404
    assert client.get("/sitemap/0").status_code == 404
    assert client.get("/favicon.ico").headers["content-type"] == "image/svg+xml"


def test_search_results_are_not_indexed(client, record):
    assert "robots" not in head_of(client, "/search").meta
    assert head_of(client, "/search?q=water").meta["robots"] == "noindex"
