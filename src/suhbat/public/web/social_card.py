"""A preview card (Open Graph image) for every page: chat programs show it beside a link to the page.

The card is a PNG of 1200×630 pixels, at the address of the page with `.png` appended, in the reader's language. The
server draws it without a third party, with the flags of the pages and the fonts of our papers. The same card always
gives the same bytes.
"""

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import msgspec
import typst

from suhbat.formats import vocabulary
from suhbat.formats.city_names import city_name
from suhbat.formats.flags import picture
from suhbat.formats.state_names import formal_name, state_name
from suhbat.formats.topics import topic_name
from suhbat.ground.date_phrases import since
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
_drawing_lock = Lock()
"""Only one card is drawn at a time. Drawing takes some hundredths of a second of processor time, and other requests
must not wait for many cards at once."""


class Card(msgspec.Struct, frozen=True):
    """The text and the flags of a card."""

    kicker: str
    title: str
    lines: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


def card_of(template: str, facts: dict[str, Any]) -> Card | None:
    """Build the card of a page from the facts of the page; None for pages without a card."""
    build = _BUILDERS.get(template)
    return build(facts) if build else None


def render_png(card: Card) -> bytes:
    """Draw the card as a PNG file."""
    return _render_png(card, language())


@lru_cache(maxsize=200)
def _render_png(card: Card, code: str) -> bytes:
    title = card.title if len(card.title) <= LONGEST else card.title[:LONGEST].rpartition(" ")[0] + " …"
    data = {
        "kicker": card.kicker, "title": title, "lines": [line[:110] for line in card.lines if line][:3],
        "flags": [picture(state) for state in card.flags[:MOST_FLAGS]], "language": code,
    }  # fmt: skip
    with _drawing_lock:
        png = typst.compile(
            PAPER,
            root=PAPER.parent,
            font_paths=[FONTS] if FONTS.is_dir() else [],
            ignore_system_fonts=FONTS.is_dir(),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            format="png",
            ppi=72,
        )
    assert isinstance(png, bytes)
    return png


def _home(facts: dict[str, Any]) -> Card:
    about = _("The dialogues of Central Asia with its partners and among itself, each fact with its source.")
    return Card(about, _("Who met, what was promised, what became of it"), (facts["sentence"],), FIVE)


def _format(facts: dict[str, Any]) -> Card:
    format_ = facts["format"]
    established = since(format_.established) if format_.established else ""
    meetings = ngettext("%(num)s meeting", "%(num)s meetings", facts["count"]) % {"num": show_number(facts["count"])}
    members = [member.state for member in format_.members if not member.until]
    kicker = code_labels.label_of(vocabulary.FORMAT_KINDS, format_.kind)
    return Card(kicker, title_of(format_), (_joined(established, meetings),), tuple(members))


def _meeting(facts: dict[str, Any]) -> Card:
    meeting = facts["meeting"]
    place = _("by video") if meeting.mode == "video" else city_name(meeting.city or "")
    chair = _("%(state)s in the chair") % {"state": state_name(meeting.chair.state)} if meeting.chair else ""
    count = len(meeting.outcomes)
    outcomes = ngettext("%(num)s outcome", "%(num)s outcomes", count) % {"num": count} if count else ""
    flags = tuple(delegation["state"] for delegation in facts["delegations"])
    kicker = _name_of(facts["format"], meeting.format)
    return Card(kicker, meeting.title, (_joined(show_date(meeting.starts), place, chair), outcomes), flags)


def _outcome(facts: dict[str, Any]) -> Card:
    outcome = facts["outcome"]
    kind = code_labels.label_of(vocabulary.OUTCOME_KINDS, outcome.kind)
    fate = code_labels.label_of(vocabulary.DELIVERY_STATUSES, outcome.state)
    lines = (_joined(show_amount(outcome.amount), fate), show_date(outcome.day))
    flags = tuple(dict.fromkeys([*outcome.by, *outcome.to]))
    kicker = f"{kind} · {_name_of(facts['format'], outcome.format)}"
    return Card(kicker, outcome.title or outcome.summary, lines, flags)


def _person(facts: dict[str, Any]) -> Card:
    person, count = facts["person"], len(facts["meetings"])
    last_office = person.offices[-1]["office"] if person.offices else ""
    meetings = ngettext("%(num)s meeting", "%(num)s meetings", count) % {"num": count}
    return Card(state_name(person.state), person.name, (office(last_office), meetings), (person.state,))


def _plain(title: Callable[[], str], line: Callable[[dict[str, Any]], str] = lambda _facts: "") -> Any:
    return lambda facts: Card(_("Who met, what was promised, what became of it"), title(), (line(facts),), FIVE)


def _counts(facts: dict[str, Any]) -> str:
    counts = facts["counts"]
    meetings = ngettext("%(count)s meeting", "%(count)s meetings", counts["meetings"]) % {"count": counts["meetings"]}
    outcomes = ngettext("%(num)s outcome", "%(num)s outcomes", counts["outcomes"]) % {"num": counts["outcomes"]}
    return _joined(meetings, outcomes)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _name_of(format_: Any, code: str) -> str:
    return title_of(format_) if format_ else code


_BUILDERS: dict[str, Callable[[dict[str, Any]], Card]] = {
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
    "public/data.html": _plain(lambda: _("Data downloads"), _counts),
}
