"""An adopted text becomes public, with its signatures and the explanations beside it."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, Notice, Occasion, Viewer, act, effect, guard, notice, phrase
from suhbat.acts.roles_and_seats import STAFF
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.audiences import PARTICIPANTS
from suhbat.record.entries import LONGEST, Entry
from suhbat.record.hashing import canonical
from suhbat.texts.adoption.adoption_question import AskAdoption
from suhbat.texts.adoption.canonical_text import document
from suhbat.texts.models import Explanation, Signature, Text
from suhbat.texts.text_guard_checks import meeting_and_text, text_of

_ROOM = 4_000
"""Bytes of an entry that are reserved for everything except the document."""


class TextPublished(Body, frozen=True, kw_only=True):
    """The text as it became public."""

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
    )
    signatures = select(Signature.entry).where(Signature.text == text.id)
    explanations = select(Explanation.entry).where(Explanation.text == text.id)
    entries = occasion.session.scalars(signatures.union(explanations))
    return Decision(body, releases=tuple(sorted(entries)))


@effect("text.published")
def published(session: Session, entry: Entry, body: TextPublished) -> None:
    """Anyone may read the text."""
    text = text_of(session, entry.meeting, body.text)
    text.published, text.changed = True, entry.number


@phrase("text.published")
def say_published(_entry: Entry, body: TextPublished) -> str:
    """Which text is published."""
    return gettext("“%(title)s” is published") % {"title": body.title}


@notice("text.published")
def tell_published(entry: Entry, body: TextPublished) -> Notice:
    """Everyone with a seat at the meeting, without the title of the text."""
    page = f"/meetings/{entry.meeting}/texts/{body.text}"
    return Notice(gettext("An adopted text is published."), (PARTICIPANTS,), page=page)
