"""What templates may ask about people: their offices, fingerprints of keys, and where a rehearsal's seats open."""

from jinja2 import Environment
from markupsafe import Markup

from suhbat.acts.app import address
from suhbat.ground.settings import Settings
from suhbat.people.names_with_titles import with_office
from suhbat.people.office_titles import office, office_language
from suhbat.people.passkeys import fingerprint


def seat_path(meeting: str, seat: str) -> str:
    """Where one sits down in a rehearsal."""
    return address(f"/rehearse/seats/{meeting}/{seat}")


def seat_window(settings: Settings, meeting: str, seat: str) -> str:
    """The address that opens a seat of a rehearsal beside the present one, in the same browser.

    A browser keeps one sign-in per host name and takes every name under `localhost` for this machine, so
    `http://kz.localhost:8000` is a window of its own. Under another name than `localhost` the link is plain, for a
    private window or another browser.
    """
    scheme, _, netloc = settings.origin.partition("://")
    own = f"{scheme}://{seat.lower()}.{netloc}" if settings.host == "localhost" else settings.origin
    return own + seat_path(meeting, seat)


def office_name(title: str | None, spelt_in: str = "") -> str:
    """A person's office in the reader's language, for every page: `{{ seat.office | office_name }}`.

    A title that is not known stays as it was typed. With `spelt_in`, the language in which it is known to be spelt
    (the record's are English), it is then marked with that language.
    """
    if not title:
        return ""
    strange = office_language(title, spelt_in)
    return Markup('<span lang="{}">{}</span>').format(strange, title) if strange else office(title)


def install(environment: Environment) -> None:
    """Give templates offices, fingerprints and the ways to the seats of a rehearsal."""
    environment.globals.update(seat_path=seat_path, seat_window=seat_window, with_office=with_office)
    environment.filters.update(fingerprint=fingerprint, office_name=office_name)
