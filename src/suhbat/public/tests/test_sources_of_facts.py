"""Each fact of a meeting names its sources: its own if the record has them, else those of the meeting."""

import re
from typing import Any

import lxml.html
import yaml

from suhbat.archive.folder_load import SHIPPED
from suhbat.public.presentation.provenance import in_short

RICH = "ca-japan/2020-08-11-special-video-ministerial"


def main_of(text: str) -> Any:
    return lxml.html.fromstring(text).find(".//main")


def own_sources(meeting: str) -> list[int]:
    """The sources that no outcome and no delivery cites, computed from the file."""
    content = yaml.safe_load((SHIPPED / "meetings" / f"{meeting}.yaml").read_text())
    cited = {str(n) for outcome in content["outcomes"] for n in outcome["sources"]}
    cited |= {str(d["source"]) for outcome in content["outcomes"] for d in outcome.get("deliveries", [])}
    numbers = [source["n"] for source in content["sources"]]
    return [n for n in numbers if str(n) not in cited] or numbers


def test_every_fact_of_a_meeting_has_source_numbers(client, record):
    page = client.get(f"/meetings/{RICH}").text
    own = in_short(own_sources(RICH))
    main = main_of(page)
    facts = main.xpath(".//p[@class='facts']")[0]
    for span in facts.xpath("./span[not(contains(@class, 'origin'))]"):
        assert span.xpath(".//sup//a"), span.text_content()
    (head,) = [h for h in main.xpath(".//h2") if h.text_content().startswith("On the agenda")]
    assert head.xpath(".//sup//a/text()") == [own]
    assert f"rests on these sources together: {own}." in page
    assert client.get(f"/meetings/{RICH}.json").json()["rests_on"] == own_sources(RICH)


def test_numbers_lead_to_sources_that_are_on_the_page(client, app, whole_record):
    for meeting in (RICH, "ca-japan/2004-08-28-first-ministerial", "sco/2025-08-31-heads-of-state-25",
                    "ca-arab/2024-04-29-doha-third-session"):  # fmt: skip
        answer = client.get(f"/meetings/{meeting}")
        assert answer.status_code == 200
        main = main_of(answer.text)
        ids = {element.get("id") for element in main.iter() if isinstance(element.tag, str)}
        targets = {
            element.get("href")[1:] for element in main.xpath(".//sup[@class='refs']//a[starts-with(@href, '#')]")
        }
        assert targets, meeting
        assert targets <= ids, meeting


def test_a_format_names_its_sources_too(client, record):
    page = client.get("/formats/ca-japan").text
    assert "rests on these sources together" in page
    assert re.search(r"since [0-9A-Za-z ]+<sup", page)


def test_numbers_in_short():
    assert in_short([3, 1, 2, 7, 9, 10]) == "1–3, 7, 9–10"
    assert in_short([]) == ""


def test_a_meeting_held_here_names_the_entry_of_its_convocation(app, convene, client):
    here = convene(app)
    facts = client.get(f"/meetings/{here.meeting}.json").json()
    assert facts["rests_on"] == []
    page = client.get(f"/meetings/{here.meeting}").text
    assert f'/record/{facts["held_by"]}"' in page
    assert client.get(f"/record/{facts['held_by']}").status_code == 200
