"""What forms about texts offer: paragraphs, proposals, earlier texts."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.actors import PARTICIPANT_ROLES, Viewer
from suhbat.acts.forms import Choice, choices
from suhbat.ground.lists import in_a_row
from suhbat.texts.finding import LIVE, paragraphs_of
from suhbat.texts.linking import outcomes_said
from suhbat.texts.models import Proposal, Text
from suhbat.texts.place_labels import place_said
from suhbat.texts.proposing import who
from suhbat.texts.wording.cleaning import plainly
from suhbat.texts.wording.numbering import numbers, shown

_SHORT = 60


def _text(session: Session, actor: Viewer, values: dict[str, Any]) -> Text | None:
    meeting = str(values.get("meeting", ""))
    if not actor.roles_at(meeting) & PARTICIPANT_ROLES:
        return None
    return session.get(Text, f"{meeting}/{values.get('text', '')}")


@choices("text paragraphs")
def paragraphs(session: Session, actor: Viewer, values: dict[str, Any]) -> list[Choice]:
    """The paragraphs of the form's text, by number and beginning."""
    text = _text(session, actor, values)
    if text is None:
        return []
    held = paragraphs_of(session, text.id)
    labels = numbers(held)
    return [
        (each.id, f"{place_said(labels[each.id])}  {plainly(shown(each.wording, labels)[:_SHORT])}")
        for each in held
        if each.wording
    ]


@choices("text proposals")
def proposals(session: Session, actor: Viewer, values: dict[str, Any]) -> list[Choice]:
    """The live proposals of the form's text; of its paragraph, if the form names one."""
    text = _text(session, actor, values)
    if text is None:
        return []
    query = select(Proposal).where(Proposal.text == text.id, Proposal.state.in_(LIVE)).order_by(Proposal.number)
    if paragraph := values.get("paragraph"):
        query = query.where(Proposal.paragraph == str(paragraph))
    return [
        (each.id, f"{each.number}  {in_a_row(who(state) for state in each.holders)}") for each in session.scalars(query)
    ]


@choices("outcomes in the record")
def outcomes(session: Session, actor: Viewer, values: dict[str, Any]) -> list[Choice]:
    """The outcomes of the form's meeting."""
    meeting = str(values.get("meeting", ""))
    return list(outcomes_said(session, meeting).items()) if actor.roles_at(meeting) & PARTICIPANT_ROLES else []


@choices("texts of the format")
def texts_of_format(session: Session, actor: Viewer, values: dict[str, Any]) -> list[Choice]:
    """Earlier texts of the form's format that this actor may read, the newest first."""
    return _texts(session, actor, values, adopted=False)


@choices("adopted texts")
def adopted_texts(session: Session, actor: Viewer, values: dict[str, Any]) -> list[Choice]:
    """Adopted texts of the form's format that this actor may read."""
    return _texts(session, actor, values, adopted=True)


def _texts(session: Session, actor: Viewer, values: dict[str, Any], *, adopted: bool) -> list[Choice]:
    format_ = str(values.get("meeting", "")).partition("/")[0]
    query = select(Text).where(Text.meeting.startswith(f"{format_}/", autoescape=True)).order_by(Text.opened.desc())
    if adopted:
        query = query.where(Text.state == "adopted")
    return [
        (each.id, each.title)
        for each in session.scalars(query)
        if each.published or actor.roles_at(each.meeting) & PARTICIPANT_ROLES
    ]
