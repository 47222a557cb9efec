"""Opening a text, empty, from pasted paragraphs or from an earlier text."""

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, InMeeting, Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import STAFF
from suhbat.ground.ids import new_id
from suhbat.ground.language import Lazy, gettext, lazy
from suhbat.ground.refusals import invalid, not_found, out_of_order
from suhbat.ground.slugs import slug_of
from suhbat.ground.text_languages import NO_LANGUAGE, is_language
from suhbat.meetings.models import Delegation, Meeting
from suhbat.record.audiences import PARTICIPANTS
from suhbat.record.entries import Entry
from suhbat.texts.models import Text
from suhbat.texts.negotiation.paragraph_places import FreshParagraph, add_paragraph, keep_places
from suhbat.texts.negotiation.pasted_paragraphs import read_paragraphs
from suhbat.texts.text_guard_checks import TITLE, fit_title, paragraphs_of
from suhbat.texts.wording import numbering
from suhbat.texts.wording.word_difference import NEWEST

KINDS: dict[str, Lazy] = {
    "joint-statement": lazy("Joint statement"),
    "chairs-statement": lazy("Chair’s statement"),
    "action-plan": lazy("Action plan"),
    "recommendations": lazy("Recommendations for the next Dialogue"),
    "corrigendum": lazy("Corrigendum"),
}
"""The kinds of texts."""
Kind = Annotated[
    Literal["joint-statement", "chairs-statement", "action-plan", "recommendations", "corrigendum"],
    Meta(extra={"labels": KINDS}),
]


class OpenText(InMeeting, frozen=True, kw_only=True):
    """A text to be negotiated."""

    title: Annotated[str, Meta(title="Title", min_length=3, max_length=300, extra={"context": "a text's"})]
    kind: Annotated[Kind, Meta(title="Kind")] = "joint-statement"
    language: Annotated[str, Meta(title="Leading language", max_length=5, extra={"choices": "text languages"})] = "en"
    languages: Annotated[
        list[str], Meta(title="Further languages", extra={"choices": "text languages", "widget": "boxes"})
    ] = []
    begun_from: Annotated[
        str | None,
        Meta(title="Begin from an earlier text", extra={"choices": "texts of the format"}),
    ] = None
    corrects: Annotated[str | None, Meta(title="Corrects the adopted text", extra={"choices": "adopted texts"})] = None
    paragraphs: Annotated[
        str,
        Meta(
            title="Paragraphs",
            description="A blank line parts paragraphs. “# ” begins a section, “1. ” an operative paragraph, "
            "“(a) ” a sub-paragraph; what stands without a number before numbered ones is the preamble.",
            max_length=60_000,
            extra={"widget": "textarea"},
        ),
    ] = ""


class TextOpened(Body, frozen=True, kw_only=True):
    """The text as it was opened."""

    text: str
    """Its name within its meeting, which is its address."""
    title: str
    title_paragraph: str = ""
    """The id of the paragraph that is its title. In early entries empty: then the entry's number gives the id."""
    kind: str
    language: str
    """The language that leads, such as `en`."""
    languages: list[str]
    """The further languages."""
    order: list[str]
    """The delegations that negotiate it, in protocol order."""
    algorithm: int
    """The version of the difference algorithm by which it is compared for ever."""
    follows: str | None
    """The id of the text that it was begun from."""
    corrects: str | None
    """The id of the adopted text that this corrigendum corrects."""
    paragraphs: list[FreshParagraph]


@guard("text.opened")
def may_open(_viewer: Viewer, _meeting: Meeting, invited: Sequence[str]) -> None:
    """At least one delegation is invited."""
    if not invited:
        raise out_of_order(lazy("No delegation is invited yet: nobody could agree to anything."))


