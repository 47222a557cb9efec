"""The first page, and the list of all formats."""

from bisect import bisect_left
from collections import Counter
from datetime import date
from typing import Any
from urllib.parse import urlencode

from litestar import get
from litestar.response import Response

from suhbat.acts.app import App
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import Viewer
from suhbat.formats.added_parties import added_parties, form_values
from suhbat.formats.queries import hidden_formats
from suhbat.formats.vocabulary import LEVELS
from suhbat.ground.language import gettext as _
from suhbat.ground.language import ngettext
from suhbat.people.seat_managers import INSTALLATION_PLACE
from suhbat.public.charts.chart_geometry import timeline, year_table, years_of
from suhbat.public.charts.pledge_totals import MONEY_COLUMNS, money_rows, money_table
from suhbat.public.presentation.caption_parts import most, together
from suhbat.public.read_model.almanac import Almanac, current_almanac
from suhbat.public.read_model.fact_types import Meeting, Outcome
from suhbat.public.template_helpers import names_of
from suhbat.public.web.responses import answer

ROWS = 24
"""Formats in the chart, at most; the list of formats has them all."""
LATEST = 6
MOST_PROMISES = 6


@get("/", sync_to_thread=True)
def home(request: AnyRequest, app: App, actor: Viewer) -> Response[Any]:
    """The first page: who met, what was promised and what became of it, for all formats."""
    with app.database.reading() as session:
        almanac = current_almanac(app.database, session)
    today = app.clock().date()
    facts = home_facts(almanac, today)
    tables = {
        "formats": (("format", "name", *LEVELS, "all"), [[r["id"], r["name"], *r["levels"], r["count"]]
                                                          for r in facts["picture"]["rows"]]),
        "years": year_table(facts["picture"], "id"),
        "money": (MONEY_COLUMNS, money_table(facts["money"])),
    }  # fmt: skip
    return answer(app, request, actor, "public/home.html", facts, tables=tables, name_of=names_of(almanac))


def home_facts(almanac: Almanac, today: date) -> dict[str, Any]:
    """All facts on the first page."""
    rows = format_rows(almanac)
    top_rows = rows[:ROWS]
    years = years_of((m for _about, meetings in top_rows for m in meetings), today)
    return {
        "today": today.isoformat(),
        "picture": timeline(top_rows, years, today),
        "formats": len(rows),
        "sentence": sentence(almanac),
        "upcoming": [_brief(almanac, meeting) for meeting in upcoming(almanac, today)],
        "promised_meetings": [
            {"outcome": promise, "path": promise.path} for promise in promised_meetings(almanac, today)
        ],
        "money": almanac.remember("money", lambda: money_rows(almanac, almanac.outcomes)),
        "latest": [_brief(almanac, meeting) for meeting in reversed(almanac.meetings[-LATEST:])],
        "counts": {"meetings": len(almanac.meetings), "outcomes": len(almanac.outcomes)},
    }


def format_rows(almanac: Almanac) -> list[tuple[dict[str, Any], list[Meeting]]]:
    """Formats with their meetings; the format with the most meetings first."""
    return almanac.remember("formats", lambda: _format_rows(almanac))


def _format_rows(almanac: Almanac) -> list[tuple[dict[str, Any], list[Meeting]]]:
    rows = []
    for format_ in almanac.formats.values():
        meetings = almanac.of_format.get(format_.id, [])
        levels = Counter(m.level for m in meetings)
        about = {
            "id": format_.id,
            "name": format_.name,
            "native_names": format_.native_names,
            "short": format_.short_name,
            "path": format_.path,
            "kind": format_.kind,
            "origin": format_.origin,
            "count": len(meetings),
            "levels": [levels.get(level, 0) for level in LEVELS],
            "partners": [m.state for m in format_.members if m.role == "partner" and not m.until],
            "first": meetings[0].starts if meetings else None,
            "last": meetings[-1].starts if meetings else None,
        }
        rows.append((about, meetings))
    return sorted(rows, key=lambda row: (-row[0]["count"], row[0]["id"]))


def sentence(almanac: Almanac) -> str:
    """The caption of the chart of all formats, in one sentence."""
    if not almanac.meetings:
        return _("No meeting is in the record yet.")
    busiest, highest = most((str(year), n) for year, n in sorted(almanac.years.items()))
    meeting_count = ngettext("%(count)s meeting", "%(count)s meetings", len(almanac.meetings)) % {
        "count": len(almanac.meetings)
    }
    formats = sum(1 for meetings in almanac.of_format.values() if meetings)
    of_formats = ngettext("of %(count)s format", "of %(count)s formats", formats) % {"count": formats}
    if len(busiest) > 1:
        return _("%(met)s %(of)s since %(first)s; the years with the most are %(years)s, with %(most)s each.") % {
            "met": meeting_count, "of": of_formats, "first": almanac.meetings[0].year,
            "years": together(busiest), "most": highest,
        }  # fmt: skip
    return _("%(met)s %(of)s since %(first)s; the year with the most is %(year)s, with %(most)s.") % {
        "met": meeting_count, "of": of_formats, "first": almanac.meetings[0].year, "year": busiest[0], "most": highest,
    }  # fmt: skip


def upcoming(almanac: Almanac, today: date) -> list[Meeting]:
    """Meetings that are still to be held, the next one first."""
    recent = almanac.meetings[bisect_left(almanac.meetings, str(today.year - 1), key=lambda m: m.starts) :]
    return [m for m in recent if (m.ends or m.starts) >= today.isoformat()[: len(m.ends or m.starts)]][:LATEST]


def promised_meetings(almanac: Almanac, today: date) -> list[Outcome]:
    """Promises of a next meeting whose date has not passed and that are neither fulfilled nor given up."""
    promises = [
        promise
        for promise in almanac.remember("next", lambda: [o for o in almanac.outcomes if o.kind == "next-meeting"])
        if not promise.fulfilled_by
        and promise.state in {"announced", "in-progress"}
        and promise.due
        and promise.due >= today.isoformat()[: len(promise.due)]
    ]
    return sorted(promises, key=lambda promise: promise.due or "")[:MOST_PROMISES]


def _brief(almanac: Almanac, meeting: Meeting) -> dict[str, Any]:
    format_ = almanac.formats.get(meeting.format)
    return {
        "path": meeting.path, "title": meeting.title, "starts": meeting.starts, "ends": meeting.ends,
        "city": meeting.city, "country": meeting.country, "mode": meeting.mode, "level": meeting.level,
        "format": format_.name if format_ else meeting.format, "format_id": meeting.format,
        "outcomes": len(meeting.outcomes), "origin": meeting.origin,
    }  # fmt: skip


@get("/formats", sync_to_thread=True)
def formats(request: AnyRequest, app: App, actor: Viewer) -> Response[Any]:
    """The page of all formats, by kind."""
    with app.database.reading() as session:
        almanac = current_almanac(app.database, session)
        drafts = hidden_formats(session, actor)
        names_parties = not actor.anonymous and app.door.may(actor, "party.changed")
        added = [(party, urlencode(form_values(party))) for party in added_parties(session)] if names_parties else []
    rows = [about for about, _meetings in format_rows(almanac)]
    table = (
        ("format", "name", "kind", "partners", "first", "last", *LEVELS, "all"),
        [[r["id"], r["name"], r["kind"], r["partners"], r["first"], r["last"], *r["levels"], r["count"]] for r in rows],
    )
    facts = {"formats": rows}
    return answer(
        app, request, actor, "public/formats.html", facts, tables={"formats": table}, house=INSTALLATION_PLACE,
        drafts=drafts, added=added,
    )  # fmt: skip
