"""Each party's own copy names it first: in enumerations of all parties, and in nothing that only seems to be one."""

import pytest

from suhbat.texts.adoption.canonical_text import digest, document
from suhbat.texts.exchange.alternat import reordered
from suhbat.texts.exchange.printed_copy import copy_of, plain_text
from suhbat.texts.models import Text
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.tests.test_wording_properties import SIX

TITLE = "Joint Statement of Japan, Kazakhstan, the Kyrgyz Republic, Tajikistan, Turkmenistan and Uzbekistan"
PASTED = """The Ministers of Japan, the Republic of Kazakhstan, the Kyrgyz Republic, the Republic of Tajikistan, \
Turkmenistan and the Republic of Uzbekistan,

Recalling what Uzbekistan, Japan, Kazakhstan, the Kyrgyz Republic, Tajikistan and Turkmenistan agreed,

1. Kazakhstan, the Kyrgyz Republic and Tajikistan thanked Japan.

2. Done by {parties}.{note: Japan, Kazakhstan, Kyrgyz Republic, Tajikistan, Turkmenistan, Uzbekistan.}

State | Experts
Japan | 4
Kazakhstan | 2"""


def as_kept_by(keeper, words, language="en", order=SIX):
    return reordered(words, order, keeper, language).words


@pytest.mark.parametrize(
    ("language", "words", "own"),
    [
        (
            "en",
            "The Ministers of Japan, Kazakhstan, the Kyrgyz Republic, Tajikistan, Turkmenistan and Uzbekistan met.",
            "The Ministers of the Kyrgyz Republic, Japan, Kazakhstan, Tajikistan, Turkmenistan and Uzbekistan met.",
        ),
        (
            "en",
            "Japan, Kazakhstan, the Kyrgyz Republic, Tajikistan, Turkmenistan, and Uzbekistan met.",
            "The Kyrgyz Republic, Japan, Kazakhstan, Tajikistan, Turkmenistan, and Uzbekistan met.",
        ),
        (
            "ru",
            "Стороны: Япония, Республика Казахстан, Кыргызская Республика, Таджикистан, Туркменистан и Узбекистан.",
            "Стороны: Кыргызская Республика, Япония, Республика Казахстан, Таджикистан, Туркменистан и Узбекистан.",
        ),
        (
            "ru",
            "Заявление Японии, Республики Казахстан, Кыргызской Республики, Таджикистана, Туркменистана и Узбекистана",
            "Заявление Кыргызской Республики, Японии, Республики Казахстан, Таджикистана, Туркменистана и Узбекистана",
        ),
        (
            "ru",
            "между Японией, Казахстаном, Кыргызстаном, Таджикистаном, Туркменистаном и Узбекистаном.",
            "между Кыргызстаном, Японией, Казахстаном, Таджикистаном, Туркменистаном и Узбекистаном.",
        ),
        (
            "ja",
            "日本、カザフスタン共和国、キルギス共和国、タジキスタン、トルクメニスタン及びウズベキスタンの外務大臣は、",
            "キルギス共和国、日本、カザフスタン共和国、タジキスタン、トルクメニスタン及びウズベキスタンの外務大臣は、",
        ),
        (
            "uz",
            "Yaponiya, Qozogʻiston, Qirgʻiziston, Tojikiston, Turkmaniston va Oʻzbekiston",
            "Qirgʻiziston, Yaponiya, Qozogʻiston, Tojikiston, Turkmaniston va Oʻzbekiston",
        ),
        (
            "en",
            "JAPAN\nKAZAKHSTAN\nKYRGYZ REPUBLIC\nTAJIKISTAN\nTURKMENISTAN\nUZBEKISTAN",
            "KYRGYZ REPUBLIC\nJAPAN\nKAZAKHSTAN\nTAJIKISTAN\nTURKMENISTAN\nUZBEKISTAN",
        ),
    ],
)
def test_an_enumeration_of_all_parties_names_the_keeper_first(language, words, own):
    assert as_kept_by("KG", words, language) == own
    assert as_kept_by("JP", words, language) == words
    assert as_kept_by("", words, language) == words
    assert as_kept_by("CN", words, language) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Japan, Kazakhstan, the Kyrgyz Republic, Tajikistan and Uzbekistan"),
        ("en", "Uzbekistan, Japan, Kazakhstan, the Kyrgyz Republic, Tajikistan and Turkmenistan"),
        ("en", "Japan, Kazakhstan, the Kyrgyz Republic, Tajikistan, Turkmenistan, Uzbekistan and Mongolia"),
        ("en", "China, Japan, Kazakhstan, the Kyrgyz Republic, Tajikistan, Turkmenistan and Uzbekistan"),
        ("en", "Japan, with Kazakhstan, the Kyrgyz Republic, Tajikistan, Turkmenistan and Uzbekistan"),
        ("en", "Japan, Kazakhstan, the Kyrgyz Republic, Tajikistan, Turkmenistan and Uzbekistan’s friends"),
        ("en", "Japanese, Kazakhstan, the Kyrgyz Republic, Tajikistan, Turkmenistan and Uzbekistani experts"),
        ("ru", "Японии, Казахстаном, Кыргызстана, Таджикистана, Туркменистана и Узбекистана"),
        ("ru", "Японии, Казахстана, Кыргызстана, Таджикистана, Туркменистана, Узбекистана и Монголии"),
        ("ru", "Монголии, Японии, Казахстана, Кыргызстана, Таджикистана, Туркменистана и Узбекистана"),
        ("ru", "по Японии, Казахстану, Кыргызстану, Таджикистану, Туркменистану и Узбекистану"),
        ("ja", "日本、カザフスタン、キルギス、タジキスタン、トルクメニスタン及びウズベキスタン語"),
    ],
)
def test_anything_but_the_full_list_of_parties_is_left_as_it_is(language, words):
    for keeper in SIX:
        assert as_kept_by(keeper, words, language) == words


