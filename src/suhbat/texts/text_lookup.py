"""Finding what an act speaks of, and the first questions every rule asks: is it there, is it open, whose is it."""

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
from suhbat.texts.wording.brackets import Asked
from suhbat.texts.wording.footnotes import FOOTNOTE
from suhbat.texts.wording.unicode_cleaning import cleaned, has_control_letters, misleading_letters

TITLE = "title"
"""The kind of the paragraph that entitles the text. It stands before all others and is not counted among them."""
TITLE_LETTERS = (3, 300)
CHAIR = "CHAIR"
"""Who holds a compromise of the chair."""
LIVE = ("open", "flagged")
"""States of a proposal that still asks for something."""

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
    found = session.get(Text, f"{meeting}/{name}")
    if found is None:
        raise not_found(lazy("There is no such text at this meeting."))
    return found


def running_silence(session: Session, text: str) -> Sequence[Silence]:
    """The silences of a text that nothing has ended yet; their deadlines may have passed."""
    return session.scalars(select(Silence).where(Silence.text == text, Silence.state == "running")).all()


def is_adopted(session: Session, text: Text, now: str) -> bool:
    """Whether the text is adopted at this instant, also where a silence ran out and nobody has looked since."""
    if text.state == "adopted":
        return True
    return any(s.paragraph is None and s.deadline <= now for s in running_silence(session, text.id))


def meeting_and_text(occasion: Occasion, inputs: InText) -> tuple[Meeting, Text]:
    """What the guard of an act on a text is given first: the meeting, and the text."""
    text = text_of(occasion.session, inputs.meeting, inputs.text)
    return occasion.session.get_one(Meeting, inputs.meeting), text


def meeting_and_draft(occasion: Occasion, inputs: InText) -> tuple[Meeting, Text]:
    """The same for an act that changes the text.

    Refused where a silence has run out that nobody has noted yet: a guard has no clock and sees the row alone.
    """
    meeting, text = meeting_and_text(occasion, inputs)
    if is_adopted(occasion.session, text, stamp(occasion.now)):
        raise out_of_order(_ADOPTED)
    return meeting, text


_ADOPTED = lazy("This text is adopted. Nothing in it changes; a corrigendum is a new text.")


def must_be_drafted(text: Text) -> None:
    """Refuse a change of a text that is adopted, under silence, or before the room for adoption."""
    if text.state == "adopted":
        raise out_of_order(_ADOPTED)
    if text.state == "silence":
        raise out_of_order(lazy("The text is under silence. Whoever wants a change breaks the silence."))
    if text.state == "asked":
        raise out_of_order(lazy("The chair has asked for adoption. Whoever wants a change objects."))


def must_negotiate(viewer: Viewer, by: Iterable[Role], text: Text) -> str:
    """The delegation for which an act by these roles would be done; refused if it does not negotiate this text."""
    seat = viewer.seat_for(by, text.meeting)
    if seat is None or seat.state not in text.order:
        raise not_allowed(lazy("Your delegation does not negotiate this text."))
    return seat.state


def paragraph_of(session: Session, text: Text, paragraph: str) -> Paragraph:
    """A paragraph of the text."""
    found = session.get(Paragraph, paragraph)
    if found is None or found.text != text.id:
        raise not_found(lazy("There is no such paragraph in this text."))
    return found


def must_be_open(paragraph: Paragraph, silences: Iterable[Silence]) -> None:
    """Refuse a change of a paragraph that is closed, or under one of these silences of its text."""
    if paragraph.state != "open":
        raise out_of_order(lazy("This paragraph is closed. The chair may reopen it, with a reason."))
    must_not_be_silent(paragraph, silences)


def must_not_be_silent(paragraph: Paragraph, silences: Iterable[Silence]) -> None:
    """Refuse a change of a paragraph that is under one of these silences of its text."""
    if any(silence.paragraph == paragraph.id and silence.state == "running" for silence in silences):
        raise out_of_order(lazy("This paragraph is under silence. Whoever wants a change breaks the silence."))


@dataclass(frozen=True)
class Passage:
    """A paragraph as guards are given it: in its text, with what is asked for in it."""

    text: Text
    paragraph: Paragraph
    live: Sequence[Proposal]
    """The proposals on it that still ask for something, by number."""
    silences: Sequence[Silence]
    """Those of the text, the ended ones perhaps among them."""


def passage_of(session: Session, text: Text, paragraph: str) -> Passage:
    """A paragraph of the text, with what is asked for in it."""
    found = paragraph_of(session, text, paragraph)
    return Passage(text, found, live_on(session, found.id), running_silence(session, text.id))


def must_be_at_work(passage: Passage) -> None:
    """Refuse a change where the text stands still, or the paragraph does."""
    must_be_drafted(passage.text)
    must_be_open(passage.paragraph, passage.silences)


