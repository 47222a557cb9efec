"""The page of a format: its members, meetings and promises, and where its sources differ."""

from collections import Counter
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Any

from litestar import get
from litestar.response import Response
from sqlalchemy.orm import Session

from suhbat.acts.app import App
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import Viewer
from suhbat.formats.format_status import may_know
from suhbat.formats.models import Format as FormatRow
from suhbat.formats.vocabulary import LEVELS
from suhbat.ground.dates import first_day, show_date
from suhbat.ground.language import gettext as _
from suhbat.ground.language import ngettext
from suhbat.ground.name_lists import sentences
from suhbat.meetings.format_controls import format_controls
from suhbat.meetings.format_making import format_making
from suhbat.public.charts.chart_geometry import timeline, year_table, years_of
from suhbat.public.charts.pledge_totals import MONEY_COLUMNS, money_rows, money_table
from suhbat.public.exports.spreadsheet_rows import MEETING_COLUMNS, meeting_row
from suhbat.public.presentation.outcome_view import describe_outcome, has_money, span
from suhbat.public.read_model.almanac import Almanac, current_almanac
from suhbat.public.read_model.almanac_loader import load_formats
from suhbat.public.read_model.fact_types import Format, Meeting
from suhbat.public.web.responses import answer
from suhbat.public.web.withdrawn_pages import gone

RHYTHM = 3
"""Meetings of a level that are needed to speak of a rhythm."""


@get("/formats/{format_:str}", sync_to_thread=True)
def format_page(request: AnyRequest, app: App, actor: Viewer, format_: str) -> Response[Any]:
    """The page of one format, or the notice that it was withdrawn."""
    with app.database.reading() as session:
        almanac = current_almanac(app.database, session)
        shown_format = almanac.formats.get(format_) or _hidden_format(session, actor, format_)
        if shown_format is None:
            return gone(app, request, actor, session, format_)
        making = format_making(session, app.door, actor, format_)
        controls = format_controls(session, app.door, actor, format_)
    today = app.clock().date()
    facts = format_facts(almanac, shown_format, today)
    meetings = almanac.of_format.get(format_, [])
    tables = {
        "meetings": (MEETING_COLUMNS, [meeting_row(m) for m in meetings]),
        "money": (MONEY_COLUMNS, money_table(facts["money"])),
        "years": year_table(facts["picture"], "level"),
    }
    return answer(
        app, request, actor, "public/format.html", facts, tables=tables, today=today.isoformat(), controls=controls,
        making=making,
    )  # fmt: skip


def _hidden_format(session: Session, viewer: Viewer, format_: str) -> Format | None:
    """A format that is not public, for a viewer who may know of it."""
    row = None if viewer.anonymous else session.get(FormatRow, format_)
    if row is None or not may_know(viewer, row):
        return None
    return next(iter(load_formats(session, [format_], hidden=True)), None)


