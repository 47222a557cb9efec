"""The page of a format: who is in it, when it met, what it promised, where its sources differ."""

from collections import Counter
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Any

from litestar import get
from litestar.response import Response

from suhbat.acts.actors import Viewer
from suhbat.acts.app import App
from suhbat.ground.dates import first_day, show_date
from suhbat.ground.language import gettext as _
from suhbat.ground.language import ngettext
from suhbat.ground.name_lists import sentences
from suhbat.public.charts.geometry import timeline, year_table, years_of
from suhbat.public.charts.pledge_totals import MONEY_COLUMNS, money_rows, money_table
from suhbat.public.exports.spreadsheet_rows import MEETING_COLUMNS, meeting_row
from suhbat.public.presentation.code_labels import LEVELS
from suhbat.public.presentation.outcome_view import has_money, span, told
from suhbat.public.read_model.almanac import Almanac, almanac
from suhbat.public.read_model.facts import Format, Meeting
from suhbat.public.web.gone import gone
from suhbat.public.web.responses import Asked, answer

RHYTHM = 3
"""Meetings of a level from which on one may speak of a rhythm."""


@get("/formats/{format_:str}", sync_to_thread=True)
def format_page(request: Asked, app: App, actor: Viewer, format_: str) -> Response[Any]:
    """One standing dialogue."""
    with app.database.reading() as session:
        known = almanac(app.database, session)
        found = known.formats.get(format_)
        if found is None:
            return gone(app, request, actor, session, format_)
    today = app.door.clock().date()
    facts = format_facts(known, found, today)
    meetings = known.of_format.get(format_, [])
    tables = {
        "meetings": (MEETING_COLUMNS, [meeting_row(m) for m in meetings]),
        "money": (MONEY_COLUMNS, money_table(facts["money"])),
        "years": year_table(facts["picture"], "level"),
    }
    return answer(app, request, actor, "public/format.html", facts, tables=tables, today=today.isoformat())


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
        "rhythm": rhythm(by_level, today),
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


def rhythm(by_level: dict[str, list[Meeting]], today: date) -> list[dict[str, Any]]:
    """For each level with a few meetings: the usual time between two, and the longest silence.

    The time since the last one counts where it is longer than any before. Where the meetings' own numbers jump (no. 3,
    then no. 6) others met in between that are not in the record: that is no silence, and not counted.
    """
    made = []
    for level, meetings in by_level.items():
        if len(meetings) < RHYTHM:
            continue
        pairs = [(_days(a, b), a, b) for a, b in pairwise(meetings)]
        counted = _one_series(meetings)
        gaps = [each for each in pairs if not (counted and _jump(each[1], each[2]))]
        unseen = [(a, b) for _gap, a, b in pairs if counted and _jump(a, b)]
        last = meetings[-1]
        open_days = (today - first_day(last.starts)).days
        longest, earlier, later = max(gaps, key=lambda each: each[0], default=(None, None, None))
        about = {
            "level": level, "meetings": len(meetings), "median_days": median(g[0] for g in gaps) if gaps else None,
            "longest_days": longest, "from": earlier.starts if earlier else None,
            "until": later.starts if later else None, "last": last.starts,
            "open_days": open_days if open_days >= 0 else None,
            "open_is_longest": longest is not None and open_days > longest,
            "not_in_record": [
                {"from": a.starts, "until": b.starts, "after_number": a.number, "before_number": b.number}
                for a, b in unseen
            ],
        }  # fmt: skip
        made.append(about | {"sentence": _silence(about, today)})
    return made


def _days(earlier: Meeting, later: Meeting) -> int:
    return (first_day(later.starts) - first_day(earlier.starts)).days


def _one_series(meetings: list[Meeting]) -> bool:
    """Whether the numbers of a level only grow: where several series share it, no. 1 and no. 4 are no neighbours."""
    numbers = [each.number for each in meetings if each.number is not None]
    return all(earlier < later for earlier, later in pairwise(numbers))


def _jump(earlier: Meeting, later: Meeting) -> bool:
    return earlier.number is not None and later.number is not None and later.number > earlier.number + 1


def _silence(about: dict[str, Any], today: date) -> str:
    said = [ngettext("%(count)s meeting.", "%(count)s meetings.", about["meetings"]) % {"count": about["meetings"]}]
    if about["open_is_longest"]:
        said[0] = _(
            "%(meetings)s meetings, the usual gap: %(usual)s; since %(since)s none is on record, "
            "the longest silence so far: %(span)s."
        ) % {
            "meetings": about["meetings"], "usual": _usual(about["median_days"]), "since": show_date(about["last"]),
            "span": span(about["last"], today.isoformat()),
        }  # fmt: skip
    elif about["from"]:
        said[0] = _(
            "%(meetings)s meetings, the usual gap: %(usual)s; the longest silence: %(span)s, %(from)s to %(until)s."
        ) % {
            "meetings": about["meetings"], "usual": _usual(about["median_days"]),
            "span": span(about["from"], about["until"]), "from": show_date(about["from"]),
            "until": show_date(about["until"]),
        }  # fmt: skip
    for each in about["not_in_record"]:
        jump = _(
            "Between no. %(first)s (%(from)s) and no. %(second)s (%(until)s) the numbers jump: "
            "the meetings between them are not in the record."
        )
        said.append(jump % {
            "first": each["after_number"], "from": show_date(each["from"]), "second": each["before_number"],
            "until": show_date(each["until"]),
        })  # fmt: skip
    return sentences(said)


def _usual(days: float) -> str:
    months = round(days / 30.44)
    if not months:
        return _("less than a month")
    return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
