"""In other languages, every public page marks words without a translation as English."""

import gettext
import re
from typing import Any

import lxml.html
import pytest
import yaml
from babel.messages.mofile import write_mo
from scripts import translation_catalogues

from suhbat.archive.folder_load import SHIPPED
from suhbat.ground import language
from suhbat.ground.language import LANGUAGES

SHORTEST, SURE, COMPARED = 4, 12, 45
"""Lengths of texts of the record: from the first one on, a text is searched for; from the second one on, also inside
other texts; only the third number of characters is compared, because pages shorten long texts."""
ADDRESSES = (
    "/", "/formats", "/formats/ca-japan", "/formats/sco", "/formats/ca-korea", "/ledger", "/ledger?by=EU&kind=pledge",
    "/ledger?currency=JPY&in=EUR", "/compare", "/compare?f=ca-japan&f=sco", "/search?q=water",
    "/search?q=Motegi", "/search?q=type:format+dialogue", "/changes", "/data", "/terms", "/states/KZ", "/states/JP",
    "/topics/water", "/people/rashid-meredov", "/meetings/ca-japan/2020-08-11-special-video-ministerial",
    "/meetings/ca-japan/2004-08-28-first-ministerial", "/meetings/sco/2025-08-31-heads-of-state-25",
    "/outcomes/ca-japan/2020-08-11-special-video-ministerial/medical-equipment-grants",
    "/outcomes/ca-japan/2020-08-11-special-video-ministerial/kyrgyzstan-share",
)  # fmt: skip


def contents() -> set[str]:
    """The words of the record without a translation: titles, sentences, notes, names, offices, publishers."""
    texts_found: set[str] = set()
    names = {"title", "summary", "notes", "note", "name", "office", "publisher", "city", "variants", "short_name"}

    def walk(value, name):
        if isinstance(value, dict):
            for key, item in value.items():
                if key != "native_names":
                    walk(item, key)
        elif isinstance(value, list):
            for item in value:
                walk(item, name)
        elif isinstance(value, str) and name in names and len(value) >= SHORTEST:
            texts_found.add(re.sub(r"\s+", " ", value)[:COMPARED])

    for path in SHIPPED.glob("**/*.yaml"):
        walk(yaml.load(path.read_text(), Loader=yaml.CSafeLoader), "")
    return texts_found


CYRILLIC = re.compile("[а-яА-ЯәіңғүұқөһӘІҢҒҮҰҚӨҺ]{3}")
CONTENTS = contents()
LONG = re.compile("|".join(re.escape(text) for text in CONTENTS if len(text) >= SURE))


def says(words: str) -> bool:
    """Whether a text contains words of the record; short words, such as a city, must stand alone between commas."""
    return bool(LONG.search(words)) or any(part in CONTENTS for part in re.split(r"\s*[,;:·–]\s*", words))


def texts(page: str, code: str):
    """Every text of a page's body, with its marked language and its place."""
    body: Any = lxml.html.fromstring(page).find("body")
    for node in body.iter():
        if not isinstance(node.tag, str) or node.tag in {"script", "style", "datalist"}:
            continue
        for text, element in ((node.text, node), (node.tail, node.getparent())):
            ancestors = (element, *element.iterancestors())
            words = re.sub(r"\s+", " ", text or "").strip()
            language = next((node_.get("lang") for node_ in ancestors if node_.get("lang")), code)
            if words and not any(node_.tag in {"code", "svg"} for node_ in ancestors):
                yield words, language, f"<{element.tag} class={element.get('class')}> {words[:90]}"


@pytest.fixture
def translated(monkeypatch, tmp_path):
    """The translations of the application, built as set-up builds them."""
    catalogues = {}
    for code in ("ru", "kk"):
        path = tmp_path / f"{code}.mo"
        with path.open("wb") as file:
            write_mo(file, translation_catalogues.read(code))
        with path.open("rb") as file:
            catalogues[code] = gettext.GNUTranslations(file)
    monkeypatch.setattr(language, "_catalogue", lambda code: catalogues.get(code, gettext.NullTranslations()))


@pytest.mark.parametrize("code", ["ru", "kk"])
def test_english_texts_are_marked_as_english_and_only_those(app, client, whole_record, translated, code):
    faults = []
    for address in ADDRESSES:
        page = client.get(f"/{code}{address}")
        assert page.status_code == 200, address
        for words, marked_language, place in texts(page.text, code):
            if marked_language == code and says(words):
                faults.append(f"{address}: no language said: {place}")
            if marked_language == "en" and CYRILLIC.search(words):
                faults.append(f"{address}: not English: {place}")
    assert not faults, f"{len(faults)}\n" + "\n".join(faults[:80])


def test_english_texts_have_a_visible_mark_that_is_explained(app, client, whole_record):
    for code in LANGUAGES:
        for address in ADDRESSES[-4:]:
            page = client.get(f"/{code}{address}" if code != "en" else address).text
            marks = page.count('lang="en" data-shown="EN"')
            if code == "en":
                assert "data-shown" not in page
            else:
                assert marks > 1, (code, address)
                assert re.search(r'data-shown="EN" class="sample"></span>\s*\S', page), (code, address)


def test_lists_show_the_name_of_a_format_in_the_readers_language(app, client, whole_record):
    own = yaml.safe_load((SHIPPED / "formats" / "ca-japan.yaml").read_text())["native_names"]["ja"]
    for address in ("/", "/formats", "/states/KZ", "/meetings/ca-us/2020-06-30-virtual-high-level-dialogue"):
        assert own in client.get(f"/ja{address}").text, address
        assert own not in client.get(address).text.partition("<main")[2], address
