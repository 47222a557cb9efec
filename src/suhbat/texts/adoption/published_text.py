"""The words of a published text, in public entries: its paragraphs in all languages, and how it was adopted.

It was negotiated in closed entries, which stay closed. What is published of it stands here, so that whoever may read
only the public record has the whole text.
"""

from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Body, Input, Occasion, act, effect, follow, guard, phrase
from suhbat.acts.body_parts import in_parts
from suhbat.acts.roles_and_seats import Role, Viewer
from suhbat.ground.clock import stamp
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry
from suhbat.texts.models import OutcomeLink, Paragraph, Revision, Text, Version
from suhbat.texts.negotiation.outcome_links import ParagraphLinked, ParagraphUnlinked, links_between, public_outcomes
from suhbat.texts.text_guard_checks import InText, meeting_and_text, text_of, title_and_paragraphs


class PublishedVersion(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph in a further language."""

    language: str
    wording: str
    follows: int
    """The revision of the leading language that it translates."""
    confirmed: list[str]
    """The delegations that confirmed it."""
    entry: int
    """The number of the entry that wrote it."""


class PublishedParagraph(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph of the published text. `models.Paragraph` says what the kinds are."""

    id: str
    position: int
    kind: str
    revision: int
    wording: str
    status: str
    changed: int
    versions: list[PublishedVersion]
    outcomes: list[str]
    """The ids of the meeting's outcomes that it puts into words, of those that are public by now."""


class TextPartPublished(Body, frozen=True, kw_only=True):
    """A part of the published text."""

    text: str
    """The name of the text within its meeting."""
    title: str
    part: int
    """Counted from 1."""
    parts: int
    paragraphs: list[PublishedParagraph]
    """Those of this part, in order; the title is the first of all."""


class PublishPart(InText, frozen=True, kw_only=True):
    """The part to publish."""

    part: Annotated[int, Meta(title="Part", ge=1, le=10_000, extra={"widget": "hidden"})] = 1


@guard("text.part_published")
def may_publish(_viewer: Viewer, _meeting: Meeting, text: Text) -> None:
    """The text is published."""
    if not text.published:
        raise out_of_order(lazy("This text is not published."))


@act("text.part_published", "Publish the words of the text", by={Role.SYSTEM}, audience="public")
def publish(occasion: Occasion, inputs: PublishPart) -> TextPartPublished:
    """When an adopted text is published, the system publishes its paragraphs in all its languages.

    A long text stands in several entries.
    """
    meeting, text = meeting_and_text(occasion, inputs)
    may_publish(occasion.actor, meeting, text)
    parts = in_parts(_paragraphs(occasion.session, text))
    if inputs.part > len(parts):
        raise out_of_order(lazy("The text has no such part."))
    return TextPartPublished(
        text=text.name, title=text.title, part=inputs.part, parts=len(parts), paragraphs=parts[inputs.part - 1]
    )


def _paragraphs(session: Session, text: Text) -> list[PublishedParagraph]:
    """The title and all paragraphs with words, in their order."""
    rows = [paragraph for paragraph in title_and_paragraphs(session, text.id) if paragraph.wording]
    ids = [row.id for row in rows]
    versions: dict[str, list[PublishedVersion]] = {}
    of_text = Version.paragraph.in_(ids), Version.language.in_(text.languages)
    for version in session.scalars(select(Version).where(*of_text).order_by(Version.language)):
        values = {name: getattr(version, name) for name in PublishedVersion.__struct_fields__}
        versions.setdefault(version.paragraph, []).append(PublishedVersion(**values))
    outcomes: dict[str, list[str]] = {}
    for link in _public_links(session, text):
        outcomes.setdefault(link.paragraph, []).append(link.outcome)
    return [
        PublishedParagraph(
            id=row.id,
            position=row.position,
            kind=row.kind,
            revision=row.revision,
            wording=row.wording,
            status=row.status,
            changed=row.changed,
            versions=versions.get(row.id, []),
            outcomes=outcomes.get(row.id, []),
        )
        for row in rows
    ]


def _public_links(session: Session, text: Text) -> list[OutcomeLink]:
    """The links to outcomes that anyone may know of. Those of outcomes that were not published stay closed."""
    query = select(OutcomeLink).join(Paragraph, Paragraph.id == OutcomeLink.paragraph).where(Paragraph.text == text.id)
    links = session.scalars(query.order_by(OutcomeLink.outcome)).all()
    known = public_outcomes(session, text.meeting) if links else set()
    return [link for link in links if link.outcome in known]


@effect("text.part_published")
def published(session: Session, entry: Entry, body: TextPartPublished) -> None:
    """Whoever could not read the negotiation has the words and the links from here."""
    text = text_of(session, entry.meeting, body.text)
    known = public_outcomes(session, entry.meeting)
    for paragraph in body.paragraphs:
        if session.get(Paragraph, paragraph.id) is None:
            _add(session, entry, text, paragraph)
        for outcome in paragraph.outcomes:
            if not links_between(session, paragraph.id, outcome):
                session.add(OutcomeLink(paragraph=paragraph.id, outcome=outcome, entry=entry.number))
        for link in links_between(session, paragraph.id, None):
            if link.outcome in known and link.outcome not in paragraph.outcomes:
                session.delete(link)  # taken away by a closed entry


def _add(session: Session, entry: Entry, text: Text, paragraph: PublishedParagraph) -> None:
    own = {name: getattr(paragraph, name) for name in ("id", "position", "kind", "revision", "wording", "status")}
    session.add(Paragraph(text=text.id, changed=paragraph.changed, **own))
    session.flush()
    at = {"paragraph": paragraph.id, "entry": entry.number}
    number, wording = paragraph.revision, paragraph.wording
    session.add(Revision(number=number, wording=wording, why="opened", time=stamp(entry.time), **at))
    for version in paragraph.versions:
        session.add(Version(paragraph=paragraph.id, **msgspec.structs.asdict(version)))


@follow("text.published")
def publish_words(_session: Session, entry: Entry, body: Body) -> Iterable[tuple[str, Input]]:
    """The words follow the publication."""
    yield "text.part_published", PublishPart(meeting=entry.meeting, text=body.text)  # type: ignore[attr-defined]


@follow("minutes.published")
def publish_links(session: Session, entry: Entry) -> Iterable[tuple[str, Input]]:
    """Outcomes that become public after a text: its public words name them now."""
    texts = select(Text).where(Text.meeting == entry.meeting, Text.published.is_(True)).order_by(Text.id)
    for text in session.scalars(texts).all():
        if _public_links(session, text):
            yield "text.part_published", PublishPart(meeting=entry.meeting, text=text.name)


@follow("paragraph.linked")
def publish_link(session: Session, entry: Entry, body: ParagraphLinked) -> Iterable[tuple[str, Input]]:
    """A paragraph of a published text that is linked to a public outcome, or to none any more."""
    is_public = body.of is None or body.of in public_outcomes(session, entry.meeting)
    if is_public and text_of(session, entry.meeting, body.text).published:
        yield "text.part_published", PublishPart(meeting=entry.meeting, text=body.text)


@follow("paragraph.unlinked")
def publish_unlinking(session: Session, entry: Entry, body: ParagraphUnlinked) -> Iterable[tuple[str, Input]]:
    """A paragraph of a published text that is linked to a public outcome no more."""
    if body.of in public_outcomes(session, entry.meeting) and text_of(session, entry.meeting, body.text).published:
        yield "text.part_published", PublishPart(meeting=entry.meeting, text=body.text)


@follow("text.part_published")
def publish_further(_session: Session, entry: Entry, body: TextPartPublished) -> Iterable[tuple[str, Input]]:
    """A long text goes on in the next entry."""
    if body.part < body.parts:
        yield "text.part_published", PublishPart(meeting=entry.meeting, text=body.text, part=body.part + 1)


@phrase("text.part_published")
def say_published(_entry: Entry, body: TextPartPublished) -> str:
    """Which text's words stand in the public record."""
    return gettext("The words of “%(title)s” are in the public record.") % {"title": body.title}
