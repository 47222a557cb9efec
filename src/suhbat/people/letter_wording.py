"""The secretariat's own words in letters of invitation: letterhead, who invites, a sentence, and whom to ask."""

from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, Occasion, Role, act, effect, guard, phrase
from suhbat.acts.place_finders import Place
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground import characters
from suhbat.ground.language import LANGUAGES, _, lazy
from suhbat.ground.language_names import language_label
from suhbat.ground.refusals import invalid, not_allowed
from suhbat.people.models import LetterWording
from suhbat.people.queries import place_named
from suhbat.people.seat_inputs import AtPlace
from suhbat.people.seat_managers import Standing, standing
from suhbat.record.audiences import SECRETARIAT
from suhbat.record.entries import Entry

FIELDS = ("letterhead", "host", "sentence", "contact")


class Wording(AtPlace, frozen=True, kw_only=True):
    """Words for the letters of one language, or (without a language) of all that have none of their own."""

    language: Annotated[
        str,
        Meta(
            max_length=5,
            title="For letters in",
            description="Leave it open for all languages that have no words of their own.",
            extra={"choices": "languages"},
        ),
    ] = ""
    letterhead: Annotated[
        str,
        Meta(
            max_length=600,
            title="Letterhead",
            description="Such as the name of the ministry and its address, one line each.",
            extra={"widget": "textarea"},
        ),
    ] = ""
    host: Annotated[
        str,
        Meta(max_length=300, title="Who invites", description="Such as: the Ministry of Foreign Affairs of Japan."),
    ] = ""
    sentence: Annotated[
        str,
        Meta(
            max_length=2_000,
            title="Your own sentences",
            description="They stand before the facts. Without them the letter says who invites, and to what.",
            extra={"widget": "textarea"},
        ),
    ] = ""
    contact: Annotated[
        str,
        Meta(
            max_length=300, title="Contact for questions", description="A name, a telephone number or a mail address."
        ),
    ] = ""


class LettersWorded(Body, frozen=True, kw_only=True):
    """The words for letters in one language; all four empty if there are none any more."""

    place: str
    language: str
    letterhead: str
    host: str
    sentence: str
    contact: str


@dataclass(frozen=True)
class OwnWords:
    """The secretariat's words for one letter."""

    letterhead: str = ""
    host: str = ""
    sentence: str = ""
    contact: str = ""


@guard("letters.worded")
def may_word(_viewer: Viewer, _place: Place, here: Standing) -> None:
    """Only the secretariat of the meeting or the format."""
    if not here.secretariat:
        raise not_allowed()


@act("letters.worded", "Write the text of letters", by={Role.SECRETARIAT}, audience=SECRETARIAT)
def word(occasion: Occasion, inputs: Wording) -> Decision[LettersWorded]:
    """The secretariat says once, for a format or for a meeting, what its letters of invitation say beside the facts.

    Those of a meeting come before those of its format, and those of a language before those for all.
    """
    place = place_named(occasion.session, inputs.place)
    may_word(occasion.actor, place, standing(occasion.session, occasion.actor, place.id))
    if inputs.language and inputs.language not in LANGUAGES:
        raise invalid(language=lazy("This is not one of the choices."))
    words = {name: getattr(inputs, name).strip() for name in FIELDS}
    for name, text in words.items():
        if not all(characters.fits(line, characters.Place.NAME) for line in text.splitlines()):
            raise invalid(**{name: lazy("This contains invisible characters. Type it again.")})
    return Decision(LettersWorded(place=place.id, language=inputs.language, **words))


@effect("letters.worded")
def letters_worded(session: Session, _entry: Entry, body: LettersWorded) -> None:
    """The words count for every letter that is shown or mailed from now on."""
    row = session.get(LetterWording, (body.place, body.language))
    if row is None:
        row = LetterWording(place=body.place, language=body.language)
        session.add(row)
    row.letterhead, row.host, row.sentence, row.contact = body.letterhead, body.host, body.sentence, body.contact


@phrase("letters.worded")
def say_worded(_entry: Entry, body: LettersWorded) -> str:
    """The sentence that says for which letters."""
    if not body.language:
        return _("The text of the letters of invitation was changed.")
    return _("The text of the letters of invitation was changed: %(language)s") % {
        "language": language_label(body.language)
    }


def own_words(session: Session, place: str, code: str) -> OwnWords:
    """The words for a letter in this language: each from the meeting or its format, in the language or for all."""
    format_ = place.partition("/")[0]
    query = select(LetterWording).where(
        LetterWording.place.in_({place, format_}), LetterWording.language.in_({code, ""})
    )
    rows = {(row.place, row.language): row for row in session.scalars(query)}
    order = [(place, code), (place, ""), (format_, code), (format_, "")]
    found = [rows[key] for key in order if key in rows]
    return OwnWords(**{name: next((text for row in found if (text := getattr(row, name))), "") for name in FIELDS})


def wording_at(session: Session, place: str) -> dict[str, LetterWording]:
    """By language: the words that a meeting or a format itself has."""
    rows = session.scalars(select(LetterWording).where(LetterWording.place == place).order_by(LetterWording.language))
    return {row.language: row for row in rows}
