"""What templates may ask of the states: names and flags."""

from jinja2 import Environment

from suhbat.formats.names import state_name


def install(environment: Environment) -> None:
    """Give templates the `state` filter."""
    environment.filters["state"] = state_name
