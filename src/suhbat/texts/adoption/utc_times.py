"""Deadlines in UTC, in the reader's language."""

from suhbat.ground.clock import instant
from suhbat.ground.dates import show_instant
from suhbat.ground.language import gettext


def in_utc(stamp: str) -> str:
    """An instant, written as `clock.stamp` writes it, as a day and a time in UTC."""
    return gettext("%(time)s UTC") % {"time": show_instant(instant(stamp))}
