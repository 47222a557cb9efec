"""The page of an outcome: its steps from the announcement to today, with the sources of every step."""

from datetime import date
from typing import Any

from litestar import get
from litestar.response import Response
from sqlalchemy.orm import Session

from suhbat.acts.app import App
from suhbat.acts.cross_package_links import pointing_to
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.clock import instant
from suhbat.ground.refusals import not_found
from suhbat.meetings.meeting_day import day_at
from suhbat.meetings.models import Meeting as MeetingRow
from suhbat.outcomes.models import Outcome as OutcomeRow
from suhbat.public.presentation.outcome_view import citation, describe_outcome, describe_part, span
from suhbat.public.read_model.almanac import Almanac, current_almanac
from suhbat.public.read_model.fact_types import Outcome, Source
from suhbat.public.web.responses import answer
from suhbat.public.web.withdrawn_pages import gone
from suhbat.record.models import EntryRow

DEEPEST = 8


@get("/outcomes/{format_:str}/{slug:str}/{name:str}", sync_to_thread=True)
def outcome_page(request: AnyRequest, app: App, actor: Viewer, format_: str, slug: str, name: str) -> Response[Any]:
    """The page of one outcome, or the notice that its meeting was withdrawn."""
    with app.database.reading() as session:
        almanac = current_almanac(app.database, session)
        outcome = almanac.by_id.get(f"{format_}/{slug}#{name}")
        if outcome is None and f"{format_}/{slug}" not in almanac.every_meeting:
            return gone(app, request, actor, session, f"{format_}/{slug}")
        if outcome is None:
            raise not_found()
        relations = pointing_to(session, actor, "outcome", [outcome.id])[outcome.id]
        words = [relation for relation in relations if not relation.offers]
        entered = session.get(EntryRow, outcome.entry) if outcome.origin == "held" else None
        said_on = instant(entered.time).date().isoformat() if entered else outcome.day
        reportable = may_be_reported(app, session, actor, outcome)
    meeting = almanac.every_meeting[outcome.meeting]
    today = day_at(meeting, app.clock())
    facts = outcome_facts(almanac, outcome, today, outcome.day if meeting.rehearsal else max(said_on, outcome.day))
    url = app.settings.origin + outcome.path
    facts["citation"] = citation(outcome.title or outcome.summary, facts["format"], meeting, url, today.isoformat())
    tables = {"life": (("date", "outcome", "what", "state", "value", "currency", "summary", "source"),
                       [_step_row(step) for step in facts["life"]])}  # fmt: skip
    return answer(
        app, request, actor, "public/outcome.html", facts, tables=tables, today=today.isoformat(), words=words,
        reportable=reportable,
    )  # fmt: skip


def may_be_reported(app: App, session: Session, actor: Viewer, outcome: Outcome) -> bool:
    """Whether this reader may report what became of an outcome of a meeting held here."""
    if actor.anonymous or outcome.origin != "held":
        return False
    row, meeting = session.get(OutcomeRow, outcome.id), session.get(MeetingRow, outcome.meeting)
    return row is not None and meeting is not None and app.door.offers(actor, "delivery.reported", meeting, row)


def outcome_facts(almanac: Almanac, outcome: Outcome, today: date, said_on: str = "") -> dict[str, Any]:
    """All facts on the page of an outcome; `said_on` is the day it was entered, if the meeting was held here."""
    meeting = almanac.every_meeting[outcome.meeting]
    facts = describe_outcome(almanac, outcome)
    life = life_steps(almanac, outcome)
    last = max((step["date"] for step in life if step["date"]), default=outcome.day)
    last = max(last, said_on)
    return facts | {
        "meeting": {
            "path": meeting.path, "title": meeting.title, "starts": meeting.starts, "rehearsal": meeting.rehearsal,
            "format": meeting.format, "origin": meeting.origin, "confidence": meeting.confidence,
        },
        "format": almanac.formats.get(meeting.format),
        "life": life,
        "silence": span(last, today.isoformat()) if last[:10] < today.isoformat() else "",
        "last": last,
        "part_lives": [
            describe_part(almanac, part) | {"life": life_steps(almanac, part)}
            for part in almanac.parts.get(outcome.id, ())
        ],
        "chain": chain(almanac, outcome),
        "sources": sources_of(almanac, outcome),
    }  # fmt: skip


def life_steps(almanac: Almanac, outcome: Outcome) -> list[dict[str, Any]]:
    """The steps of an outcome in order of time: announcement, deliveries, promised meeting; undated steps last."""
    steps: list[dict[str, Any]] = [
        {"date": outcome.day, "what": "announced", "outcome": outcome, "state": "", "amount": outcome.amount,
         "summary": outcome.summary, "delivery": None}
    ]  # fmt: skip
    steps += [
        {"date": delivery.date, "what": "delivery", "outcome": outcome, "state": delivery.state,
         "amount": delivery.amount, "summary": delivery.summary, "delivery": delivery}
        for delivery in outcome.deliveries
    ]  # fmt: skip
    next_meeting = almanac.every_meeting.get(outcome.fulfilled_by or "")
    if next_meeting and not outcome.deliveries:
        steps.append({
            "date": next_meeting.starts, "what": "held", "outcome": outcome, "state": "delivered", "amount": None,
            "summary": next_meeting.title, "delivery": None,
        })  # fmt: skip
    return steps[:1] + sorted(steps[1:], key=lambda step: step["date"] or "9999")


def chain(almanac: Almanac, outcome: Outcome) -> list[Outcome]:
    """The outcomes that this one takes up, itself, and those that take it up, in order of time."""
    outcomes, earliest = [outcome], outcome
    while (
        (earlier := almanac.by_id.get(earliest.follows or "")) and len(outcomes) < DEEPEST and earlier not in outcomes
    ):
        outcomes.insert(0, earlier)
        earliest = earlier
    outcomes += [later for later in almanac.followers.get(outcome.id, ()) if later not in outcomes]
    return outcomes


def sources_of(almanac: Almanac, outcome: Outcome) -> list[dict[str, Any]]:
    """The sources of the promise, of its parts and of all reports on them, by meeting."""
    numbers_by_meeting: dict[str, set[int]] = {}
    for outcome_or_part in (outcome, *almanac.parts.get(outcome.id, ())):
        numbers = numbers_by_meeting.setdefault(outcome_or_part.meeting, set())
        numbers.update(outcome_or_part.sources)
        numbers.update(d.source for d in outcome_or_part.deliveries if d.source)
    blocks = []
    for id_, numbers in numbers_by_meeting.items():
        meeting = almanac.every_meeting.get(id_)
        sources: list[Source] = [s for s in meeting.sources if s.n in numbers] if meeting else []
        blocks.append({"meeting": id_, "path": meeting.path if meeting else "", "sources": sources})
    return blocks


def _step_row(step: dict[str, Any]) -> list[Any]:
    amount = step["amount"] or {}
    return [
        step["date"], step["outcome"].id, step["what"], step["state"], amount.get("value"), amount.get("currency"),
        step["summary"], step["delivery"].source if step["delivery"] else None,
    ]  # fmt: skip
