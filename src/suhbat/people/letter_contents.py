"""What a letter of invitation says beside the link: who invites, when, where, to what, and whom to ask."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from suhbat.acts.place_finders import Place, find_place
from suhbat.acts.roles_and_seats import ROLE_NAMES, Role
from suhbat.ground.language import LANGUAGES, _, language, reading_in
from suhbat.people.letter_wording import OwnWords, own_words
from suhbat.people.meeting_lookups import InLetter, in_letter
from suhbat.people.models import SeatRow
from suhbat.people.seat_bodies import KeptSeat

LANGUAGE_OF = {
    "JP": "ja", "KZ": "kk", "KG": "ky", "TJ": "tg", "TM": "tk", "UZ": "uz", "RU": "ru", "BY": "ru",
}  # fmt: skip
"""The language in which letters to a delegation are written if nobody says otherwise; for all others English."""


def letter_language(state: str) -> str:
    """The language of letters to this delegation; for a seat without one, the language of who writes."""
    return LANGUAGE_OF.get(state, "en" if state else language())


@dataclass(frozen=True)
class LetterContents:
    """The words of one place's letters in one language. Those for a state need no further query."""

    place: Place
    code: str
    words: OwnWords = field(default_factory=OwnWords)
    meeting: InLetter | None = None

    def times(self, state: str) -> list[str]:
        """The days and hours, on the host's clock and on the clock of the state's capital."""
        with reading_in(self.code):
            return list(self.meeting.times_for(state)) if self.meeting else []

    @property
    def how(self) -> str:
        """Where one goes, or that one joins by video."""
        return self.meeting.how if self.meeting else ""

    @property
    def letterhead(self) -> list[str]:
        """The lines of the letterhead."""
        return self.words.letterhead.splitlines()

    @property
    def sentences(self) -> list[str]:
        """Who invites, and to what: the secretariat's own sentences, or ours."""
        if self.words.sentence:
            return [line for line in self.words.sentence.splitlines() if line.strip()]
        host = self.words.host or (self.meeting.host if self.meeting else "")
        with reading_in(self.code):
            if host:
                return [
                    _("%(host)s has the honour of inviting you to: %(title)s.") % {"host": host, "title": self.title}
                ]
            return [_("You are invited to: %(title)s.") % {"title": self.title}]

    @property
    def title(self) -> str:
        """The title of the meeting or format, on one line."""
        return " ".join(self.place.title.split())

    @property
    def agenda(self) -> list[str]:
        """The items of the agenda, once it is released to those who take part."""
        return list(self.meeting.agenda) if self.meeting else []

    @property
    def mailed_agenda(self) -> list[str]:
        """The items of the agenda in a mail, which goes through others' servers: only if anyone may read them."""
        return self.agenda if self.meeting and self.meeting.public_agenda else []


def contents_of(session: Session, place: Place, code: str, seat: KeptSeat | SeatRow | None = None) -> LetterContents:
    """The words of letters to this place in a language. A seat of the installation is named by its role."""
    code = code if code in LANGUAGES else language()
    with reading_in(code):
        if not place.id:
            title = str(ROLE_NAMES[Role(seat.role)]) if seat else place.title
            return LetterContents(Place("", title, place.page), code)
        localised = find_place(session, place.id) or place
        return LetterContents(localised, code, own_words(session, place.id, code), in_letter(session, place.id))