@act("text.opened", "Open a text", by=STAFF)
def open_(occasion: Occasion, inputs: OpenText) -> Decision[TextOpened]:
    """The chair's drafter opens a text for negotiation by the delegations of the meeting, in protocol order.

    It begins empty, with the paragraphs that are given, or with those of an earlier text. A corrigendum names the
    adopted text that it corrects. The difference algorithm of the day is the text's own for ever.
    """
    session = occasion.session
    meeting = session.get(Meeting, inputs.meeting)
    if meeting is None:
        raise not_found(lazy("There is no such meeting."))
    order = invited_to(session, meeting.id)
    may_open(occasion.actor, meeting, order)
    if not is_language(inputs.language):
        raise invalid(language=NO_LANGUAGE)
    if not all(map(is_language, inputs.languages)):
        raise invalid(languages=NO_LANGUAGE)
    if (inputs.kind == "corrigendum") != (inputs.corrects is not None):
        raise invalid(corrects=lazy("A corrigendum, and only a corrigendum, names the text that it corrects."))
    if inputs.corrects and _adopted(occasion, inputs.corrects) is None:
        raise invalid(corrects=lazy("Only an adopted text can be corrected."))
    if inputs.begun_from and inputs.paragraphs.strip():
        raise invalid(paragraphs=lazy("Begin from an earlier text or from these paragraphs, not from both."))
    title = fit_title(inputs.title)
    name = free_name(session, meeting.id, title)
    body = TextOpened(
        text=name,
        title=title,
        title_paragraph=new_id(),
        kind=inputs.kind,
        language=inputs.language,
        languages=[code for code in dict.fromkeys(inputs.languages) if code != inputs.language],
        order=order,
        algorithm=NEWEST,
        follows=inputs.begun_from,
        corrects=inputs.corrects,
        paragraphs=_copied(occasion, inputs.begun_from) if inputs.begun_from else read_paragraphs(inputs.paragraphs),
    )
    return Decision(body, reply={"then": f"/meetings/{meeting.id}/texts/{name}", "text": name})


def invited_to(session: Session, meeting: str) -> list[str]:
    """The delegations that will negotiate a text of this meeting, in protocol order."""
    query = select(Delegation.state).where(Delegation.meeting == meeting, Delegation.observer.is_(False))
    return list(session.scalars(query.order_by(Delegation.position, Delegation.state)))


@effect("text.opened")
def opened(session: Session, entry: Entry, body: TextOpened) -> None:
    """The text and its first revisions."""
    text = Text(
        id=f"{entry.meeting}/{body.text}",
        meeting=entry.meeting,
        name=body.text,
        title=body.title,
        kind=body.kind,
        language=body.language,
        languages=body.languages,
        order=body.order,
        algorithm=body.algorithm,
        follows=body.follows,
        corrects=body.corrects,
        opened=entry.number,
        changed=entry.number,
        status="drafting",
        digest="",
        adopted_by="",
    )
    session.add(text)
    session.flush()
    title = FreshParagraph(id=body.title_paragraph or f"t{entry.number}", kind=TITLE, wording=body.title)
    add_paragraph(session, entry, text, title, -1, "opened")
    for position, paragraph in enumerate(body.paragraphs):
        add_paragraph(session, entry, text, paragraph, position, "opened")
    keep_places(session, entry, text, "", [paragraph.id for paragraph in body.paragraphs])


@phrase("text.opened")
def say_opened(_entry: Entry, body: TextOpened) -> str:
    """The text by its title."""
    return gettext("A text is opened: %(title)s") % {"title": body.title}


def _copied(occasion: Occasion, text: str) -> list[FreshParagraph]:
    """Copies of the paragraphs of another text that the drafter may read; references among them get the new ids."""
    if _readable(occasion, text) is None:
        raise invalid(begun_from=lazy("There is no such text."))
    originals = [paragraph for paragraph in paragraphs_of(occasion.session, text) if paragraph.wording]
    names = {paragraph.id: new_id() for paragraph in originals}

    def renamed(reference: re.Match[str]) -> str:
        return f"§{{{names.get(reference[1], reference[1])}}}"

    return [
        FreshParagraph(id=names[source.id], kind=source.kind, wording=numbering.REFERENCE.sub(renamed, source.wording))
        for source in originals
    ]


def _readable(occasion: Occasion, name: str) -> Text | None:
    """A text that is published, or of a meeting in which the actor takes part; None for others, as if they were not."""
    text = occasion.session.get(Text, name)
    if text is None or text.published:
        return text
    return text if occasion.actor.scope(text.meeting).sees(PARTICIPANTS) else None


def _adopted(occasion: Occasion, name: str) -> Text | None:
    text = _readable(occasion, name)
    return text if text is not None and text.status == "adopted" else None


def free_name(session: Session, meeting: str, title: str) -> str:
    """A short address made of the title's Latin letters, or `text`; with a number where it is taken."""
    stem = slug_of(title, 60) or "text"
    return next(name for name in _names(stem) if session.get(Text, f"{meeting}/{name}") is None)


def _names(stem: str) -> Iterator[str]:
    yield stem
    n = 2
    while True:
        yield f"{stem}-{n}"
        n += 1