@pytest.fixture
def table(sitting, app, convene):
    table = Table(app, convene(app), PASTED, title=TITLE)
    app.door.perform(table.at.secretariat, "stage.seated", {"meeting": table.meeting})
    return table


def copy(table, keeper=""):
    with table.app.database.reading() as session:
        text = session.get_one(Text, table.state().id)
        content = document(session, text)
        return copy_of(text, content, [], "Special conference", language="en", keeper=keeper), digest(content)


def test_title_preamble_token_footnote_and_signatures_follow_and_the_hash_stays(table):
    own, signed = copy(table, "UZ")
    plain, same = copy(table)
    assert signed == same
    assert plain["reordered"] == plain["left_alone"] == []
    text = plain_text(own)
    assert text.startswith(
        "Joint Statement of Uzbekistan, Japan, Kazakhstan, the Kyrgyz Republic, Tajikistan and Turkmenistan\n"
    )
    assert "The Ministers of the Republic of Uzbekistan, Japan, the Republic of Kazakhstan" in text
    assert "Kazakhstan, the Kyrgyz Republic and Tajikistan thanked Japan." in text
    assert "Done by Uzbekistan, Japan, Kazakhstan" in text
    assert "¹ Uzbekistan, Japan, Kazakhstan, Kyrgyz Republic, Tajikistan, Turkmenistan." in text
    assert text.index("For the Republic of Uzbekistan:") < text.index("For Japan:")
    assert [change["where"] for change in own["reordered"]] == ["Title", "PP1", "2", "2"]
    assert own["left_alone"] == ["PP2"]


def test_the_preview_shows_which_enumerations_were_put_in_another_order(table, page, signed_in):
    html = signed_in("uz").get(f"{page}/alternat").text
    assert "<mark>Uzbekistan, Japan, Kazakhstan, the Kyrgyz Republic, Tajikistan and Turkmenistan</mark>" in html
    assert "it is left as it is: PP2." in html
    assert f"{page}/copies/en.pdf?keeper=UZ" in html
    other_html = signed_in("uz").get(f"{page}/alternat?keeper=KZ").text
    assert "<mark>Kazakhstan, Japan, the Kyrgyz Republic" in other_html
    text = signed_in("uz").get(f"{page}/copies/en.txt?keeper=KZ").text
    assert text.startswith("Joint Statement of Kazakhstan, Japan, the Kyrgyz Republic")
