"""The choices of forms about texts: paragraphs, proposals, earlier texts."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.forms import Choice, choices
from suhbat.acts.roles_and_seats import PARTICIPANT_ROLES, Viewer
from suhbat.ground.name_lists import in_a_row
from suhbat.texts.holder_names import holder_name
from suhbat.texts.models import Proposal, Text
from suhbat.texts.negotiation.outcome_links import outcome_titles
from suhbat.texts.place_labels import place_label
from suhbat.texts.text_guard_checks import LIVE, paragraphs_of
from suhbat.texts.wording.numbering import numbers, with_numbers
from suhbat.texts.wording.unicode_cleaning import plainly

_SHORT = 60


def _text(session: Session, actor: Viewer, values: dict[str, Any]) -> Text | None:
    meeting = str(values.get("meeting", ""))
    if not actor.roles_at(meeting) & PARTICIPANT_ROLES:
        return None
    return session.get(Text, f"{meeting}/{values.get('text', '')}")


@choices("text paragraphs")
def paragraphs(session: Session, actor: Viewer, values: dict[str, Any]) -> list[Choice]:
    """The paragraphs of the form's text, with their numbers and first words."""
    text = _text(session, actor, values)
    if text is None:
        return []
    present = paragraphs_of(session, text.id)
    labels = numbers(present)
    return [
        (paragraph.id, f"{place_label(labels[paragraph.id])}  {_beginning(paragraph.wording, labels)}")
        for paragraph in present
        if paragraph.wording
    ]


def _beginning(wording: str, labels: dict[str, str]) -> str:
    return plainly(with_numbers(wording, labels)[:_SHORT])


@choices("text proposals")
def proposals(session: Session, actor: Viewer, values: dict[str, Any]) -> list[Choice]:
    """The live proposals of the form's text; of its paragraph, if the form names one."""
    text = _text(session, actor, values)
    if text is None:
        return []
    query = select(Proposal).where(Proposal.text == text.id, Proposal.status.in_(LIVE)).order_by(Proposal.number)
    if paragraph := values.get("paragraph"):
        query = query.where(Proposal.paragraph == str(paragraph))
    return [
        (proposal.id, f"{proposal.number}  {in_a_row(map(holder_name, proposal.holders))}")
        for proposal in session.scalars(query)
    ]


@choices("outcomes in the record")
def outcomes(session: Session, actor: Viewer, values: dict[str, Any]) -> list[Choice]:
    """The outcomes of the form's meeting."""
    meeting = str(values.get("meeting", ""))
    return list(outcome_titles(session, meeting).items()) if actor.roles_at(meeting) & PARTICIPANT_ROLES else []


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
        query = query.where(Text.status == "adopted")
    return [
        (text.id, text.title)
        for text in session.scalars(query)
        if text.published or actor.roles_at(text.meeting) & PARTICIPANT_ROLES
    ]
