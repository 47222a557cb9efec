"""Functions for templates: what a person left for notices."""

from jinja2 import Environment

from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.clock import instant
from suhbat.notices.feed_secrets import has_feed
from suhbat.notices.own_clock import own_clock
from suhbat.notices.subscriptions import subscription_of


def own_time(viewer: Viewer, moment: str) -> str:
    """An instant (`clock.stamp`) on the clock of the viewer's capital, and in UTC."""
    return own_clock(viewer).shows(instant(moment)) if moment else ""


def install(environment: Environment) -> None:
    """Add the functions to the template environment."""
    environment.globals.update(subscription_of=subscription_of, has_feed=has_feed, own_time=own_time)
