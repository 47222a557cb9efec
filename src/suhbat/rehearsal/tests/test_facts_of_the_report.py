"""The facts of a press report of 11 August 2020 are on the page of the rehearsed meeting."""

import re
from html import unescape

import pytest

from suhbat.rehearsal import runner, staging

FACTS = {
    "it was a special video conference of foreign ministers on a Tuesday": (
        "Special video conference of the foreign ministers", "Tuesday, 11 August 2020", "by video",
    ),
    "of the Central Asia plus Japan Dialogue": ('"Central Asia plus Japan" Dialogue',),
    "by those six, Toshimitsu Motegi in the chair": (
        "Kazakhstan Mukhtar Tileuberdi", "Kyrgyz Republic Chingiz Aidarbekov", "Tajikistan Sirojiddin Muhriddin",
        "Turkmenistan Rashid Meredov", "Uzbekistan Abdulaziz Kamilov", "Toshimitsu Motegi Chair", "Japan in the chair",
    ),
    "on six subjects": (
        "The global health crisis", "Regional cooperation", "Humanitarian assistance", "Repatriation of citizens",
        "Economic activity, trade and investment", "Business mobility",
    ),
    "the return of citizens from foreign countries": ("the return of their citizens from foreign countries",),
    "cooperation in the region, and with Japan, during the pandemic": (
        "cooperation between the states of the region, and with Japan, during the pandemic",
    ),
    "nearly 2 billion yen of grant aid for medical equipment": (
        "Grant aid for medical equipment", "nearly 2 billion yen", "Japan to the five",
    ),
    "technical assistance, medical supplies, information on infectious diseases": (
        "Technical assistance to health services", "Medical supplies for the five states",
        "Sharing of information on infectious diseases between health authorities",
    ),
    "all five welcomed it and thanked": tuple(
        f"{state} welcomes Japan's decision and thanks the chair for the assistance"
        for state in ("Kazakhstan", "Kyrgyz Republic", "Tajikistan", "Turkmenistan", "Uzbekistan")
    ),
    "Kazakhstan on Japan's strengths, a modern economy and joint projects": (
        "Japan's economic and technological strengths are of great interest", "joint projects",
        "modernise the economy of Central Asia as a whole",
    ),
    "recommendations for the next Dialogue": (
        "Recommendations for trade and investment projects",
        "above all in the agro-industrial sector with Japanese businesses, are to be drawn up for the next Dialogue",
    ),
    "Japan a catalyst for the development of the five": ("a catalyst for the development of the five",),
    "the momentum of May 2019 in Tajikistan is to be kept": (
        "the momentum that the last Dialogue gave in Dushanbe in May 2019 and asks that it be kept", "18 May 2019",
    ),
    "the 30th anniversary in 2022, solidarity, encouragement after the pandemic": (
        "the 30th anniversary of diplomatic relations between Japan and the five states in 2022",
        "show their solidarity", "encourage them after the pandemic",
    ),
    "the first Dialogue was in 2004, in the city that had the name Astana then": ("28 August 2004, Astana",),
    "others came later: the United States, the European Union, Korea, at last China, by video in 2020": (
        "C5+1 diplomatic platform (Central Asia - United States)", "European Union - Central Asia",
        "Republic of Korea - Central Asia Cooperation Forum", "China - Central Asia (C+C5)",
        "previous meeting: 16 July 2020, by video",
    ),
    "wider frameworks, usually with others present": (
        "In wider frameworks, usually in the presence of other states", "Belt and Road Initiative",
        "Shanghai Cooperation Organisation",
    ),
}  # fmt: skip


@pytest.fixture
def page(app, client, whole_record) -> str:
    """The text of the public page after the whole rehearsal."""
    meeting = staging.stage(app, "2020-08-11")
    for _ in range(1_000):
        if runner.step(app, meeting, for_humans=True) is None:
            break
    html = client.get(f"/meetings/{meeting}").text
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("’", "'").split())


def test_a_reader_of_the_report_finds_its_facts(page):
    missing = {fact: [words for words in phrases if words not in page] for fact, phrases in FACTS.items()}
    assert {fact: words for fact, words in missing.items() if words} == {}


def test_the_dialogue_with_japan_is_first_by_its_first_meeting(page):
    start = page.index("By the first meeting on record")
    positions = [page.index(name, start) for name in (
        '"Central Asia plus Japan" Dialogue', "European Union - Central Asia", "Republic of Korea - Central Asia",
        "China - Central Asia (C+C5)", "C5+1 diplomatic platform",
    )]  # fmt: skip
    assert positions == sorted(positions)
