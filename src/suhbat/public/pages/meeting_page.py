"""The public page of a meeting that was reported or held here."""

from typing import Any

from litestar import get
from litestar.response import Redirect, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.app import App, address
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import Viewer
from suhbat.meetings.page_addresses import desk_of
from suhbat.meetings.queries import visible_meeting
from suhbat.minutes.minutes_agreement import agreed_by_all
from suhbat.minutes.models import Minutes, MinutesParagraph
from suhbat.people.seat_managers import standing
from suhbat.public.charts.related_formats import company
from suhbat.public.presentation.outcome_view import citation, describe_outcome, has_money, in_order, span
from suhbat.public.presentation.provenance import convocation_entry, rests_on
from suhbat.public.read_model.almanac import Almanac, current_almanac
from suhbat.public.read_model.fact_types import HELD, Meeting, Outcome
from suhbat.public.web.responses import answer
from suhbat.public.web.withdrawn_pages import gone
from suhbat.record.audiences import PARTICIPANTS
from suhbat.texts.models import Text

SHOWN_KINDS = ("heading", "item", "text", "intervention")
"""The kinds of paragraphs of a summary record that are shown. Outcomes have a section of their own on the page."""


@get("/meetings/{format_:str}/{slug:str}", sync_to_thread=True)
def meeting_page(request: AnyRequest, app: App, actor: Viewer, format_: str, slug: str) -> Response[Any]:
    """The page of one meeting, or the notice that it was withdrawn."""
    with app.database.reading() as session:
        almanac = current_almanac(app.database, session)
        meeting = almanac.every_meeting.get(f"{format_}/{slug}")
        if meeting is None and actor.scope(f"{format_}/{slug}").sees(PARTICIPANTS):
            visible_meeting(session, actor, f"{format_}/{slug}")
            return Redirect(address(desk_of(f"{format_}/{slug}")), status_code=303)
        if meeting is None:
            return gone(app, request, actor, session, f"{format_}/{slug}")
        facts = meeting_facts(almanac, meeting)
        facts["held_by"] = convocation_entry(session, meeting.id) if meeting.origin == HELD else None
        facts["spoken"] = spoken(session, meeting) if meeting.origin == HELD else []
        facts["texts"] = published_texts(session, meeting) if meeting.origin == HELD else []
        seats_people = meeting.origin == HELD and bool(standing(session, actor, meeting.id))
        facts["agreed_by_all"] = bool(facts["spoken"]) and agreed_by_all(session, meeting.id)
    today = app.clock().date().isoformat()
    facts["citation"] = citation(meeting.title, facts["format"], meeting, app.settings.origin + meeting.path, today)
    return answer(
        app, request, actor, "public/meeting.html", facts, today=today, seats_people=seats_people,
        takes_part=actor.scope(meeting.id).sees(PARTICIPANTS),
    )  # fmt: skip


def meeting_facts(almanac: Almanac, meeting: Meeting) -> dict[str, Any]:
    """All facts on the page of a meeting."""
    outcomes = in_order(meeting.outcomes)
    whole_outcomes = [outcome for outcome in outcomes if not (outcome.part_of and _within(almanac, outcome, meeting))]
    money = [
        describe_outcome(almanac, outcome)
        for outcome in whole_outcomes
        if has_money(almanac, outcome) and outcome.kind in {"pledge", "project"}
    ]
    with_money = {row["outcome"].id for row in money}
    before, after = neighbours(almanac, meeting)
    related, more_related = company(almanac, meeting)
    return {
        "meeting": meeting,
        "path": meeting.path,
        "format": almanac.formats.get(meeting.format),
        "delegations": _chair_first(almanac, meeting),
        "money": money,
        "others": [describe_outcome(almanac, outcome) for outcome in whole_outcomes if outcome.id not in with_money],
        "promised_before": [
            {"outcome": promise, "path": promise.path} for promise in almanac.promised_in.get(meeting.id, ())
        ],
        "company": related,
        "company_more": more_related,
        "rests_on": rests_on(meeting),
        "previous": before,
        "next": after,
    }


def _within(almanac: Almanac, outcome: Outcome, meeting: Meeting) -> bool:
    whole = almanac.by_id.get(outcome.part_of or "")
    return whole is not None and whole.meeting == meeting.id


def _chair_first(almanac: Almanac, meeting: Meeting) -> list[dict[str, Any]]:
    chair = meeting.chair.state if meeting.chair else ""
    rows = []
    for delegation in sorted(meeting.delegations, key=lambda d: (d.state != chair, d.observer)):
        name, office = delegation.name, delegation.office
        if meeting.chair and delegation.state == chair and not name:
            name, office = meeting.chair.name, meeting.chair.office
        person = almanac.by_name.get((delegation.state, name or ""))
        rows.append({
            "state": delegation.state, "name": name, "office": office, "others": delegation.others,
            "observer": delegation.observer,
            "chair": delegation.state == chair, "person": person.path if person else None,
        })  # fmt: skip
    return rows


def neighbours(almanac: Almanac, meeting: Meeting) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """The previous and the next meeting, on the same level of the same format."""
    of_format = almanac.of_format.get(meeting.format, ())
    series = [other for other in of_format if other.level == meeting.level and not _is_rehearsal_of(meeting, other)]
    earlier = [other for other in series if (other.starts, other.id) < (meeting.starts, meeting.id)]
    later = [other for other in series if (other.starts, other.id) > (meeting.starts, meeting.id)]
    return _neighbour(earlier[-1:], meeting), _neighbour(later[:1], meeting)


def _is_rehearsal_of(meeting: Meeting, other: Meeting) -> bool:
    """Whether a rehearsal stages this meeting again; then the two are not neighbours."""
    return meeting.rehearsal and other.starts == meeting.starts


def _neighbour(meetings: list[Meeting], meeting: Meeting) -> dict[str, Any] | None:
    for other in meetings:
        first, last = sorted((other.starts, meeting.starts))
        return {
            "path": other.path, "starts": other.starts, "city": other.city, "title": other.title, "mode": other.mode,
            "gap": span(first, last),
        }  # fmt: skip
    return None


def published_texts(session: Session, meeting: Meeting) -> list[dict[str, Any]]:
    """The texts that the meeting adopted and published; a text under negotiation is not public."""
    c = Text
    query = (
        select(c.name, c.title, c.kind, c.language, c.languages, c.adopted, c.adopted_by)
        .where(c.meeting == meeting.id, c.published)
        .order_by(c.adopted, c.name)
    )
    return [
        {
            "path": f"{meeting.path}/texts/{row.name}", "title": row.title, "kind": row.kind, "adopted": row.adopted,
            "by": row.adopted_by, "languages": list(dict.fromkeys([row.language, *(row.languages or [])])),
        }
        for row in session.execute(query)
    ]  # fmt: skip


def spoken(session: Session, meeting: Meeting) -> list[dict[str, Any]]:
    """The paragraphs of the published summary record, with their entries. A draft is not shown."""
    c = MinutesParagraph
    query = (
        select(c.kind, c.text, c.delegation, c.about, c.entries)
        .join(Minutes, Minutes.meeting == c.meeting)
        .where(c.meeting == meeting.id, Minutes.published.is_not(None), c.kind.in_(SHOWN_KINDS))
        .order_by(c.position)
    )
    paragraphs = []
    for kind, text, delegation, about, entries in session.execute(query):
        speaker = {name: (about or {}).get(name, "") for name in ("speaker", "office")}
        paragraphs.append({"kind": kind, "text": text, "delegation": delegation, "entries": entries, **speaker})
    return paragraphs
