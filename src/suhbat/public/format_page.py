"""The page of a format: who is in it, when it met, what it promised, where its sources differ."""

from collections import Counter
from datetime import date
from itertools import pairwise
from typing import Any

from litestar import get
from litestar.response import Response

from suhbat.acts.actors import Actor
from suhbat.acts.house import House
from suhbat.ground.dates import first_day, show_date
from suhbat.ground.language import gettext as _
from suhbat.ground.language import ngettext
from suhbat.public.almanac import Almanac, almanac
from suhbat.public.answers import Asked, answer
from suhbat.public.facts import Format, Meeting
from suhbat.public.money_rows import MONEY_COLUMNS, money_rows, money_table
from suhbat.public.pictures import timeline, year_table, years_of
from suhbat.public.telling import has_money, span, told
from suhbat.public.withdrawn import gone
from suhbat.public.words import LEVELS

RHYTHM = 3
"""Meetings of a level from which on one may speak of a rhythm."""


@get("/formats/{format_:str}", sync_to_thread=True)
def format_page(request: Asked, house: House, actor: Actor, format_: str) -> Response[Any]:
    """One standing dialogue."""
    with house.database.reading() as session:
        known = almanac(house.database, session)
        found = known.formats.get(format_)
        if found is None:
            return gone(house, request, actor, session, format_)
    today = house.door.clock().date()
    facts = format_facts(known, found, today)
    meetings = known.of_format.get(format_, [])
    tables = {
        "meetings": (MEETING_COLUMNS, [meeting_row(m) for m in meetings]),
        "money": (MONEY_COLUMNS, money_table(facts["money"])),
        "years": year_table(facts["picture"], "level"),
    }
    return answer(house, request, actor, "public/format.html", facts, tables=tables, today=today.isoformat())


MEETING_COLUMNS = (
    "meeting", "number", "title", "level", "mode", "starts", "ends", "city", "country", "chair", "delegations",
    "outcomes", "origin", "confidence",
)  # fmt: skip


def meeting_row(meeting: Meeting) -> list[Any]:
    """A meeting for a spreadsheet."""
    return [
        meeting.id, meeting.number, meeting.title, meeting.level, meeting.mode, meeting.starts, meeting.ends,
        meeting.city, meeting.country, meeting.chair.state if meeting.chair else None,
        [d.state for d in meeting.delegations], len(meeting.outcomes), meeting.origin, meeting.confidence,
    ]  # fmt: skip


def format_facts(known: Almanac, found: Format, today: date) -> dict[str, Any]:
    """All that is told of a format."""
    meetings = known.of_format.get(found.id, [])
    by_level = {level: [m for m in meetings if m.level == level] for level in LEVELS}
    rows = [({"level": level, "count": len(held)}, held) for level, held in by_level.items() if held]
    outcomes = [each for meeting in meetings for each in meeting.outcomes]
    pledges = [each for each in outcomes if each.kind == "pledge" and has_money(known, each)]
    return {
        "format": found,
        "path": found.path,
        "picture": timeline(rows, years_of(meetings, today), today, linked=True),
        "rhythm": rhythm(by_level),
        "levels": [
            {"level": level, "meetings": [_brief(m) for m in reversed(held)]}
            for level, held in by_level.items()
            if held
        ],
        "count": len(meetings),
        "money": money_rows(known, outcomes),
        "pledges": [told(known, each) for each in reversed(pledges) if not each.part_of],
        "kinds": Counter(each.kind for each in outcomes),
        "fates": Counter(each.state for each in outcomes if each.kind in {"pledge", "project", "recommendation"}),
        "documents": [
            {"meeting": m.path, "starts": m.starts, **document} for m in reversed(meetings) for document in m.documents
        ],
        "disagreements": [
            {"path": m.path, "title": m.title, "starts": m.starts, "notes": m.notes}
            for m in reversed(meetings)
            if m.notes
        ],
    }


def _brief(meeting: Meeting) -> dict[str, Any]:
    return {
        "path": meeting.path, "title": meeting.title, "starts": meeting.starts, "ends": meeting.ends,
        "number": meeting.number, "city": meeting.city, "country": meeting.country, "mode": meeting.mode,
        "outcomes": len(meeting.outcomes), "origin": meeting.origin,
    }  # fmt: skip


def rhythm(by_level: dict[str, list[Meeting]]) -> list[dict[str, Any]]:
    """For each level with a few meetings: the usual time between two, and the longest silence."""
    made = []
    for level, meetings in by_level.items():
        if len(meetings) < RHYTHM:
            continue
        gaps = [
            ((first_day(later.starts) - first_day(earlier.starts)).days, earlier, later)
            for earlier, later in pairwise(meetings)
        ]
        days = sorted(gap for gap, _earlier, _later in gaps)
        median = days[len(days) // 2]
        longest, earlier, later = max(gaps, key=lambda each: each[0])
        made.append({
            "level": level, "meetings": len(meetings), "median_days": median, "longest_days": longest,
            "from": earlier.starts, "until": later.starts,
            "sentence": _silence(len(meetings), median, earlier, later),
        })  # fmt: skip
    return made


def _silence(count: int, median: int, earlier: Meeting, later: Meeting) -> str:
    months = round(median / 30.44)
    usual = (
        ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
        if months
        else _("less than a month")
    )
    return _(
        "%(meetings)s meetings, the usual gap: %(usual)s; the longest silence: %(span)s, %(from)s to %(until)s."
    ) % {
        "meetings": count,
        "usual": usual,
        "span": span(earlier.starts, later.starts),
        "from": show_date(earlier.starts),
        "until": show_date(later.starts),
    }
