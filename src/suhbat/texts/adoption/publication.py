"""An adopted text becomes public, with its signatures and the explanations beside it."""

from typing import Any, ClassVar

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, Notice, Occasion, Viewer, act, effect, guard, notice, phrase
from suhbat.acts.bodies import Shape, upcaster
from suhbat.acts.roles_and_seats import STAFF
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.audiences import PARTICIPANTS
from suhbat.record.entries import LONGEST, Entry
from suhbat.record.hashing import canonical
from suhbat.texts.adoption.adoption_question import AskAdoption
from suhbat.texts.adoption.canonical_text import document
from suhbat.texts.models import AskedForAdoption, Explanation, Signature, Text
from suhbat.texts.text_guard_checks import meeting_and_text, text_of

_ROOM = 4_000
"""Bytes of an entry that are reserved for everything except the document."""


class AdoptedByConsensus(msgspec.Struct, frozen=True, kw_only=True):
    """The question by which a text was adopted in the room."""

    asked: str
    """Its id."""
    silent: list[str]
    """Delegations without an answer after the last call."""
    absent: list[str]
    """Delegations without a head in the room."""


class TextFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is public of a text beside its words. `models.Text` says what each of these means."""

    kind: str
    language: str
    languages: list[str]
    order: list[str]
    algorithm: int
    follows: str | None
    """The text that it was begun from, if that one is published too."""
    corrects: str | None
    opened: int
    consensus: AdoptedByConsensus | None
    """None if it was not adopted in the room."""


class TextPublished(Body, frozen=True, kw_only=True):
    """The text as it became public."""

    version: ClassVar[int] = 2
    text: str
    """The name of the text within its meeting."""
    title: str
    digest: str
    """SHA-256 of the adopted text, in hex: what heads sign."""
    adopted: str
    """The instant as of which it is adopted (`clock.stamp`)."""
    adopted_by: str
    """`silence` or `consensus`."""
    document: dict[str, Any] | None
    """The text itself; null where it is too long for an entry. Its `form` says what its keys are (`canonical_text`)."""
    facts: TextFacts | None
    """What is public of it beside its words; none in version 1."""


@upcaster("text.published", 1)
def from_version_1(shape: Shape) -> Shape:
    """Version 1 told the words only."""
    return {**shape, "facts": None}


@guard("text.published")
def may_publish(_viewer: Viewer, _meeting: Meeting, text: Text) -> None:
    """The text is adopted, and not yet published."""
    if text.status != "adopted":
        raise out_of_order(lazy("Only an adopted text can be published."))
    if text.published:
        raise out_of_order(lazy("This text is published."))


@act("text.published", "Publish the adopted text", by=STAFF, audience="public")
def publish(occasion: Occasion, inputs: AskAdoption) -> Decision[TextPublished]:
    """The secretariat publishes an adopted text.

    The entry holds the text itself, or its hash where it is too long for one entry; anyone can check either against
    the signatures.
    """
    meeting, text = meeting_and_text(occasion, inputs)
    may_publish(occasion.actor, meeting, text)
    content = document(occasion.session, text)
    body = TextPublished(
        text=text.name,
        title=text.title,
        digest=text.digest,
        adopted=text.adopted or "",
        adopted_by=text.adopted_by,
        document=content if len(canonical(content)) < LONGEST - _ROOM else None,
        facts=_facts(occasion.session, text),
    )
    signatures = select(Signature.entry).where(Signature.text == text.id)
    explanations = select(Explanation.entry).where(Explanation.text == text.id)
    entries = occasion.session.scalars(signatures.union(explanations))
    return Decision(body, releases=tuple(sorted(entries)))


def _facts(session: Session, text: Text) -> TextFacts:
    begun_from = session.get(Text, text.follows) if text.follows else None
    query = select(AskedForAdoption).where(AskedForAdoption.text == text.id, AskedForAdoption.status == "adopted")
    asked = session.scalar(query.order_by(AskedForAdoption.entry.desc()).limit(1))
    return TextFacts(
        kind=text.kind,
        language=text.language,
        languages=text.languages,
        order=text.order,
        algorithm=text.algorithm,
        follows=begun_from.id if begun_from and begun_from.published else None,
        corrects=text.corrects,
        opened=text.opened,
        consensus=AdoptedByConsensus(asked=asked.id, silent=asked.silent, absent=asked.absent) if asked else None,
    )


@effect("text.published")
def published(session: Session, entry: Entry, body: TextPublished) -> None:
    """Anyone may read the text. Whoever could not read the negotiation has it from now on."""
    text = session.get(Text, f"{entry.meeting}/{body.text}")
    if text is None and body.facts:
        text = _published_text(session, entry, body, body.facts)
    text = text or text_of(session, entry.meeting, body.text)
    text.published, text.changed = True, entry.number


def _published_text(session: Session, entry: Entry, body: TextPublished, facts: TextFacts) -> Text:
    own = {name: getattr(facts, name) for name in TextFacts.__struct_fields__ if name != "consensus"}
    text = Text(
        id=f"{entry.meeting}/{body.text}",
        meeting=entry.meeting,
        name=body.text,
        title=body.title,
        status="adopted",
        digest=body.digest,
        adopted=body.adopted,
        adopted_by=body.adopted_by,
        changed=entry.number,
        **own,
    )
    session.add(text)
    session.flush()
    if question := facts.consensus:
        asked = AskedForAdoption(id=question.asked, text=text.id, digest=body.digest, status="adopted")
        asked.silent, asked.absent, asked.entry = question.silent, question.absent, entry.number
        session.add(asked)
    return text


@phrase("text.published")
def say_published(_entry: Entry, body: TextPublished) -> str:
    """Which text is published."""
    return gettext("“%(title)s” is published") % {"title": body.title}


@notice("text.published")
def tell_published(entry: Entry, body: TextPublished) -> Notice:
    """Everyone with a seat at the meeting, without the title of the text."""
    page = f"/meetings/{entry.meeting}/texts/{body.text}"
    return Notice(gettext("An adopted text is published."), (PARTICIPANTS,), page=page)
