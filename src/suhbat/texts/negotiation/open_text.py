"""Opening a text, empty, from pasted paragraphs or from an earlier text; adding and moving paragraphs."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Decision, InMeeting, Occasion, act, effect, phrase
from suhbat.acts.actors import STAFF
from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import invalid, not_found, out_of_order
from suhbat.meetings.models import Delegation, Meeting
from suhbat.record.entries import Entry
from suhbat.record.reading import PARTICIPANTS
from suhbat.texts.lookup import (
    TITLE,
    Hidden,
    HiddenNumber,
    InText,
    as_seen,
    drafting_text,
    fit_title,
    labels_of,
    not_the_title,
    open_paragraph,
    paragraph_of,
    paragraphs_of,
    text_of,
)
from suhbat.texts.models import Paragraph, Placement, Revision, Text
from suhbat.texts.negotiation.paste import MOST, read_paragraphs
from suhbat.texts.place_labels import place_said
from suhbat.texts.wording import numbering
from suhbat.texts.wording.word_difference import NEWEST

Kind = Literal["joint-statement", "chairs-statement", "action-plan", "recommendations", "corrigendum"]
ParagraphKind = Literal["operative", "preambular", "section", "sub", "annex", "table"]


class OpenText(InMeeting, frozen=True, kw_only=True):
    """A text to be negotiated."""

    title: Annotated[str, Meta(title="Title", min_length=3, max_length=300, extra={"context": "a text's"})]
    kind: Annotated[Kind, Meta(title="Kind")] = "joint-statement"
    language: Annotated[str, Meta(title="Leading language", max_length=5, extra={"choices": "languages"})] = "en"
    languages: Annotated[
        list[str], Meta(title="Further languages", extra={"choices": "languages", "widget": "boxes"})
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


@act("text.opened", "Open a text", by=STAFF)
def open_(occasion: Occasion, inputs: OpenText) -> Decision[Any]:
    """The chair's drafter opens a text for negotiation by the delegations of the meeting, in protocol order.

    It begins empty, with the paragraphs that are given, or with those of an earlier text. A corrigendum names the
    adopted text that it corrects. The difference algorithm of the day is the text's own for ever.
    """
    session = occasion.session
    if session.get(Meeting, inputs.meeting) is None:
        raise not_found(lazy("There is no such meeting."))
    order = list(
        session.scalars(
            select(Delegation.state)
            .where(Delegation.meeting == inputs.meeting, Delegation.observer.is_(False))
            .order_by(Delegation.position, Delegation.state)
        )
    )
    if not order:
        raise out_of_order(lazy("No delegation is invited yet: nobody could agree to anything."))
    if (inputs.kind == "corrigendum") != (inputs.corrects is not None):
        raise invalid(corrects=lazy("A corrigendum, and only a corrigendum, names the text that it corrects."))
    if inputs.corrects and _adopted(occasion, inputs.corrects) is None:
        raise invalid(corrects=lazy("Only an adopted text can be corrected."))
    if inputs.begun_from and inputs.paragraphs.strip():
        raise invalid(paragraphs=lazy("Begin from an earlier text or from these paragraphs, not from both."))
    title = fit_title(inputs.title)
    name = free_name(session, inputs.meeting, title)
    given = _copied(occasion, inputs.begun_from) if inputs.begun_from else read_paragraphs(inputs.paragraphs)
    body = {
        "text": name,
        "title": title,
        "title_paragraph": new_id(),
        "kind": inputs.kind,
        "language": inputs.language,
        "languages": [code for code in dict.fromkeys(inputs.languages) if code != inputs.language],
        "order": order,
        "algorithm": NEWEST,
        "follows": inputs.begun_from,
        "corrects": inputs.corrects,
        "paragraphs": given,
    }
    return Decision(body, reply={"then": f"/meetings/{inputs.meeting}/texts/{name}", "text": name})


@effect("text.opened")
def opened(session: Session, entry: Entry) -> None:
    """The text and its first revisions."""
    body = entry.body
    text = Text(
        id=f"{entry.meeting}/{body['text']}",
        meeting=entry.meeting,
        name=body["text"],
        opened=entry.number,
        changed=entry.number,
        state="drafting",
        digest="",
        adopted_by="",
        **{k: body[k] for k in ("title", "kind", "language", "languages", "order", "algorithm", "follows", "corrects")},
    )
    session.add(text)
    session.flush()
    entitling = {"id": body.get("title_paragraph") or f"t{entry.number}", "kind": TITLE, "wording": body["title"]}
    add_paragraph(session, entry, text, entitling, -1, "opened")
    for place, given in enumerate(body["paragraphs"]):
        add_paragraph(session, entry, text, given, place, "opened")
    _note_places(session, entry, text, "", [each["id"] for each in body["paragraphs"]])


def _note_places(
    session: Session, entry: Entry, text: Text, after: str, paragraphs: list[str], *, moved: bool = False
) -> None:
    """Keep where paragraphs went, one behind the other."""
    for each in paragraphs:
        at = {"text": text.id, "entry": entry.number, "time": stamp(entry.time)}
        session.add(Placement(paragraph=each, after=after, moved=moved, **at))
        after = each
    session.flush()


def add_paragraph(session: Session, entry: Entry, text: Text, given: dict[str, Any], place: int, why: str) -> None:
    """A paragraph with its first revision; without wording it is only proposed and has none yet."""
    wording = given.get("wording", "")
    session.add(
        Paragraph(
            id=given["id"],
            text=text.id,
            position=place,
            kind=given["kind"],
            revision=1 if wording else 0,
            wording=wording,
            state="open",
            changed=entry.number,
        )
    )
    session.flush()
    if wording:
        session.add(
            Revision(
                paragraph=given["id"],
                number=1,
                wording=wording,
                why=why,
                entry=entry.number,
                time=stamp(entry.time),
            )
        )


@phrase("text.opened")
def say_opened(entry: Entry) -> str:
    """The text by its title."""
    return gettext("A text is opened: %(title)s") % {"title": entry.body["title"]}


class AddParagraphs(InText, frozen=True, kw_only=True):
    """Paragraphs to be added to the base."""

    after: Annotated[str | None, Meta(title="After", extra={"choices": "text paragraphs"})] = None
    paragraphs: Annotated[str, Meta(title="Paragraphs", min_length=1, max_length=60_000, extra={"widget": "textarea"})]


@act("paragraph.added", "Add paragraphs", by=STAFF)
def add(occasion: Occasion, inputs: AddParagraphs) -> dict[str, Any]:
    """The drafter adds paragraphs to the text, after the one that is named, or at the end."""
    text = drafting_text(occasion, inputs)
    held = paragraphs_of(occasion.session, text.id)
    given = read_paragraphs(inputs.paragraphs, numbering.numbers(held))
    if len(held) + len(given) > MOST:
        raise invalid(paragraphs=lazy("A text has 400 paragraphs at most."))
    if inputs.after:
        paragraph_of(occasion.session, text, inputs.after)
    after = inputs.after or (held[-1].id if held else None)
    return {"text": text.name, "title": text.title, "after": after, "paragraphs": given}


@effect("paragraph.added")
def added(session: Session, entry: Entry) -> None:
    """The paragraphs take their places; those behind move on."""
    text = text_of(session, entry.meeting, entry.body["text"])
    insert_after(session, entry, text, entry.body["after"], entry.body["paragraphs"], "added")
    text.changed = entry.number


def insert_after(
    session: Session, entry: Entry, text: Text, after: str | None, given: list[dict[str, Any]], why: str
) -> None:
    """Put paragraphs behind another (None: at the beginning) and count the places anew."""
    held = paragraphs_of(session, text.id)
    at = next((n + 1 for n, each in enumerate(held) if each.id == after), 0)
    for each in held[at:]:
        each.position += len(given)
    for n, each in enumerate(held[:at]):
        each.position = n
    for n, each in enumerate(held[at:]):
        each.position = at + len(given) + n
    for n, fresh in enumerate(given):
        add_paragraph(session, entry, text, fresh, at + n, why)
    _note_places(session, entry, text, held[at - 1].id if at else "", [fresh["id"] for fresh in given])


@phrase("paragraph.added")
def say_added(entry: Entry) -> str:
    """How many paragraphs came to which text."""
    return gettext("%(count)s paragraphs are added to “%(title)s”") % {
        "count": len(entry.body["paragraphs"]),
        "title": entry.body["title"],
    }


class MoveParagraph(InText, frozen=True, kw_only=True):
    """A paragraph and its new place."""

    paragraph: Hidden
    seen: HiddenNumber
    after: Annotated[str | None, Meta(title="After", extra={"choices": "text paragraphs"})] = None


@act("paragraph.moved", "Move a paragraph", by=STAFF)
def move(occasion: Occasion, inputs: MoveParagraph) -> dict[str, Any]:
    """The drafter moves a paragraph behind another, or to the beginning. Numbers and references follow."""
    text = drafting_text(occasion, inputs)
    paragraph = open_paragraph(occasion, text, inputs.paragraph)
    as_seen(paragraph, inputs.seen)
    not_the_title(paragraph)
    if inputs.after == paragraph.id:
        raise invalid(after=lazy("A paragraph cannot follow itself."))
    if inputs.after:
        paragraph_of(occasion.session, text, inputs.after)
    labels = labels_of(occasion.session, text)
    return {
        "text": text.name,
        "paragraph": paragraph.id,
        "label": labels[paragraph.id],
        "after": inputs.after,
        "after_label": labels.get(inputs.after or "", ""),
    }


@effect("paragraph.moved")
def moved(session: Session, entry: Entry) -> None:
    """The paragraph takes its place."""
    text = text_of(session, entry.meeting, entry.body["text"])
    place_after(session, entry, text, entry.body["paragraph"], entry.body["after"])
    text.changed = entry.number


def place_after(session: Session, entry: Entry, text: Text, paragraph: str, after: str | None) -> None:
    """Move a paragraph behind another (None: to the beginning)."""
    held = paragraphs_of(session, text.id)
    own = next(each for each in held if each.id == paragraph)
    rest = [each for each in held if each.id != paragraph]
    at = next((n + 1 for n, each in enumerate(rest) if each.id == after), 0)
    for n, each in enumerate([*rest[:at], own, *rest[at:]]):
        each.position = n
    own.changed = entry.number
    _note_places(session, entry, text, rest[at - 1].id if at else "", [paragraph], moved=True)


@phrase("paragraph.moved")
def say_moved(entry: Entry) -> str:
    """From where to where."""
    if entry.body["after"]:
        return gettext("Paragraph %(label)s now follows paragraph %(after)s") % {
            "label": place_said(entry.body["label"]),
            "after": place_said(entry.body["after_label"]),
        }
    return gettext("Paragraph %(label)s now stands first") % {"label": place_said(entry.body["label"])}


def _copied(occasion: Occasion, source: str) -> list[dict[str, Any]]:
    """The paragraphs of another text that the drafter may read; references among them follow their new names."""
    if _readable(occasion, source) is None:
        raise invalid(begun_from=lazy("There is no such text."))
    held = [each for each in paragraphs_of(occasion.session, source) if each.wording]
    names = {each.id: new_id() for each in held}

    def renamed(found: re.Match[str]) -> str:
        return f"§{{{names.get(found[1], found[1])}}}"

    return [
        {"id": names[each.id], "kind": each.kind, "wording": numbering.KEPT.sub(renamed, each.wording)} for each in held
    ]


def _readable(occasion: Occasion, text: str) -> Text | None:
    """A text that is published, or of a meeting in which the actor takes part; others are not known to exist."""
    found = occasion.session.get(Text, text)
    if found is None or found.published:
        return found
    return found if occasion.actor.scope(found.meeting).sees(PARTICIPANTS) else None


def _adopted(occasion: Occasion, text: str) -> Text | None:
    found = _readable(occasion, text)
    return found if found is not None and found.state == "adopted" else None


def free_name(session: Session, meeting: str, title: str) -> str:
    """A short address made of the title's Latin letters, or `text`; with a number where it is taken."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-") or "text"
    return next(name for name in _names(stem) if session.get(Text, f"{meeting}/{name}") is None)


def _names(stem: str) -> Iterator[str]:
    yield stem
    n = 2
    while True:
        yield f"{stem}-{n}"
        n += 1
