"""Looking up what an act is about, and the checks that most guards share: it exists, it is open, the side may act."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import InMeeting, Occasion, Role, Viewer
from suhbat.ground.clock import stamp
from suhbat.ground.language import lazy
from suhbat.ground.refusals import conflict, invalid, not_allowed, not_found, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.texts.models import Paragraph, Position, Proposal, Revision, Silence, Text
from suhbat.texts.wording import numbering
from suhbat.texts.wording.brackets import ProposedWording
from suhbat.texts.wording.footnotes import FOOTNOTE
from suhbat.texts.wording.unicode_cleaning import cleaned, has_control_letters, misleading_letters

TITLE = "title"
"""The kind of the paragraph that is the text's title. It stands before all others and has no number."""
TITLE_LETTERS = (3, 300)
CHAIR = "CHAIR"
"""The holder of a compromise of the chair."""
LIVE = ("open", "flagged")
"""Statuses of a live proposal: one that still asks for something."""

Hidden = Annotated[str, Meta(max_length=160, extra={"widget": "hidden"})]
HiddenNumber = Annotated[int, Meta(extra={"widget": "hidden"})]
Wording = Annotated[
    str, Meta(title="The paragraph as you would have it", max_length=8_000, extra={"widget": "textarea"})
]


class InText(InMeeting, frozen=True, kw_only=True):
    """An act on one text of a meeting."""

    text: Hidden


def text_of(session: Session, meeting: str, name: str) -> Text:
    """The text of this name at a meeting."""
    text = session.get(Text, f"{meeting}/{name}")
    if text is None:
        raise not_found(lazy("There is no such text at this meeting."))
    return text


def running_silence(session: Session, text: str) -> Sequence[Silence]:
    """The silences of a text that are not ended yet; their deadlines may have passed."""
    return session.scalars(select(Silence).where(Silence.text == text, Silence.status == "running")).all()


def is_adopted(session: Session, text: Text, now: str) -> bool:
    """Whether the text is adopted at this instant, also by a silence that has run out but is not ended yet."""
    if text.status == "adopted":
        return True
    return any(s.paragraph is None and s.deadline <= now for s in running_silence(session, text.id))


def meeting_and_text(occasion: Occasion, inputs: InText) -> tuple[Meeting, Text]:
    """The meeting and the text of an act, which its guard takes first."""
    text = text_of(occasion.session, inputs.meeting, inputs.text)
    return occasion.session.get_one(Meeting, inputs.meeting), text


def meeting_and_draft(occasion: Occasion, inputs: InText) -> tuple[Meeting, Text]:
    """The same for an act that changes the text.

    Refused where a silence has run out but is not ended yet. A guard cannot see that: it has no clock.
    """
    meeting, text = meeting_and_text(occasion, inputs)
    if is_adopted(occasion.session, text, stamp(occasion.now)):
        raise out_of_order(_ADOPTED)
    return meeting, text


_ADOPTED = lazy("This text is adopted. Nothing in it changes; a corrigendum is a new text.")


def must_be_drafted(text: Text) -> None:
    """Refuse a change of a text that is adopted, under silence, or before the room for adoption."""
    if text.status == "adopted":
        raise out_of_order(_ADOPTED)
    if text.status == "silence":
        raise out_of_order(lazy("The text is under silence. Whoever wants a change breaks the silence."))
    if text.status == "asked":
        raise out_of_order(lazy("The chair has asked for adoption. Whoever wants a change objects."))


def must_negotiate(viewer: Viewer, by: Iterable[Role], text: Text) -> str:
    """The delegation for which an act by these roles would be done; refused if it does not negotiate this text."""
    seat = viewer.seat_for(by, text.meeting)
    if seat is None or seat.state not in text.order:
        raise not_allowed(lazy("Your delegation does not negotiate this text."))
    return seat.state


def paragraph_of(session: Session, text: Text, paragraph: str) -> Paragraph:
    """A paragraph of the text."""
    row = session.get(Paragraph, paragraph)
    if row is None or row.text != text.id:
        raise not_found(lazy("There is no such paragraph in this text."))
    return row


def must_be_open(paragraph: Paragraph, silences: Iterable[Silence]) -> None:
    """Refuse a change of a paragraph that is closed, or under one of these silences of its text."""
    if paragraph.status != "open":
        raise out_of_order(lazy("This paragraph is closed. The chair may reopen it, with a reason."))
    must_not_be_silent(paragraph, silences)


def must_not_be_silent(paragraph: Paragraph, silences: Iterable[Silence]) -> None:
    """Refuse a change of a paragraph that is under one of these silences of its text."""
    if any(silence.paragraph == paragraph.id and silence.status == "running" for silence in silences):
        raise out_of_order(lazy("This paragraph is under silence. Whoever wants a change breaks the silence."))


@dataclass(frozen=True)
class Passage:
    """A paragraph as guards take it: with its text, its live proposals and the silences."""

    text: Text
    paragraph: Paragraph
    live: Sequence[Proposal]
    """The live proposals on it, by number."""
    silences: Sequence[Silence]
    """The silences of the text; ended ones may be among them."""


def passage_of(session: Session, text: Text, paragraph: str) -> Passage:
    """A paragraph of the text, with its live proposals."""
    row = paragraph_of(session, text, paragraph)
    return Passage(text, row, live_on(session, row.id), running_silence(session, text.id))


