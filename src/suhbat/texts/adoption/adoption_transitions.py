"""What silence and the chair's question have in common: clean before, adopted or back to drafting after."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.roles_and_seats import Role
from suhbat.ground.language import Lazy, lazy
from suhbat.ground.name_lists import sentences
from suhbat.ground.refusals import out_of_order
from suhbat.record.entries import Entry
from suhbat.texts.models import Paragraph, Text

CHAIRS = {Role.CHAIR, Role.SECRETARIAT}


def must_be_clean(hurdles: Sequence[Lazy]) -> None:
    """Refuse, with all that is still in the way of a text (`canonical_text.hurdles`)."""
    if hurdles:
        raise out_of_order(lazy("The text is not clean yet. %(why)s") % {"why": sentences(map(str, hurdles))})


def back_to_drafting(text: Text, entry: Entry) -> None:
    """The text may be changed again."""
    text.status = "drafting" if text.status in {"silence", "asked"} else text.status
    text.changed = entry.number


def adopt(session: Session, entry: Entry, text: Text, *, digest: str, as_of: str, how: str) -> None:
    """The text is adopted; every paragraph is agreed; nothing changes any more."""
    text.status, text.adopted, text.adopted_by = "adopted", as_of, how
    text.digest, text.changed = digest, entry.number
    for paragraph in session.scalars(select(Paragraph).where(Paragraph.text == text.id)):
        paragraph.status = "agreed"
