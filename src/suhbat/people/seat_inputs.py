"""Inputs that several acts about seats share: the place, the seat, the mail address of a letter, and names."""

from typing import Annotated

from msgspec import Meta

from suhbat.acts import Input
from suhbat.ground import characters
from suhbat.ground.language import lazy
from suhbat.ground.refusals import invalid
from suhbat.people.invitation_secrets import DAYS


class AtPlace(Input, frozen=True, kw_only=True):
    """An act about the seats of a meeting or of a format."""

    meeting: Annotated[str, Meta(title="Meeting", extra={"widget": "hidden"})] = ""
    format: Annotated[str, Meta(title="Format", extra={"widget": "hidden"})] = ""

    @property
    def place(self) -> str:
        """The meeting if one is named, else the format, else the installation (empty)."""
        return self.meeting or self.format


class OfSeat(AtPlace, frozen=True, kw_only=True):
    """An act about one seat."""

    seat: Annotated[str, Meta(max_length=40, title="Seat", extra={"widget": "hidden"})]


class LetterFields(AtPlace, frozen=True, kw_only=True):
    """How long a letter is valid, and where it is sent. A form asks for this last."""

    mail: Annotated[
        str,
        Meta(
            max_length=200,
            title="Mail address",
            description=(
                "The letter is mailed there. The address is kept outside the record until the seat is taken, "
                "so that the letter can be sent again."
            ),
            extra={"widget": "email", "order": 1},
        ),
    ] = ""
    language: Annotated[
        str, Meta(max_length=5, title="Language of the letter", extra={"choices": "languages", "order": 1})
    ] = ""
    days: Annotated[int, Meta(ge=1, le=90, title="Days until it expires", extra={"order": 1})] = DAYS


class Posting(LetterFields, frozen=True, kw_only=True):
    """A letter for a seat of a meeting or a format, and whether the meeting's calendar goes there too."""

    calendar: Annotated[
        bool,
        Meta(
            title="Mail the meeting's calendar invitation there too",
            description="The address is then stored outside the record until the meeting is over.",
            extra={"order": 1},
        ),
    ] = False


def tidy(text: str, field: str = "name") -> str:
    """A name without extra spaces. Invisible characters, and those that change the writing direction, are refused."""
    name = " ".join(text.split())
    if not characters.fits(name, characters.Place.NAME):
        raise invalid(**{field: lazy("This contains invisible characters. Type it again.")})
    if field == "name" and not name:
        raise invalid(name=lazy("This is needed."))
    return name
