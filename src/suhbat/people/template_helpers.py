"""What templates may ask about people: fingerprints of keys, and where the seats of a rehearsal are opened."""

from jinja2 import Environment

from suhbat.acts.house import address
from suhbat.ground.settings import Settings
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


def install(environment: Environment) -> None:
    """Give templates the ways to the seats of a rehearsal."""
    environment.globals.update(seat_path=seat_path, seat_window=seat_window)
    environment.filters.update(fingerprint=fingerprint)