def must_be_at_work(passage: Passage) -> None:
    """Refuse a change unless the text is being drafted and the paragraph is open."""
    must_be_drafted(passage.text)
    must_be_open(passage.paragraph, passage.silences)


def must_be_unchanged(paragraph: Paragraph, seen_entry: int) -> None:
    """Refuse an act from an outdated page: someone else has changed the paragraph since."""
    if paragraph.changed != seen_entry:
        raise conflict(lazy("Someone else changed this paragraph after you opened it. Look again and decide again."))


def proposal_of(session: Session, text: Text, proposal: str) -> Proposal:
    """A proposal on the text."""
    row = session.get(Proposal, proposal)
    if row is None or row.text != text.id:
        raise not_found(lazy("There is no such proposal on this text."))
    return row


def live_proposal(session: Session, text: Text, proposal: str) -> Proposal:
    """A proposal that is not settled yet."""
    row = proposal_of(session, text, proposal)
    must_be_live(row)
    return row


def must_be_live(proposal: Proposal) -> None:
    """Refuse a proposal that is settled."""
    if proposal.status not in LIVE:
        raise out_of_order(lazy("Proposal %(number)s is already settled.") % {"number": proposal.number})


def live_on(session: Session, paragraph: str) -> list[Proposal]:
    """The live proposals on a paragraph, by number."""
    query = select(Proposal).where(Proposal.paragraph == paragraph, Proposal.status.in_(LIVE))
    return list(session.scalars(query.order_by(Proposal.number)))


def proposed_wordings(proposals: Iterable[Proposal]) -> list[ProposedWording]:
    """The wordings of those proposals that stand in brackets, as `compiled` takes them."""
    return [
        ProposedWording(proposal.id, tuple(proposal.holders), proposal.wording, proposal.amends or "")
        for proposal in proposals
        if proposal.status == "open" and proposal.kind != "move"
    ]


def paragraphs_of(session: Session, text: str) -> list[Paragraph]:
    """All paragraphs of a text in their order, proposed and deleted ones too; without the title."""
    return [paragraph for paragraph in title_and_paragraphs(session, text) if paragraph.kind != TITLE]


def title_and_paragraphs(session: Session, text: str) -> list[Paragraph]:
    """The title of a text, and then all its paragraphs in their order."""
    query = select(Paragraph).where(Paragraph.text == text)
    return list(session.scalars(query.order_by(Paragraph.position, Paragraph.id)))


def title_of(session: Session, text: str) -> Paragraph:
    """The paragraph that is a text's title."""
    return session.scalars(select(Paragraph).where(Paragraph.text == text, Paragraph.kind == TITLE)).one()


def labels_of(session: Session, text: Text) -> dict[str, str]:
    """The numbers of a text's paragraphs."""
    return numbering.numbers(title_and_paragraphs(session, text.id))


def base_of(session: Session, paragraph: Paragraph, revision: int) -> str:
    """The wording of a numbered revision; empty for revision 0."""
    if revision == paragraph.revision:
        return paragraph.wording
    wording = session.scalar(
        select(Revision.wording).where(Revision.paragraph == paragraph.id, Revision.number == revision)
    )
    if wording is None and revision:
        raise not_found(lazy("There is no such revision of this paragraph."))
    return wording or ""


def positions_on(session: Session, proposals: Sequence[str]) -> list[Position]:
    """The answers to these proposals."""
    return list(session.scalars(select(Position).where(Position.proposal.in_(proposals)).order_by(Position.id)))


def fit(wording: str, labels: dict[str, str], field: str = "wording") -> str:
    """A wording as it is stored: cleaned, with references by id; control letters are refused."""
    if has_control_letters(wording):
        raise invalid(**{field: lazy("This holds control characters that no text may carry. Paste it as plain text.")})
    return numbering.with_ids(cleaned(wording), labels)


def not_the_title(paragraph: Paragraph) -> None:
    """Refuse for the title what is possible only for paragraphs: it always stays, and stands first."""
    if paragraph.kind == TITLE:
        raise out_of_order(lazy("The title stands first and stays. Other words for it can be proposed."))


def fit_for(paragraph: Paragraph, wording: str, labels: dict[str, str]) -> str:
    """A wording of this paragraph, or of the title, as it is stored."""
    return fit_title(wording, "wording") if paragraph.kind == TITLE else fit(wording, labels)


def fit_title(title: str, field: str = "title") -> str:
    """A title as it is stored: one line, without invisible letters, without footnotes."""
    title = " ".join(fit(title, {}, field).split())
    if misleading_letters(title):
        raise invalid(**{field: lazy("This contains invisible characters. Type the title again.")})
    if not TITLE_LETTERS[0] <= len(title) <= TITLE_LETTERS[1] or FOOTNOTE.search(title):
        raise invalid(**{field: lazy("A title has 3 to 300 letters, on one line and without footnotes.")})
    return title


def in_order(text: Text, states: Sequence[str]) -> list[str]:
    """Delegations in protocol order, each once; the chair first."""
    rank = {state: n for n, state in enumerate(text.order)}
    return sorted(set(states), key=lambda state: (state != CHAIR, rank.get(state, len(rank)), state))
