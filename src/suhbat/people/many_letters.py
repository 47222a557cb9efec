"""Many letters at once: each with its link, shown, ready to print, and mailed if there is an address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Response
from markupsafe import Markup

from suhbat.acts import Viewer
from suhbat.acts.app import App
from suhbat.acts.place_finders import Place
from suhbat.acts.request_bodies import AnyRequest
from suhbat.people.invitation_letter import Letter, mail_letters
from suhbat.people.letter_contents import contents_of
from suhbat.people.letter_sheets import sheet_of
from suhbat.people.models import SeatRow
from suhbat.people.request_origin import PRIVATE
from suhbat.people.seat_bodies import KeptInvitation, KeptSeat
from suhbat.people.seat_labels import seat_label

OWN = "own"
"""The choice of each delegation's own language for its letters."""


@dataclass(frozen=True)
class ToSend:
    """A letter that an act has made: its seat, the link that only the actor gets, its language and address."""

    seat: KeptSeat | SeatRow
    link: str
    invitation: KeptInvitation
    code: str
    mail: str


@dataclass(frozen=True)
class SentLetter:
    """A letter that is shown: its link, the sheet to print, and whether it was mailed."""

    letter: Letter
    role: str
    link: str
    mailed: str
    sheet: Markup


def send_letters(app: App, place: Place, letters: Sequence[ToSend]) -> list[SentLetter]:
    """Mail the letters that have an address; all of them with their sheets. A language costs queries, a letter none."""
    with app.database.reading() as session:
        codes = {one.code for one in letters}
        contents = {code: contents_of(session, place, code) for code in sorted(codes)}
    written = [
        Letter.of(app.settings, contents[one.code], one.seat, one.link.rpartition("/")[2], one.invitation.expires)
        for one in letters
    ]
    mailed = mail_letters(
        app.settings, [(letter, one.seat.id, one.mail) for letter, one in zip(written, letters, strict=True)]
    )
    return [
        SentLetter(letter, seat_label(letter), one.link, result, sheet_of(app, letter))
        for letter, one, result in zip(written, letters, mailed, strict=True)
    ]


def letters_page(
    request: AnyRequest, app: App, actor: Viewer, place: Place, sent: Sequence[SentLetter]
) -> Response[Any]:
    """The page with all links and letters. They are shown once."""
    page = app.page(request, actor, "people/table_links.html", place=place, invited=sent)
    page.headers.update(PRIVATE)
    return page
