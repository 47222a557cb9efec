"""Finding what an act speaks of, and the first questions every rule asks: is it there, is it open, whose is it."""

from collections.abc import Iterable, Sequence
from typing import Annotated

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import InMeeting, Occasion
from suhbat.ground.clock import stamp
from suhbat.ground.language import lazy
from suhbat.ground.refusals import conflict, invalid, not_allowed, not_found, out_of_order
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


def drafting_text(occasion: Occasion, inputs: InText) -> Text:
    """The text, if it may still be changed: not adopted, not under silence, not before the room for adoption."""
    text = text_of(occasion.session, inputs.meeting, inputs.text)
    if is_adopted(occasion.session, text, stamp(occasion.now)):
        raise out_of_order(lazy("This text is adopted. Nothing in it changes; a corrigendum is a new text."))
    if text.state == "silence":
        raise out_of_order(lazy("The text is under silence. Whoever wants a change breaks the silence."))
    if text.state == "asked":
        raise out_of_order(lazy("The chair has asked for adoption. Whoever wants a change objects."))
    return text


def delegation_in(occasion: Occasion, text: Text) -> str:
    """The delegation the actor speaks for, if it negotiates this text."""
    if occasion.delegation not in text.order:
        raise not_allowed(lazy("Your delegation does not negotiate this text."))
    return occasion.delegation


def paragraph_of(session: Session, text: Text, paragraph: str) -> Paragraph:
    """A paragraph of the text."""
    found = session.get(Paragraph, paragraph)
    if found is None or found.text != text.id:
        raise not_found(lazy("There is no such paragraph in this text."))
    return found


def open_paragraph(occasion: Occasion, text: Text, paragraph: str) -> Paragraph:
    """A paragraph that may still be changed."""
    found = paragraph_of(occasion.session, text, paragraph)
    if found.state != "open":
        raise out_of_order(lazy("This paragraph is closed. The chair may reopen it, with a reason."))
    if any(s.paragraph == found.id for s in running_silence(occasion.session, text.id)):
        raise out_of_order(lazy("This paragraph is under silence. Whoever wants a change breaks the silence."))
    return found


def as_seen(paragraph: Paragraph, seen: int) -> None:
    """Refuse what rests on a page that has grown old: someone else changed the paragraph since."""
    if paragraph.changed != seen:
        raise conflict(lazy("Someone else changed this paragraph since you opened it. Look again and decide anew."))


def proposal_of(session: Session, text: Text, proposal: str) -> Proposal:
    """A proposal on the text."""
    found = session.get(Proposal, proposal)
    if found is None or found.text != text.id:
        raise not_found(lazy("There is no such proposal on this text."))
    return found


def live_proposal(session: Session, text: Text, proposal: str) -> Proposal:
    """A proposal that nobody has settled yet."""
    found = proposal_of(session, text, proposal)
    if found.state not in LIVE:
        raise out_of_order(lazy("Proposal %(number)s is already settled.") % {"number": found.number})
    return found


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
        raise invalid(**{field: lazy("This holds letters that nobody sees. Type the title anew.")})
    if not TITLE_LETTERS[0] <= len(title) <= TITLE_LETTERS[1] or FOOTNOTE.search(title):
        raise invalid(**{field: lazy("A title has 3 to 300 letters, on one line and without footnotes.")})
    return title


def in_order(text: Text, states: Sequence[str]) -> list[str]:
    """Delegations in protocol order; the chair's own first."""
    rank = {state: n for n, state in enumerate(text.order)}
    return sorted(set(states), key=lambda state: (state != CHAIR, rank.get(state, len(rank)), state))
