"""What silence and the chair's question have in common: clean before, adopted or back to drafting after."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.actors import Role
from suhbat.ground.language import lazy
from suhbat.ground.name_lists import sentences
from suhbat.ground.refusals import out_of_order
from suhbat.record.entries import Entry
from suhbat.texts.adoption.canonical_text import hurdles
from suhbat.texts.lookup import text_of
from suhbat.texts.models import Paragraph, Text

CHAIRS = {Role.CHAIR, Role.SECRETARIAT}


def must_be_clean(session: Session, text: Text) -> None:
    """Refuse, with all that is still in the way."""
    found = hurdles(session, text)
    if found:
        raise out_of_order(lazy("The text is not clean yet. %(why)s") % {"why": sentences(map(str, found))})


def back_to_drafting(session: Session, entry: Entry) -> None:
    """The text may be changed again."""
    text = text_of(session, entry.meeting, entry.body["text"])
    text.state = "drafting" if text.state in {"silence", "asked"} else text.state
    text.changed = entry.number


def adopt(session: Session, entry: Entry, as_of: str, how: str) -> None:
    """The text is adopted; every paragraph is agreed; nothing changes any more."""
    text = text_of(session, entry.meeting, entry.body["text"])
    text.state, text.adopted, text.adopted_by = "adopted", as_of, how
    text.digest, text.changed = entry.body["digest"], entry.number
    for paragraph in session.scalars(select(Paragraph).where(Paragraph.text == text.id)):
        paragraph.state = "agreed"