def format_facts(almanac: Almanac, format_: Format, today: date) -> dict[str, Any]:
    """All facts on the page of a format."""
    meetings = almanac.of_format.get(format_.id, [])
    by_level = {level: [m for m in meetings if m.level == level] for level in LEVELS}
    rows = [({"level": level, "count": len(of_level)}, of_level) for level, of_level in by_level.items() if of_level]
    outcomes = [outcome for meeting in meetings for outcome in meeting.outcomes]
    pledges = [outcome for outcome in outcomes if outcome.kind == "pledge" and has_money(almanac, outcome)]
    return {
        "format": format_,
        "path": format_.path,
        "picture": timeline(rows, years_of(meetings, today), today, linked=True),
        "rhythm": rhythm(by_level, today),
        "levels": [
            {"level": level, "meetings": [_brief(m) for m in reversed(of_level)]}
            for level, of_level in by_level.items()
            if of_level
        ],
        "count": len(meetings),
        "money": money_rows(almanac, outcomes),
        "pledges": [describe_outcome(almanac, pledge) for pledge in reversed(pledges) if not pledge.part_of],
        "kinds": Counter(outcome.kind for outcome in outcomes),
        "fates": Counter(
            outcome.state for outcome in outcomes if outcome.kind in {"pledge", "project", "recommendation"}
        ),
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
    """For each level with enough meetings: the usual time between two meetings, and the longest silence.

    The time since the last meeting counts if it is longer than every gap before. If the numbers of the meetings jump
    (no. 3, then no. 6), there were meetings in between that are not in the record, so this gap is not counted.
    """
    rows = []
    for level, meetings in by_level.items():
        if len(meetings) < RHYTHM:
            continue
        pairs = [(_days(a, b), a, b) for a, b in pairwise(meetings)]
        is_one_series = _is_one_series(meetings)
        gaps = [pair for pair in pairs if not (is_one_series and _numbers_jump(pair[1], pair[2]))]
        missing = [(a, b) for _gap, a, b in pairs if is_one_series and _numbers_jump(a, b)]
        last = meetings[-1]
        open_days = (today - first_day(last.starts)).days
        longest, earlier, later = max(gaps, key=lambda gap: gap[0], default=(None, None, None))
        row = {
            "level": level, "meetings": len(meetings), "median_days": median(g[0] for g in gaps) if gaps else None,
            "longest_days": longest, "from": earlier.starts if earlier else None,
            "until": later.starts if later else None, "last": last.starts,
            "open_days": open_days if open_days >= 0 else None,
            "open_is_longest": longest is not None and open_days > longest,
            "not_in_record": [
                {"from": a.starts, "until": b.starts, "after_number": a.number, "before_number": b.number}
                for a, b in missing
            ],
        }  # fmt: skip
        rows.append(row | {"sentence": _rhythm_sentence(row, today)})
    return rows


def _days(earlier: Meeting, later: Meeting) -> int:
    return (first_day(later.starts) - first_day(earlier.starts)).days


def _is_one_series(meetings: list[Meeting]) -> bool:
    """Whether the numbers of a level only grow. If several series share the level, a jump means nothing."""
    numbers = [meeting.number for meeting in meetings if meeting.number is not None]
    return all(earlier < later for earlier, later in pairwise(numbers))


def _numbers_jump(earlier: Meeting, later: Meeting) -> bool:
    return earlier.number is not None and later.number is not None and later.number > earlier.number + 1


def _rhythm_sentence(row: dict[str, Any], today: date) -> str:
    texts = [ngettext("%(count)s meeting.", "%(count)s meetings.", row["meetings"]) % {"count": row["meetings"]}]
    if row["open_is_longest"]:
        texts[0] = _(
            "%(meetings)s meetings, the usual gap: %(usual)s; since %(since)s none is on record, "
            "the longest silence so far: %(span)s."
        ) % {
            "meetings": row["meetings"], "usual": _usual_gap(row["median_days"]), "since": show_date(row["last"]),
            "span": span(row["last"], today.isoformat()),
        }  # fmt: skip
    elif row["from"]:
        texts[0] = _(
            "%(meetings)s meetings, the usual gap: %(usual)s; the longest silence: %(span)s, %(from)s to %(until)s."
        ) % {
            "meetings": row["meetings"], "usual": _usual_gap(row["median_days"]),
            "span": span(row["from"], row["until"]), "from": show_date(row["from"]),
            "until": show_date(row["until"]),
        }  # fmt: skip
    for gap in row["not_in_record"]:
        jump = _(
            "Between no. %(first)s (%(from)s) and no. %(second)s (%(until)s) the numbers jump: "
            "the meetings between them are not in the record."
        )
        texts.append(jump % {
            "first": gap["after_number"], "from": show_date(gap["from"]), "second": gap["before_number"],
            "until": show_date(gap["until"]),
        })  # fmt: skip
    return sentences(texts)


def _usual_gap(days: float) -> str:
    months = round(days / 30.44)
    if not months:
        return _("less than a month")
    return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
