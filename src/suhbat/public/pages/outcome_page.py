"""The page of an outcome: its life from announcement to today, with the evidence of every step."""

from datetime import date
from typing import Any

from litestar import get
from litestar.response import Response

from suhbat.acts.actors import Viewer
from suhbat.acts.app import App
from suhbat.acts.relations import pointing_to
from suhbat.ground.refusals import not_found
from suhbat.public.presentation.outcome_view import cited, part, span, told
from suhbat.public.read_model.almanac import Almanac, almanac
from suhbat.public.read_model.facts import Outcome, Source
from suhbat.public.web.gone import gone
from suhbat.public.web.responses import Asked, answer

DEEPEST = 8


@get("/outcomes/{format_:str}/{slug:str}/{name:str}", sync_to_thread=True)
def outcome_page(request: Asked, app: App, actor: Viewer, format_: str, slug: str, name: str) -> Response[Any]:
    """One outcome, for ever at this address."""
    with app.database.reading() as session:
        known = almanac(app.database, session)
        found = known.by_id.get(f"{format_}/{slug}#{name}")
        if found is None and f"{format_}/{slug}" not in known.every_meeting:
            return gone(app, request, actor, session, f"{format_}/{slug}")
        if found is None:
            raise not_found()
        words = [each for each in pointing_to(session, actor, "outcome", [found.id])[found.id] if not each.offers]
    today = app.door.clock().date()
    facts = outcome_facts(known, found, today)
    meeting = known.every_meeting[found.meeting]
    url = app.settings.origin + found.path
    facts["citation"] = cited(found.title or found.summary, facts["format"], meeting, url, today.isoformat())
    tables = {"life": (("date", "outcome", "what", "state", "value", "currency", "summary", "source"),
                       [_step_row(step) for step in facts["life"]])}  # fmt: skip
    return answer(
        app, request, actor, "public/outcome.html", facts, tables=tables, today=today.isoformat(), words=words
    )


def outcome_facts(known: Almanac, found: Outcome, today: date) -> dict[str, Any]:
    """All that is told of an outcome."""
    meeting = known.every_meeting[found.meeting]
    facts = told(known, found)
    life = life_of(known, found)
    last = max((step["date"] for step in life if step["date"]), default=found.day)
    return facts | {
        "meeting": {
            "path": meeting.path, "title": meeting.title, "starts": meeting.starts, "rehearsal": meeting.rehearsal,
            "format": meeting.format, "origin": meeting.origin, "confidence": meeting.confidence,
        },
        "format": known.formats.get(meeting.format),
        "life": life,
        "silence": span(last, today.isoformat()) if last[:10] < today.isoformat() else "",
        "last": last,
        "part_lives": [part(known, each) | {"life": life_of(known, each)} for each in known.parts.get(found.id, ())],
        "chain": chain(known, found),
        "sources": sources_of(known, found),
    }  # fmt: skip


def life_of(known: Almanac, outcome: Outcome) -> list[dict[str, Any]]:
    """Announcement, deliveries, and the steps of those that follow it, in order of time; undated ones last."""
    steps: list[dict[str, Any]] = [
        {"date": outcome.day, "what": "announced", "outcome": outcome, "state": "", "amount": outcome.amount,
         "summary": outcome.summary, "delivery": None}
    ]  # fmt: skip
    steps += [
        {"date": each.date, "what": "delivery", "outcome": outcome, "state": each.state, "amount": each.amount,
         "summary": each.summary, "delivery": each}
        for each in outcome.deliveries
    ]  # fmt: skip
    held = known.every_meeting.get(outcome.fulfilled_by or "")
    if held and not outcome.deliveries:
        steps.append({
            "date": held.starts, "what": "held", "outcome": outcome, "state": "delivered", "amount": None,
            "summary": held.title, "delivery": None,
        })  # fmt: skip
    return steps[:1] + sorted(steps[1:], key=lambda step: step["date"] or "9999")


def chain(known: Almanac, outcome: Outcome) -> list[Outcome]:
    """What it follows, back to the first, and what follows it; in order of time. Itself at least."""
    made, at = [outcome], outcome
    while (before := known.by_id.get(at.follows or "")) and len(made) < DEEPEST and before not in made:
        made.insert(0, before)
        at = before
    made += [each for each in known.followers.get(outcome.id, ()) if each not in made]
    return made


def sources_of(known: Almanac, outcome: Outcome) -> list[dict[str, Any]]:
    """The sources of the promise, of each report on it, and of those of its parts, by meeting."""
    wanted: dict[str, set[int]] = {}
    for each in (outcome, *known.parts.get(outcome.id, ())):
        numbers = wanted.setdefault(each.meeting, set())
        numbers.update(each.sources)
        numbers.update(d.source for d in each.deliveries if d.source)
    made = []
    for id_, numbers in wanted.items():
        meeting = known.every_meeting.get(id_)
        found: list[Source] = [s for s in meeting.sources if s.n in numbers] if meeting else []
        made.append({"meeting": id_, "path": meeting.path if meeting else "", "sources": found})
    return made


def _step_row(step: dict[str, Any]) -> list[Any]:
    amount = step["amount"] or {}
    return [
        step["date"], step["outcome"].id, step["what"], step["state"], amount.get("value"), amount.get("currency"),
        step["summary"], step["delivery"].source if step["delivery"] else None,
    ]  # fmt: skip