def as_seen(paragraph: Paragraph, seen: int) -> None:
    """Refuse what rests on a page that has grown old: someone else changed the paragraph since."""
    if paragraph.changed != seen:
        raise conflict(lazy("Someone else changed this paragraph after you opened it. Look again and decide again."))


def proposal_of(session: Session, text: Text, proposal: str) -> Proposal:
    """A proposal on the text."""
    found = session.get(Proposal, proposal)
    if found is None or found.text != text.id:
        raise not_found(lazy("There is no such proposal on this text."))
    return found


def live_proposal(session: Session, text: Text, proposal: str) -> Proposal:
    """A proposal that nobody has settled yet."""
    found = proposal_of(session, text, proposal)
    must_be_live(found)
    return found


def must_be_live(proposal: Proposal) -> None:
    """Refuse what can only be done with a proposal that still asks for something."""
    if proposal.state not in LIVE:
        raise out_of_order(lazy("Proposal %(number)s is already settled.") % {"number": proposal.number})


def live_on(session: Session, paragraph: str) -> list[Proposal]:
    """The proposals on a paragraph that still ask for something, by number."""
    query = select(Proposal).where(Proposal.paragraph == paragraph, Proposal.state.in_(LIVE))
    return list(session.scalars(query.order_by(Proposal.number)))


def asked_of(proposals: Iterable[Proposal]) -> list[Asked]:
    """The proposals that stand in brackets, as the compiler takes them."""
    return [
        Asked(each.id, tuple(each.holders), each.wording, each.amends or "")
        for each in proposals
        if each.state == "open" and each.kind != "move"
    ]


def paragraphs_of(session: Session, text: str) -> list[Paragraph]:
    """All paragraphs of a text in their order, those only proposed and those taken out included; not the title."""
    return [each for each in whole_of(session, text) if each.kind != TITLE]


def whole_of(session: Session, text: str) -> list[Paragraph]:
    """The title of a text, and all its paragraphs in their order."""
    query = select(Paragraph).where(Paragraph.text == text)
    return list(session.scalars(query.order_by(Paragraph.position, Paragraph.id)))


def title_of(session: Session, text: str) -> Paragraph:
    """The paragraph that entitles a text."""
    return session.scalars(select(Paragraph).where(Paragraph.text == text, Paragraph.kind == TITLE)).one()


def labels_of(session: Session, text: Text) -> dict[str, str]:
    """The numbers of a text's paragraphs."""
    return numbering.numbers(whole_of(session, text.id))


def base_of(session: Session, paragraph: Paragraph, revision: int) -> str:
    """The wording of a numbered revision; revision 0 says nothing."""
    if revision == paragraph.revision:
        return paragraph.wording
    found = session.scalar(
        select(Revision.wording).where(Revision.paragraph == paragraph.id, Revision.number == revision)
    )
    if found is None and revision:
        raise not_found(lazy("There is no such revision of this paragraph."))
    return found or ""


def positions_on(session: Session, proposals: Sequence[str]) -> list[Position]:
    """The answers to these proposals."""
    return list(session.scalars(select(Position).where(Position.proposal.in_(proposals)).order_by(Position.id)))


def fit(given: str, labels: dict[str, str], field: str = "wording") -> str:
    """A wording as it is kept: cleaned, its references bound to their paragraphs; control letters are refused."""
    if has_control_letters(given):
        raise invalid(**{field: lazy("This holds control characters that no text may carry. Paste it as plain text.")})
    return numbering.kept(cleaned(given), labels)


def not_the_title(paragraph: Paragraph) -> None:
    """Refuse what can be done with paragraphs only: a text keeps its title, and it stands first."""
    if paragraph.kind == TITLE:
        raise out_of_order(lazy("The title stands first and stays. Other words for it can be proposed."))


def fit_for(paragraph: Paragraph, given: str, labels: dict[str, str]) -> str:
    """A wording fit for this paragraph."""
    return fit_title(given, "wording") if paragraph.kind == TITLE else fit(given, labels)


def fit_title(given: str, field: str = "title") -> str:
    """A title as it is kept: one line, without letters that nobody sees, without footnotes."""
    title = " ".join(fit(given, {}, field).split())
    if misleading_letters(title):
        raise invalid(**{field: lazy("This contains invisible characters. Type the title again.")})
    if not TITLE_LETTERS[0] <= len(title) <= TITLE_LETTERS[1] or FOOTNOTE.search(title):
        raise invalid(**{field: lazy("A title has 3 to 300 letters, on one line and without footnotes.")})
    return title


def in_order(text: Text, states: Sequence[str]) -> list[str]:
    """Delegations in protocol order; the chair's own first."""
    rank = {state: n for n, state in enumerate(text.order)}
    return sorted(set(states), key=lambda state: (state != CHAIR, rank.get(state, len(rank)), state))
