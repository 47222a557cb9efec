"""The first page, and the list of all formats."""

from bisect import bisect_left
from collections import Counter
from datetime import date
from typing import Any

from litestar import get
from litestar.response import Response

from suhbat.acts.actors import Viewer
from suhbat.acts.app import App
from suhbat.ground.language import gettext as _
from suhbat.ground.language import ngettext
from suhbat.public.charts.geometry import timeline, year_table, years_of
from suhbat.public.charts.pledge_totals import MONEY_COLUMNS, money_rows, money_table
from suhbat.public.presentation.caption_sentences import most, together
from suhbat.public.presentation.code_labels import LEVELS
from suhbat.public.read_model.almanac import Almanac, almanac
from suhbat.public.read_model.facts import Meeting, Outcome
from suhbat.public.template_helpers import names_of
from suhbat.public.web.responses import Asked, answer

ROWS = 24
"""Formats in the picture at most; the list has them all."""
LATEST = 6
KEPT_PROMISES = 6


@get("/", sync_to_thread=True)
def home(request: Asked, app: App, actor: Viewer) -> Response[Any]:
    """Who met, what was promised, what became of it: all formats at one look."""
    with app.database.reading() as session:
        known = almanac(app.database, session)
    today = app.door.clock().date()
    facts = home_facts(known, today)
    tables = {
        "formats": (("format", "name", *LEVELS, "all"), [[r["id"], r["name"], *r["levels"], r["count"]]
                                                          for r in facts["picture"]["rows"]]),
        "years": year_table(facts["picture"], "id"),
        "money": (MONEY_COLUMNS, money_table(facts["money"])),
    }  # fmt: skip
    return answer(app, request, actor, "public/home.html", facts, tables=tables, name_of=names_of(known))


def home_facts(known: Almanac, today: date) -> dict[str, Any]:
    """What the first page tells."""
    rows = format_rows(known)
    shown = rows[:ROWS]
    years = years_of((m for _about, meetings in shown for m in meetings), today)
    return {
        "today": today.isoformat(),
        "picture": timeline(shown, years, today),
        "formats": len(rows),
        "sentence": sentence(known),
        "upcoming": [_brief(known, each) for each in upcoming(known, today)],
        "promised_meetings": [{"outcome": each, "path": each.path} for each in promised_meetings(known, today)],
        "money": known.remember("money", lambda: money_rows(known, known.outcomes)),
        "latest": [_brief(known, each) for each in reversed(known.meetings[-LATEST:])],
        "counts": {"meetings": len(known.meetings), "outcomes": len(known.outcomes)},
    }


def format_rows(known: Almanac) -> list[tuple[dict[str, Any], list[Meeting]]]:
    """Formats with their meetings; the busiest first."""
    return known.remember("formats", lambda: _format_rows(known))


def _format_rows(known: Almanac) -> list[tuple[dict[str, Any], list[Meeting]]]:
    made = []
    for each in known.formats.values():
        meetings = known.of_format.get(each.id, [])
        levels = Counter(m.level for m in meetings)
        about = {
            "id": each.id,
            "name": each.name,
            "native_names": each.native_names,
            "short": each.short_name,
            "path": each.path,
            "kind": each.kind,
            "origin": each.origin,
            "count": len(meetings),
            "levels": [levels.get(level, 0) for level in LEVELS],
            "partners": [m.state for m in each.members if m.role == "partner" and not m.until],
            "first": meetings[0].starts if meetings else None,
            "last": meetings[-1].starts if meetings else None,
        }
        made.append((about, meetings))
    return sorted(made, key=lambda row: (-row[0]["count"], row[0]["id"]))


def sentence(known: Almanac) -> str:
    """What the picture of all formats shows, in one sentence."""
    if not known.meetings:
        return _("No meeting is in the record yet.")
    busiest, times = most((str(year), n) for year, n in sorted(known.years.items()))
    met = ngettext("%(count)s meeting", "%(count)s meetings", len(known.meetings)) % {"count": len(known.meetings)}
    formats = sum(1 for meetings in known.of_format.values() if meetings)
    of = ngettext("of %(count)s format", "of %(count)s formats", formats) % {"count": formats}
    if len(busiest) > 1:
        return _("%(met)s %(of)s since %(first)s; the years with the most are %(years)s, with %(most)s each.") % {
            "met": met, "of": of, "first": known.meetings[0].year, "years": together(busiest), "most": times,
        }  # fmt: skip
    return _("%(met)s %(of)s since %(first)s; the year with the most is %(year)s, with %(most)s.") % {
        "met": met, "of": of, "first": known.meetings[0].year, "year": busiest[0], "most": times,
    }  # fmt: skip


def upcoming(known: Almanac, today: date) -> list[Meeting]:
    """Meetings still to be held, the next first."""
    late = known.meetings[bisect_left(known.meetings, str(today.year - 1), key=lambda m: m.starts) :]
    return [m for m in late if (m.ends or m.starts) >= today.isoformat()[: len(m.ends or m.starts)]][:LATEST]


def promised_meetings(known: Almanac, today: date) -> list[Outcome]:
    """Promises of a further meeting that the record does not show held or given up, not yet past their date."""
    found = [
        each
        for each in known.remember("next", lambda: [o for o in known.outcomes if o.kind == "next-meeting"])
        if not each.fulfilled_by
        and each.state in {"announced", "in-progress"}
        and each.due
        and each.due >= today.isoformat()[: len(each.due)]
    ]
    return sorted(found, key=lambda each: each.due or "")[:KEPT_PROMISES]


def _brief(known: Almanac, meeting: Meeting) -> dict[str, Any]:
    format_ = known.formats.get(meeting.format)
    return {
        "path": meeting.path, "title": meeting.title, "starts": meeting.starts, "ends": meeting.ends,
        "city": meeting.city, "country": meeting.country, "mode": meeting.mode, "level": meeting.level,
        "format": format_.name if format_ else meeting.format, "format_id": meeting.format,
        "outcomes": len(meeting.outcomes), "origin": meeting.origin,
    }  # fmt: skip


@get("/formats", sync_to_thread=True)
def formats(request: Asked, app: App, actor: Viewer) -> Response[Any]:
    """All formats, by kind."""
    with app.database.reading() as session:
        known = almanac(app.database, session)
    rows = [about for about, _meetings in format_rows(known)]
    table = (
        ("format", "name", "kind", "partners", "first", "last", *LEVELS, "all"),
        [[r["id"], r["name"], r["kind"], r["partners"], r["first"], r["last"], *r["levels"], r["count"]] for r in rows],
    )
    return answer(app, request, actor, "public/formats.html", {"formats": rows}, tables={"formats": table})
