"""Choices that the forms of summary records offer."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from suhbat.acts.forms import Choice, choices
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.language import LANGUAGES
from suhbat.minutes.minutes_agreement import minutes_of
from suhbat.minutes.summary_record import paragraph_numbers
from suhbat.record.audiences import PARTICIPANTS


@choices("minutes_languages")
def languages(_session: Session, _actor: Viewer, _values: dict[str, Any]) -> Sequence[Choice]:
    """The languages in which a summary record can be written."""
    return list(LANGUAGES.items())


@choices("minutes_paragraphs")
def paragraphs(session: Session, actor: Viewer, values: dict[str, Any]) -> Sequence[Choice]:
    """The numbered paragraphs of the draft, with the beginnings of their texts."""
    meeting = str(values.get("meeting", ""))
    minutes = minutes_of(session, meeting) if actor.scope(meeting).sees(PARTICIPANTS) else None
    if minutes is None:
        return []
    numbers = paragraph_numbers(minutes.paragraphs)
    return [
        (paragraph.name, f"{numbers[paragraph.name]}. {paragraph.text[:60]}")
        for paragraph in minutes.paragraphs
        if paragraph.name in numbers
    ]
