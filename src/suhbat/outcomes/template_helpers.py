"""What templates may ask of outcomes: how kinds, states and amounts are said."""

from jinja2 import Environment

from suhbat.ground.money import show_as_said
from suhbat.outcomes import outcome_labels


def install(environment: Environment) -> None:
    """Give templates amounts as they were said, joined states, and the names of kinds, statuses and states."""
    environment.filters["as_said"] = show_as_said
    environment.filters["in_figures"] = outcome_labels.in_figures
    environment.filters["states"] = outcome_labels.names
    environment.filters["outcome_kind"] = lambda kind: str(outcome_labels.KINDS.get(kind, kind))
    environment.filters["outcome_status"] = lambda status: str(outcome_labels.STATUSES.get(status, status))
    environment.filters["outcome_state"] = lambda state: str(outcome_labels.STATES.get(state, state))
