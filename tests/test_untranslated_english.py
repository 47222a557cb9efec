"""No page or paper in any of seven languages has English that is not marked as such.

The pages are those of the walks over rights, so that no new page is forgotten. `make test` looks at what most people
see; `make long` at everything, as every role that sees something different.
"""

import asyncio
import re

import pytest
from scripts.translation_catalogues import LANGUAGES
from tests.rights_visitors import Visitors, addresses, routes
from tests.rights_world import MEETING, World
from tests.untranslated_english import foreign, typed_in, visible_texts, without, words_of_file

from suhbat.acts.registry import REGISTRY
from suhbat.ground.migrations import every_table
from suhbat.record.reading import entries_after

every_table()
pytestmark = pytest.mark.usefixtures("unhurried")
MAIN = {
    "public": ["/", "/formats", "/formats/ca-japan", "/ledger", "/compare", "/search?q=by:JP", "/changes", "/data",
               f"/meetings/{MEETING}", "/states/KZ", "/topics/public-health", "/rehearse", "/sign-in", "/nowhere"],
    "secretariat": [f"/meetings/{MEETING}/{page}" for page in
                    ("desk", "room", "texts", "minutes", "agenda", "delegations", "papers", "people", "outcomes")],
    "head": [f"/meetings/{MEETING}/{page}" for page in ("room", "texts", "minutes")],
}  # fmt: skip
EVERYONE = ("public", "secretariat", "chair", "head", "delegate", "interpreter", "observer", "editor", "administrator")
FOR_PROGRAMS = re.compile(
    r"\.(json|csv|xml|atom|parquet|jsonl)$|/room/relays$|^/(robots\.txt|sitemap|record/(checkpoint|key)|api)"
)
IN_ITS_OWN_LANGUAGE = re.compile(r"/copies/(en|brackets)\.|/room/panels/")
"""Copies of a text, which are in its language; and parts of the room, which is looked at as a whole."""


def english_on(world: World, looks: list[tuple[str, str]], code: str) -> list[str]:
    """A line for each text with English words on pages of a language."""
    with world.app.database.reading() as session:
        typed = typed_in(entry.body for entry in entries_after(session, 0, limit=1_000_000))
    visitors = Visitors(world)
    faults: dict[str, str] = {}

    async def look() -> None:
        for role, path in looks:
            answer = await visitors.ask(role, "GET", f"/{code}{path}", headers={"accept": "text/html"})
            if answer.status_code >= 500:
                faults[path] = f"{code} {path}, as {role}: {answer.status_code}"
            kind = answer.headers.get("content-type", "")
            is_page = "html" in kind and "<html" in answer.text
            texts = visible_texts(answer.text, code) if is_page else words_of_file(answer.content).splitlines()
            english = {text.strip(): foreign(without(text, typed), code) for text in texts}
            for text, words in english.items():
                if words:
                    faults.setdefault(text, f"{code} {path}, as {role}: {' '.join(words)}  ←  {text[:120]}")

    asyncio.run(look())
    return list(faults.values())


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_main_pages_have_no_unmarked_english(world, code):
    looks = [(role, path) for role, paths in MAIN.items() for path in paths]
    faults = english_on(world, looks, code)
    assert not faults, f"{len(faults)}\n" + "\n".join(faults[:60])


@pytest.mark.long
@pytest.mark.parametrize("code", LANGUAGES)
def test_no_page_and_no_paper_has_unmarked_english(world, code):
    paths = [path for route in routes(world) for path in addresses(world, route)[:3]]
    pages = [path for path in paths if not FOR_PROGRAMS.search(path) and not IN_ITS_OWN_LANGUAGE.search(path)]
    forms = [f"/acts/{name}?meeting={MEETING}" for name in sorted(REGISTRY)]
    faults = english_on(world, [(role, path) for path in [*pages, *forms] for role in EVERYONE], code)
    assert not faults, f"{len(faults)}\n" + "\n".join(faults[:200])
