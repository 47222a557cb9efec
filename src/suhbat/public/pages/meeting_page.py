"""The public page of a meeting, reported or held here."""

from typing import Any

from litestar import get
from litestar.response import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.actors import Viewer
from suhbat.acts.app import App
from suhbat.minutes.agreement import agreed_by_all
from suhbat.minutes.models import Minutes, MinutesParagraph
from suhbat.public.charts.related_formats import company
from suhbat.public.presentation.outcome_view import cited, has_money, in_order, span, told
from suhbat.public.presentation.provenance import convoked_by, rests_on
from suhbat.public.read_model.almanac import Almanac, almanac
from suhbat.public.read_model.facts import HELD, Meeting, Outcome
from suhbat.public.web.gone import gone
from suhbat.public.web.responses import Asked, answer
from suhbat.texts.models import Text

TOLD = ("heading", "item", "text", "intervention")
"""Kinds of paragraphs of a summary record that are shown here; outcomes are told with their fate instead."""


@get("/meetings/{format_:str}/{slug:str}", sync_to_thread=True)
def meeting_page(request: Asked, app: App, actor: Viewer, format_: str, slug: str) -> Response[Any]:
    """Who met, what was promised, what became of it."""
    with app.database.reading() as session:
        known = almanac(app.database, session)
        meeting = known.every_meeting.get(f"{format_}/{slug}")
        if meeting is None:
            return gone(app, request, actor, session, f"{format_}/{slug}")
        facts = meeting_facts(known, meeting)
        facts["held_by"] = convoked_by(session, meeting.id) if meeting.origin == HELD else None
        facts["spoken"] = spoken(session, meeting) if meeting.origin == HELD else []
        facts["texts"] = published_texts(session, meeting) if meeting.origin == HELD else []
        facts["agreed_by_all"] = bool(facts["spoken"]) and agreed_by_all(session, meeting.id)
    today = app.door.clock().date().isoformat()
    facts["citation"] = cited(meeting.title, facts["format"], meeting, app.settings.origin + meeting.path, today)
    roles = actor.roles_at(meeting.id)
    return answer(app, request, actor, "public/meeting.html", facts, today=today, roles=roles)


def meeting_facts(known: Almanac, meeting: Meeting) -> dict[str, Any]:
    """All that is told of a meeting."""
    own = in_order(meeting.outcomes)
    shown = [each for each in own if not (each.part_of and _within(known, each, meeting))]
    money = [told(known, each) for each in shown if has_money(known, each) and each.kind in {"pledge", "project"}]
    named = {card["outcome"].id for card in money}
    before, after = neighbours(known, meeting)
    beside, beside_more = company(known, meeting)
    return {
        "meeting": meeting,
        "path": meeting.path,
        "format": known.formats.get(meeting.format),
        "delegations": _chair_first(known, meeting),
        "money": money,
        "others": [told(known, each) for each in shown if each.id not in named],
        "promised_before": [{"outcome": each, "path": each.path} for each in known.promised_in.get(meeting.id, ())],
        "company": beside,
        "company_more": beside_more,
        "rests_on": rests_on(meeting),
        "previous": before,
        "next": after,
    }


def _within(known: Almanac, outcome: Outcome, meeting: Meeting) -> bool:
    whole = known.by_id.get(outcome.part_of or "")
    return whole is not None and whole.meeting == meeting.id


def _chair_first(known: Almanac, meeting: Meeting) -> list[dict[str, Any]]:
    chair = meeting.chair.state if meeting.chair else ""
    made = []
    for each in sorted(meeting.delegations, key=lambda d: (d.state != chair, d.observer)):
        name, office = each.name, each.office
        if meeting.chair and each.state == chair and not name:
            name, office = meeting.chair.name, meeting.chair.office
        person = known.by_name.get((each.state, name or ""))
        made.append({
            "state": each.state, "name": name, "office": office, "others": each.others, "observer": each.observer,
            "chair": each.state == chair, "person": person.path if person else None,
        })  # fmt: skip
    return made


def neighbours(known: Almanac, meeting: Meeting) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """The meeting before and the one after, on the same level of the same format."""
    of_format = known.of_format.get(meeting.format, ())
    series = [each for each in of_format if each.level == meeting.level and not _rehearsed(meeting, each)]
    earlier = [each for each in series if (each.starts, each.id) < (meeting.starts, meeting.id)]
    later = [each for each in series if (each.starts, each.id) > (meeting.starts, meeting.id)]
    return _beside(earlier[-1:], meeting), _beside(later[:1], meeting)


def _rehearsed(meeting: Meeting, other: Meeting) -> bool:
    """Whether a rehearsal stages this very meeting: it is not its neighbour."""
    return meeting.rehearsal and other.starts == meeting.starts


def _beside(found: list[Meeting], meeting: Meeting) -> dict[str, Any] | None:
    for other in found:
        first, last = sorted((other.starts, meeting.starts))
        return {
            "path": other.path, "starts": other.starts, "city": other.city, "title": other.title, "mode": other.mode,
            "gap": span(first, last),
        }  # fmt: skip
    return None


def published_texts(session: Session, meeting: Meeting) -> list[dict[str, Any]]:
    """The texts that the meeting adopted and published; one that is still negotiated is nobody's business."""
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
    """The published summary record, paragraph by paragraph, each with the entries it rests on; nothing of a draft."""
    c = MinutesParagraph
    query = (
        select(c.kind, c.text, c.delegation, c.about, c.entries)
        .join(Minutes, Minutes.meeting == c.meeting)
        .where(c.meeting == meeting.id, Minutes.published.is_not(None), c.kind.in_(TOLD))
        .order_by(c.position)
    )
    made = []
    for kind, text, delegation, about, entries in session.execute(query):
        named = {name: (about or {}).get(name, "") for name in ("speaker", "office")}
        made.append({"kind": kind, "text": text, "delegation": delegation, "entries": entries, **named})
    return made
