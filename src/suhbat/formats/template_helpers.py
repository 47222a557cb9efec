"""What templates may ask of the states: names and flags."""

from jinja2 import Environment

from suhbat.formats.names import state_name
from suhbat.formats.topics import topic_name


def install(environment: Environment) -> None:
    """Give templates the `state` and `topic` filters."""
    environment.filters["state"] = state_name
    environment.filters["topic"] = topic_name
