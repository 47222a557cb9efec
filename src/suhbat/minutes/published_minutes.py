"""The words of a published summary record, in public entries: its paragraphs, and the names of those who took part.

The draft was written and edited in closed entries, which stay closed. What is published of it stands here, so that
whoever may read only the public record has the whole document.
"""

from collections.abc import Iterable
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, InMeeting, Input, Occasion, act, effect, follow, guard, phrase
from suhbat.acts.body_parts import in_parts
from suhbat.acts.roles_and_seats import Role, Viewer
from suhbat.ground.language import _, lazy
from suhbat.ground.refusals import out_of_order
from suhbat.meetings.meeting_facts import InTheChair
from suhbat.meetings.models import AgendaItem, Delegation, Meeting
from suhbat.minutes.draft_state import draft_of
from suhbat.minutes.minutes_agreement import meeting_of
from suhbat.minutes.models import Minutes, MinutesParagraph
from suhbat.minutes.outcomes_in_log import LoggedOutcome, outcomes_in
from suhbat.record.entries import Entry
from suhbat.record.reading import all_of_meeting


class PublishedParagraph(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph as it is published. `models.MinutesParagraph` names the kinds."""

    name: str
    position: int
    kind: str
    delegation: str
    text: str
    entries: list[int]
    about: dict[str, Any]
    changed: int
    """The number of the entry that last changed it."""


class NamedDelegation(msgspec.Struct, frozen=True, kw_only=True):
    """Who sat for a delegation, as its credentials say."""

    state: str
    name: str | None
    office: str | None
    others: list[dict[str, Any]]
    """Further members: `name`, `office`, `role`."""


class NamedItem(msgspec.Struct, frozen=True, kw_only=True):
    """An agenda item that a paragraph or an outcome names."""

    id: str
    position: int
    title: str
    topic: str


class WordsPublished(Body, frozen=True, kw_only=True):
    """A part of the published summary record."""

    part: int
    """Counted from 1."""
    parts: int
    paragraphs: list[PublishedParagraph]
    """Those of this part, in order."""
    delegations: list[NamedDelegation]
    """Those of this part, in protocol order."""
    items: list[NamedItem]
    """Those of this part, in their order."""
    chair: InTheChair


class PublishWords(InMeeting, frozen=True, kw_only=True):
    """The part to publish."""

    part: Annotated[int, Meta(title=_("Part"), ge=1, le=10_000, extra={"widget": "hidden"})] = 1


@guard("minutes.words_published")
def may_publish(_viewer: Viewer, meeting: Meeting) -> None:
    """The summary record is published."""
    if meeting.status != "published":
        raise out_of_order(lazy("The summary record is not published."))


@act("minutes.words_published", "Publish the words of the summary record", by={Role.SYSTEM}, audience="public")
def publish(occasion: Occasion, inputs: PublishWords) -> WordsPublished:
    """With the summary record, the system publishes its words and the names of those who took part.

    A long one stands in several entries.
    """
    meeting = meeting_of(occasion.session, inputs.meeting)
    may_publish(occasion.actor, meeting)
    public_outcomes = _public_outcomes(occasion.session, meeting)
    paragraphs = [
        _published(row)
        for row in draft_of(occasion.session, meeting).paragraphs
        if row.kind != "outcome" or row.about.get("outcome") in public_outcomes
    ]
    rows_in_order: list[PublishedParagraph | NamedDelegation | NamedItem] = [
        *paragraphs,
        *map(_named, meeting.delegations),
        *_items(meeting, paragraphs, public_outcomes.values()),
    ]
    parts = in_parts(rows_in_order)
    if inputs.part > len(parts):
        raise out_of_order(lazy("The summary record has no such part."))
    rows = parts[inputs.part - 1]
    return WordsPublished(
        part=inputs.part,
        parts=len(parts),
        paragraphs=[row for row in rows if isinstance(row, PublishedParagraph)],
        delegations=[row for row in rows if isinstance(row, NamedDelegation)],
        items=[row for row in rows if isinstance(row, NamedItem)],
        chair=InTheChair(state=meeting.chair_state or "", name=meeting.chair_name, office=meeting.chair_office),
    )


def _published(row: MinutesParagraph) -> PublishedParagraph:
    return PublishedParagraph(**{name: getattr(row, name) for name in PublishedParagraph.__struct_fields__})


def _named(row: Delegation) -> NamedDelegation:
    return NamedDelegation(state=row.state, name=row.head_name, office=row.head_office, others=row.others)


def _public_outcomes(session: Session, meeting: Meeting) -> dict[str, LoggedOutcome]:
    """By id, the outcomes that were published. Nobody is told of others: an id has the words of a title."""
    logged = outcomes_in(all_of_meeting(session, meeting.id))
    return {outcome.id: outcome for outcome in logged if outcome.confirmed}


def _items(
    meeting: Meeting, paragraphs: Iterable[PublishedParagraph], outcomes: Iterable[LoggedOutcome]
) -> list[NamedItem]:
    """The agenda items that are public with the record, whether or not the agenda was released."""
    named = {str(paragraph.about.get("item", "")) for paragraph in paragraphs}
    named |= {str(outcome.wording.item) for outcome in outcomes}
    return [
        NamedItem(id=item.id, position=item.position, title=item.title, topic=item.topic)
        for item in meeting.agenda
        if item.id in named
    ]


@effect("minutes.words_published")
def published(session: Session, entry: Entry, body: WordsPublished) -> None:
    """Whoever could not read the draft has the words from here."""
    minutes, meeting = session.get_one(Minutes, entry.meeting), session.get_one(Meeting, entry.meeting)
    known = {paragraph.name for paragraph in minutes.paragraphs}
    for paragraph in body.paragraphs:
        if paragraph.name not in known:
            minutes.paragraphs.append(MinutesParagraph(**msgspec.structs.asdict(paragraph)))
    meeting.chair_name, meeting.chair_office = body.chair.name, body.chair.office
    on_the_agenda = {item.id for item in meeting.agenda}
    for item in body.items:
        if item.id not in on_the_agenda:
            meeting.agenda.append(AgendaItem(**msgspec.structs.asdict(item)))
    by_state = {delegation.state: delegation for delegation in meeting.delegations}
    for named in body.delegations:
        delegation = by_state[named.state]
        delegation.head_name, delegation.head_office, delegation.others = named.name, named.office, named.others


@follow("minutes.published")
def publish_words(_session: Session, entry: Entry) -> Iterable[tuple[str, Input]]:
    """The words follow the publication."""
    yield "minutes.words_published", PublishWords(meeting=entry.meeting)


@follow("minutes.words_published")
def publish_further(_session: Session, entry: Entry, body: WordsPublished) -> Iterable[tuple[str, Input]]:
    """A long summary record goes on in the next entry."""
    if body.part < body.parts:
        yield "minutes.words_published", PublishWords(meeting=entry.meeting, part=body.part + 1)


@phrase("minutes.words_published")
def say_published(_entry: Entry, _body: WordsPublished) -> str:
    """That the words stand in the public record."""
    return _("The words of the summary record are in the public record.")
