"""Acts on a summary record: drafted from the entries, edited, agreed or objected to, published."""

from collections.abc import Iterable
from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Decision, InMeeting, Occasion, Role, act, follow
from suhbat.acts.actors import HEADS, Viewer
from suhbat.acts.inputs import Input
from suhbat.ground.ids import new_id
from suhbat.ground.language import LANGUAGES, _, lazy, reading_in
from suhbat.ground.refusals import conflict, invalid, not_allowed, not_found, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.minutes.agreement import agreed_by, delegations_of, meeting_of, minutes_of
from suhbat.minutes.auto_draft import Draft
from suhbat.minutes.models import Minutes, MinutesParagraph
from suhbat.minutes.outcomes_in_log import leavings
from suhbat.minutes.summary_record import digest, document_of
from suhbat.record.entries import Entry
from suhbat.record.hashing import canonical
from suhbat.record.reading import all_of_meeting

PART = 40_000
"""Bytes of paragraphs in one entry at most; the record takes 65,535 for the whole entry."""
EDITORS = frozenset({Role.SECRETARIAT, Role.NOTE_TAKER})

Version = Annotated[int, Meta(title=_("Version"), extra={"widget": "hidden"})]


class DraftInput(InMeeting, frozen=True, kw_only=True):
    """In which language; whether an edited draft may be written anew."""

    language: Annotated[str, Meta(title=_("Language"), max_length=5, extra={"choices": "minutes_languages"})] = "en"
    anew: Annotated[bool, Meta(title=_("Write it anew, and give up what was edited"))] = False
    part: Annotated[int, Meta(title=_("Part"), ge=1, le=1_000, extra={"widget": "hidden"})] = 1


class Edit(InMeeting, frozen=True, kw_only=True):
    """A paragraph in its new wording: none named, a new one after another; no text, the paragraph is struck out."""

    paragraph: Annotated[str, Meta(title=_("Paragraph"), max_length=40, extra={"widget": "hidden"})] = ""
    after: Annotated[str, Meta(title=_("After"), max_length=40, extra={"widget": "hidden"})] = ""
    changed: Annotated[int, Meta(title=_("As it was seen"), extra={"widget": "hidden"})] = 0
    text: Annotated[str, Meta(title=_("Text"), max_length=6_000, extra={"widget": "textarea"})] = ""


class Agreement(InMeeting, frozen=True, kw_only=True):
    """The version that was read."""

    version: Version


class Objection(InMeeting, frozen=True, kw_only=True):
    """The version that was read, and how it should be put instead."""

    version: Version
    correction: Annotated[
        str,
        Meta(title=_("How it should read instead"), min_length=1, max_length=4_000, extra={"widget": "textarea"}),
    ]
    paragraph: Annotated[str, Meta(title=_("Paragraph"), max_length=40, extra={"choices": "minutes_paragraphs"})] = ""


class Publication(InMeeting, frozen=True, kw_only=True):
    """The version that is to be published."""

    version: Version
    own_responsibility: Annotated[
        bool, Meta(title=_("On the responsibility of the chair, though not all delegations have agreed"))
    ] = False


@act("minutes.drafted", "Draft the summary record", by=EDITORS | {Role.SYSTEM})
def draft(occasion: Occasion, inputs: DraftInput) -> dict[str, Any]:
    """When a meeting closes, its summary record writes itself from the entries of the record.

    It tells who opened the meeting and who was present, the agenda, who spoke on what in which order and what they
    said, the outcomes, and the closing; every paragraph names the entries it rests on. The secretariat or the
    note-taker can have it written anew, in any of our languages, until it is published; what was edited is given up
    only if they say so. A long one stands in several entries.
    """
    meeting = _closed(occasion.session, inputs.meeting)
    if inputs.language not in LANGUAGES:
        raise invalid(language=lazy("This is not one of our languages."))
    before = occasion.session.get(Minutes, meeting.id)
    if inputs.part == 1 and before is not None and before.edited and not inputs.anew:
        raise out_of_order(lazy("The draft has been edited. Say that it is to be written anew, or go on editing it."))
    with reading_in(inputs.language):
        paragraphs = Draft(meeting, all_of_meeting(occasion.session, meeting.id)).write()
    parts = _parts(paragraphs)
    if inputs.part > len(parts) or (inputs.part > 1 and occasion.seat.role != Role.SYSTEM):
        raise out_of_order(lazy("The house itself writes the further parts of a long draft."))
    version = (before.version if before else 0) + (1 if inputs.part == 1 else 0)
    return {"version": version, "language": inputs.language, "part": inputs.part, "parts": len(parts),
            "paragraphs": parts[inputs.part - 1]}  # fmt: skip


@follow("meeting.closed")
def _write_at_closing(_session: Session, entry: Entry) -> Iterable[tuple[str, Input]]:
    """The summary record is drafted the moment the meeting is closed."""
    yield "minutes.drafted", DraftInput(meeting=entry.meeting)


@follow("minutes.drafted")
def _write_on(_session: Session, entry: Entry) -> Iterable[tuple[str, Input]]:
    """A long draft goes on in the next entry."""
    if entry.body["part"] < entry.body["parts"]:
        yield (
            "minutes.drafted",
            DraftInput(meeting=entry.meeting, language=entry.body["language"], part=entry.body["part"] + 1),
        )


