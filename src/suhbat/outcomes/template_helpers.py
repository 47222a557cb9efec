"""What templates may ask of outcomes: how kinds, states and amounts are said."""

from jinja2 import Environment

from suhbat.ground.money import show_as_said
from suhbat.outcomes import words


def install(environment: Environment) -> None:
    """Give templates amounts as they were said, joined states, and the names of kinds, statuses and states."""
    environment.filters["as_said"] = show_as_said
    environment.filters["in_figures"] = words.in_figures
    environment.filters["states"] = words.names
    environment.filters["outcome_kind"] = lambda kind: str(words.KINDS.get(kind, kind))
    environment.filters["outcome_status"] = lambda status: str(words.STATUSES.get(status, status))
    environment.filters["outcome_state"] = lambda state: str(words.STATES.get(state, state))
