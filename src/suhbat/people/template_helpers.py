"""Filters and functions for templates: offices, fingerprints of keys, and addresses of a rehearsal's seats."""

from jinja2 import Environment
from markupsafe import Markup

from suhbat.acts.app import address
from suhbat.ground.settings import Settings
from suhbat.people.names_with_titles import with_office
from suhbat.people.office_titles import office, office_language
from suhbat.people.passkeys import fingerprint


def seat_path(meeting: str, seat: str) -> str:
    """The address with which one takes a seat in a rehearsal."""
    return address(f"/rehearse/seats/{meeting}/{seat}")


def seat_window(settings: Settings, meeting: str, seat: str) -> str:
    """The address that opens another seat of a rehearsal in the same browser.

    A browser has one sign-in per host name, and every name under `localhost` means this machine, so
    `http://kz.localhost:8000` is a window with its own sign-in. If the server's name is not `localhost`, the link is
    plain, for a private window or another browser.
    """
    scheme, _, netloc = settings.origin.partition("://")
    site = f"{scheme}://{seat.lower()}.{netloc}" if settings.host == "localhost" else settings.origin
    return site + seat_path(meeting, seat)


def office_name(title: str | None, spelt_in: str = "") -> str:
    """A person's office in the reader's language, for every page: `{{ seat.office | office_name }}`.

    A title that is not known stays as it was typed. It is then marked with its language, if that is known (`spelt_in`;
    English in the public record).
    """
    if not title:
        return ""
    own_language = office_language(title, spelt_in)
    return Markup('<span lang="{}">{}</span>').format(own_language, title) if own_language else office(title)


def install(environment: Environment) -> None:
    """Add the filters and functions of this package to the templates."""
    environment.globals.update(seat_path=seat_path, seat_window=seat_window, with_office=with_office)
    environment.filters.update(fingerprint=fingerprint, office_name=office_name)