@act("minutes.edited", "Edit the summary record", by=EDITORS)
def edit(occasion: Occasion, inputs: Edit) -> dict[str, Any]:
    """The secretariat or the note-taker edits the draft paragraph by paragraph: rewords, adds or strikes out one.

    The old wording stays in the record. Every edit makes a new version: agreement was to the version before it, and
    is asked for anew. Outcomes are not edited here: they are corrected by those who made them.
    """
    minutes = _draft(occasion.session, inputs.meeting)
    version = minutes.version + 1
    text = inputs.text.strip()
    if not inputs.paragraph:
        if not text:
            raise invalid(text=lazy("This is needed."))
        if inputs.after:
            _paragraph(minutes, inputs.after)
        return {"version": version, "paragraph": f"n{new_id()}", "after": inputs.after, "before": None, "text": text}
    held = _paragraph(minutes, inputs.paragraph)
    if held.kind == "outcome":
        raise out_of_order(lazy("An outcome is corrected by those who made it, not in the summary record."))
    if held.changed != inputs.changed:
        raise conflict(lazy("This paragraph has been changed since you saw it. Look again and decide anew."))
    if text == held.text:
        raise invalid(text=lazy("This is the wording it has."))
    return {"version": version, "paragraph": held.name, "after": "", "before": held.text, "text": text}


@act("minutes.agreed", "Agree to the summary record", by=HEADS)
def agree(occasion: Occasion, inputs: Agreement) -> dict[str, Any]:
    """The head or alternate of a delegation agrees to one version of the summary record, the present one.

    An edit that comes later makes another version and opens the question again.
    """
    minutes = _present(occasion.session, inputs.meeting, inputs.version)
    return {"version": minutes.version, "delegation": _own(occasion.actor, occasion.session, inputs.meeting)}


@act("minutes.objected", "Object to the summary record", by=HEADS)
def object_to(occasion: Occasion, inputs: Objection) -> dict[str, Any]:
    """The head or alternate of a delegation objects to the present version and says how it should read instead.

    While a delegation objects to the present version, it is published only on the responsibility of the chair.
    """
    minutes = _present(occasion.session, inputs.meeting, inputs.version)
    if inputs.paragraph:
        _paragraph(minutes, inputs.paragraph)
    return {
        "version": minutes.version,
        "delegation": _own(occasion.actor, occasion.session, inputs.meeting),
        "paragraph": inputs.paragraph,
        "correction": inputs.correction,
    }


@act("minutes.published", "Publish the summary record", by={Role.SECRETARIAT, Role.CHAIR}, audience="public")
def publish(occasion: Occasion, inputs: Publication) -> Decision[Any]:
    """The secretariat or the chair publishes the summary record once every delegation has agreed to this version.

    The chair alone may publish it without all of them, on the chair's own responsibility; the record then names who
    had not agreed. With it, the meeting and its confirmed outcomes are published, and the entries that it rests on
    are released. An outcome that nobody confirmed is not published.
    """
    minutes = _present(occasion.session, inputs.meeting, inputs.version)
    meeting = meeting_of(occasion.session, inputs.meeting)
    everyone, agreed = delegations_of(meeting), agreed_by(minutes)
    missing = [state for state in everyone if state not in agreed]
    if missing and not inputs.own_responsibility:
        raise out_of_order(lazy("Not all delegations have agreed to this version yet."))
    if missing and Role.CHAIR not in occasion.actor.roles_at(meeting.id):
        raise not_allowed(lazy("Only the chair may publish it without the agreement of all."))
    document = document_of(occasion.session, meeting, minutes, published_only=True)
    confirmed = [each for each in leavings(all_of_meeting(occasion.session, meeting.id)) if each.confirmed]
    rests = {number for each in minutes.paragraphs for number in each.entries}
    rests |= {number for each in confirmed for number in each.entries}
    rests |= {stand.entry for stand in minutes.stands if stand.agrees and stand.version == minutes.version}
    body = {
        "version": minutes.version,
        "language": minutes.language,
        "agreed": [state for state in everyone if state in agreed],
        "not_agreed": missing,
        "outcomes": [each.id for each in confirmed],
        "digest": digest(document),
    }
    return Decision(body, releases=tuple(sorted(rests)), reply={"then": f"/meetings/{meeting.id}/minutes"})


def _parts(paragraphs: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The paragraphs in runs that each fit into one entry."""
    parts: list[list[dict[str, Any]]] = [[]]
    size = 0
    for paragraph in paragraphs:
        length = len(canonical(paragraph))
        if parts[-1] and size + length > PART:
            parts.append([])
            size = 0
        parts[-1].append(paragraph)
        size += length
    return parts


def _closed(session: Session, meeting: str) -> Meeting:
    found = meeting_of(session, meeting)
    if found.status == "published":
        raise out_of_order(lazy("The summary record is published."))
    if found.status != "closed":
        raise out_of_order(lazy("A summary record is written when the meeting is closed."))
    return found


def _draft(session: Session, meeting: str) -> Minutes:
    _closed(session, meeting)
    found = minutes_of(session, meeting)
    if found is None:
        raise not_found(lazy("There is no summary record yet."))
    return found


def _present(session: Session, meeting: str, version: int) -> Minutes:
    minutes = _draft(session, meeting)
    if minutes.version != version:
        raise conflict(lazy("The summary record has been changed since you saw it. Read it again and decide anew."))
    return minutes


def _paragraph(minutes: Minutes, name: str) -> MinutesParagraph:
    found = next((each for each in minutes.paragraphs if each.name == name), None)
    if found is None:
        raise not_found(lazy("The summary record has no such paragraph."))
    return found


def _own(actor: Viewer, session: Session, meeting: str) -> str:
    """The delegation that the actor binds; observers do not agree, since nothing binds them."""
    known = delegations_of(meeting_of(session, meeting))
    for seat in actor.seats_at(meeting):
        if seat.role in HEADS and seat.state in known:
            return seat.state
    raise not_allowed(lazy("Your delegation does not agree summary records of this meeting."))
