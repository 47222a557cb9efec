"""What stands against a text: what returned it to drafting, reservations on words taken in, later corrigenda."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.texts.models import Answer, AskedForAdoption, Position, Proposal, Silence, Text
from suhbat.texts.text_access import Reader


@dataclass(frozen=True)
class Setback:
    """Who returned the text to drafting, why, and at which paragraph (None: an objection in the room)."""

    by: str
    reason: str
    paragraph: str | None
    entry: int


def setback_of(session: Session, text: Text) -> Setback | None:
    """The latest setback, while the text is being drafted: whoever comes later has to know why it came back."""
    if text.status != "drafting":
        return None
    broken = select(Silence).where(Silence.text == text.id, Silence.status == "broken").order_by(Silence.entry.desc())
    silence = session.scalars(broken.limit(1)).first()
    objected = (
        select(Answer)
        .join(AskedForAdoption, AskedForAdoption.id == Answer.asked)
        .where(AskedForAdoption.text == text.id, Answer.agrees.is_(False))
        .order_by(Answer.entry.desc())
    )
    answer = session.scalars(objected.limit(1)).first()
    setbacks = []
    if silence is not None:
        setbacks.append(Setback(silence.broken_by, silence.reason, silence.about, silence.entry))
    if answer is not None:
        setbacks.append(Setback(answer.delegation, answer.reason, None, answer.entry))
    return max(setbacks, key=lambda setback: setback.entry, default=None)


def reservations_on(session: Session, text: Text) -> list[tuple[Proposal, Position]]:
    """Positions reserved on proposals that are in the text by now: taking words in answers no reservation."""
    query = (
        select(Proposal, Position)
        .join(Position, Position.proposal == Proposal.id)
        .where(Proposal.text == text.id, Proposal.status.in_(("incorporated", "met")), Position.stand == "reserves")
        .order_by(Proposal.number, Position.id)
    )
    return [(proposal, position) for proposal, position in session.execute(query)]


def corrigenda_of(session: Session, text: Text, reader: Reader) -> list[Text]:
    """The corrigenda of an adopted text, as far as this reader may know of them."""
    corrigenda = session.scalars(select(Text).where(Text.corrects == text.id).order_by(Text.opened))
    return [corrigendum for corrigendum in corrigenda if corrigendum.published or reader.takes_part]
