"""The page of a meeting, with the conference of 11 August 2020 as the example."""

import html
import re

from tests.loaded_public_record import TODAY

SPECIAL = "/meetings/ca-japan/2020-08-11-special-video-ministerial"


def text_of(page: str) -> str:
    """The text that a reader sees, as one line."""
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))


def test_the_page_shows_the_nearly_two_billion_yen_with_their_four_parts(client, record):
    page = client.get(SPECIAL)
    assert page.status_code == 200
    text = text_of(page.text)
    for fact in (
        "11 August 2020", "by video, Japan in the chair", "6 delegations", "24 sources", "confidence high",
        "Toshimitsu Motegi", "nearly ¥2,000,000,000", "¥1,898,000,000", "¥1,398,000,000", "1 August 2022",
        "looked for, not found", "20 December 2021", "no part found", "15 months after the last",
        "18 May 2019, Dushanbe", "Repatriation of citizens", "unknown", "Cite this page",
    ):  # fmt: skip
        assert fact in text, fact
    assert len(page.content) < 60_000


def test_a_program_reads_the_same_facts(client, record):
    facts = client.get(SPECIAL + ".json").json()
    (pledge,) = [row for row in facts["money"] if row["outcome"]["id"].endswith("#medical-equipment-grants")]
    assert pledge["traced"] == {"JPY": 1_898_000_000}
    assert pledge["handed_over"] == {"JPY": 1_398_000_000}
    assert pledge["states_without_part"] == ["KZ"]
    assert len(pledge["parts"]) == 4
    by_accept = client.get(SPECIAL, headers={"accept": "application/json"})
    assert by_accept.json() == facts


def test_a_page_is_rendered_once_until_an_act_changes_it(client, app, record, count_queries):
    first = client.get(SPECIAL)
    again = []
    assert count_queries(lambda: again.append(client.get(SPECIAL))) == 0
    assert again[0].content == first.content
    same = client.get(SPECIAL, headers={"if-none-match": first.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    path = record / "meetings/ca-japan/2020-08-11-special-video-ministerial.yaml"
    path.write_text(path.read_text().replace("nearly", "about"))
    from suhbat.archive.folder_load import load

    assert load(app.door, record, TODAY).changed
    assert "about ¥2,000,000,000" in text_of(client.get(SPECIAL).text)


def test_the_number_of_queries_is_the_same_for_a_rich_meeting_and_a_poor_one(client, record, count_queries):
    client.get("/")
    rich = count_queries(lambda: client.get(SPECIAL))
    poor = count_queries(lambda: client.get("/meetings/ca-japan/2006-02-08-senior-officials-2"))
    assert (rich, poor) == (1, 1)


def test_an_unknown_meeting_is_not_found(client, record):
    assert client.get("/meetings/ca-japan/nothing").status_code == 404
    assert client.get("/meetings/ca-japan/nothing.json").status_code == 404


def test_the_address_of_a_withdrawn_meeting_says_that_it_was_withdrawn(client, app, record):
    from suhbat.acts.roles_and_seats import ADMINISTRATION

    path = "/meetings/ca-japan/2004-08-28-first-ministerial"
    assert client.get(path).status_code == 200
    withdrawn = {"path": "meetings/ca-japan/2004-08-28-first-ministerial.yaml", "why": "It was <i>another</i> day."}
    number = app.door.perform(ADMINISTRATION, "archive.withdrawn", withdrawn).entry.number
    page = client.get(path)
    assert page.status_code == 410
    assert "It was &lt;i&gt;another&lt;/i&gt; day." in page.text
    assert f"/record/{number}" in page.text
    assert client.get(path + ".json").json()["entry"] == number
    assert client.get("/outcomes/ca-japan/2004-08-28-first-ministerial/anything").status_code == 410


def test_russian_has_its_own_address(client, record):
    assert "11 августа 2020" in text_of(client.get("/ru" + SPECIAL).text)


def test_facts_without_a_translation_are_marked_with_their_language(client, record):
    page = client.get("/ja" + SPECIAL).text
    assert re.search(r'<h1 lang="en" data-shown="EN">', page)
    assert client.get("/ja/formats/ca-japan").text.count('lang="en"') > 1
    assert 'lang="en"' not in client.get(SPECIAL).text.partition("<main")[2]
    assert "not been translated" not in client.get(SPECIAL).text


def test_a_page_can_be_cited_with_the_day_it_was_seen(client, record):
    for address in (SPECIAL, "/outcomes/ca-japan/2020-08-11-special-video-ministerial/medical-equipment-grants"):
        citation = client.get(address + ".json").json()["citation"]
        assert f"http://localhost:8000{address} (seen on 11 August 2020)" in citation
        assert citation.partition("”")[0][1:] in text_of(client.get(address).text)


def test_the_page_loads_no_script_and_nothing_from_another_server(client, record):
    page = client.get(SPECIAL).text
    assert "<script src" not in page
    assert 'type="module"' not in page
    assert re.findall(r'(?:src|rel="stylesheet" href)="(?!/static/)', page) == []
