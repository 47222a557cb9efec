"""A letter of invitation as it is printed: one sheet, in the language of the letter."""

from markupsafe import Markup

from suhbat.acts.app import App
from suhbat.ground.language import reading_in
from suhbat.ground.templates import render
from suhbat.people.invitation_letter import Letter
from suhbat.people.seat_labels import seat_label


def sheet_of(app: App, letter: Letter) -> Markup:
    """The sheet of a letter, with the link as text and as a QR code."""
    with reading_in(letter.contents.code):
        context = {
            "letter": letter,
            "contents": letter.contents,
            "role": seat_label(letter),
            "link": letter.link(),
            "qr": Markup(letter.qr_code()),  # noqa: S704  (segno draws it)
        }
        return Markup(render(app.templates, "people/letter_sheet.html", context))  # noqa: S704  (a template)
