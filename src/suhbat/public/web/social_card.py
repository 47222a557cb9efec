"""A card for every page, drawn by the house itself: what is shown where somebody passes its link on.

1200×630 pixels as PNG, at the page's own address with `.png` behind it, in the reader's language. No third party is
asked; the flags are those of the pages and the letters those of our papers. The same card is the same bytes.
"""

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import msgspec
import typst

from suhbat.formats.city_names import city_name
from suhbat.formats.flags import picture
from suhbat.formats.state_names import formal_name, state_name
from suhbat.formats.topics import topic_name
from suhbat.ground.date_periods import since
from suhbat.ground.dates import show_date
from suhbat.ground.language import gettext as _
from suhbat.ground.language import language, ngettext, pgettext
from suhbat.ground.middleware import STATIC
from suhbat.ground.money import show_amount, show_number
from suhbat.people.office_titles import office
from suhbat.public.presentation import code_labels
from suhbat.public.presentation.format_titles import title_of

PAPER = Path(__file__).parent / "paper" / "card.typ"
FONTS = STATIC / "fonts"
LONGEST, MOST_FLAGS = 210, 10
FIVE = ("KZ", "KG", "TJ", "TM", "UZ")
_one_by_one = Lock()
"""Drawing takes a processor for some hundredths of a second: readers of pages must not wait for many at once."""


class Card(msgspec.Struct, frozen=True):
    """What stands on a card."""

    kicker: str
    title: str
    lines: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


def card_of(template: str, facts: dict[str, Any]) -> Card | None:
    """The card of a page, from the facts that the page is made of; None for pages that have none."""
    make = _MAKERS.get(template)
    return make(facts) if make else None


def drawn(card: Card) -> bytes:
    """The card as PNG."""
    return _drawn(card, language())


@lru_cache(maxsize=200)
def _drawn(card: Card, code: str) -> bytes:
    title = card.title if len(card.title) <= LONGEST else card.title[:LONGEST].rpartition(" ")[0] + " …"
    data = {
        "kicker": card.kicker, "title": title, "lines": [line[:110] for line in card.lines if line][:3],
        "flags": [picture(each) for each in card.flags[:MOST_FLAGS]], "language": code,
    }  # fmt: skip
    with _one_by_one:
        made = typst.compile(
            PAPER,
            root=PAPER.parent,
            font_paths=[FONTS] if FONTS.is_dir() else [],
            ignore_system_fonts=FONTS.is_dir(),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            format="png",
            ppi=72,
        )
    assert isinstance(made, bytes)
    return made


def _home(facts: dict[str, Any]) -> Card:
    about = _("The dialogues of Central Asia with its partners and among itself, each fact with its source.")
    return Card(about, _("Who met, what was promised, what became of it"), (facts["sentence"],), FIVE)


def _format(facts: dict[str, Any]) -> Card:
    found = facts["format"]
    beginning = since(found.established) if found.established else ""
    met = ngettext("%(num)s meeting", "%(num)s meetings", facts["count"]) % {"num": show_number(facts["count"])}
    now = [each.state for each in found.members if not each.until]
    kicker = code_labels.say(code_labels.FORMAT_KINDS, found.kind)
    return Card(kicker, title_of(found), (_joined(beginning, met),), tuple(now))


def _meeting(facts: dict[str, Any]) -> Card:
    meeting = facts["meeting"]
    place = _("by video") if meeting.mode == "video" else city_name(meeting.city or "")
    chair = _("%(state)s in the chair") % {"state": state_name(meeting.chair.state)} if meeting.chair else ""
    count = len(meeting.outcomes)
    left = ngettext("%(num)s outcome", "%(num)s outcomes", count) % {"num": count} if count else ""
    flags = tuple(each["state"] for each in facts["delegations"])
    kicker = _name_of(facts["format"], meeting.format)
    return Card(kicker, meeting.title, (_joined(show_date(meeting.starts), place, chair), left), flags)


def _outcome(facts: dict[str, Any]) -> Card:
    outcome = facts["outcome"]
    kind = code_labels.say(code_labels.KINDS, outcome.kind)
    fate = code_labels.say(code_labels.STATES, outcome.state)
    lines = (_joined(show_amount(outcome.amount), fate), show_date(outcome.day))
    flags = tuple(dict.fromkeys([*outcome.by, *outcome.to]))
    kicker = f"{kind} · {_name_of(facts['format'], outcome.format)}"
    return Card(kicker, outcome.title or outcome.summary, lines, flags)


def _person(facts: dict[str, Any]) -> Card:
    person, count = facts["person"], len(facts["meetings"])
    borne = person.offices[-1]["office"] if person.offices else ""
    met = ngettext("%(num)s meeting", "%(num)s meetings", count) % {"num": count}
    return Card(state_name(person.state), person.name, (office(borne), met), (person.state,))


def _plain(title: Callable[[], str], line: Callable[[dict[str, Any]], str] = lambda _facts: "") -> Any:
    return lambda facts: Card(_("Who met, what was promised, what became of it"), title(), (line(facts),), FIVE)


def _counts(facts: dict[str, Any]) -> str:
    counts = facts["counts"]
    met = ngettext("%(count)s meeting", "%(count)s meetings", counts["meetings"]) % {"count": counts["meetings"]}
    left = ngettext("%(num)s outcome", "%(num)s outcomes", counts["outcomes"]) % {"num": counts["outcomes"]}
    return _joined(met, left)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _name_of(format_: Any, code: str) -> str:
    return title_of(format_) if format_ else code


_MAKERS: dict[str, Callable[[dict[str, Any]], Card]] = {
    "public/home.html": _home,
    "public/format.html": _format,
    "public/meeting.html": _meeting,
    "public/outcome.html": _outcome,
    "public/person.html": _person,
    "public/state.html": lambda f: Card(
        _("What it was promised, by whom"), formal_name(f["code"]), (f["sentence"],), (f["code"],)
    ),
    "public/topic.html": lambda f: Card(_("Topic"), topic_name(f["topic"]), (f["sentence"],), FIVE),
    "public/formats.html": _plain(lambda: _("Formats")),
    "public/ledger.html": _plain(lambda: _("Ledger"), lambda f: str(f["sentence"])),
    "public/compare.html": _plain(lambda: _("Formats compared"), lambda f: str(f["pictures"]["years"]["sentence"])),
    "public/search.html": _plain(lambda: pgettext("page", "Search")),
    "public/changes.html": _plain(lambda: _("What changed")),
    "public/data.html": _plain(lambda: _("The record as data"), _counts),
}
