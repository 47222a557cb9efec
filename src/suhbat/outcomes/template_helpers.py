"""Template filters for outcomes: labels of kinds, statuses and states, amounts."""

from jinja2 import Environment

from suhbat.formats import vocabulary
from suhbat.outcomes import outcome_labels


def install(environment: Environment) -> None:
    """Register the filters."""
    environment.filters["states"] = outcome_labels.names
    environment.filters["outcome_kind"] = lambda kind: str(vocabulary.OUTCOME_KINDS.get(kind, kind))
    environment.filters["outcome_status"] = lambda status: str(outcome_labels.STATUSES.get(status, status))
    environment.filters["outcome_state"] = lambda state: str(vocabulary.DELIVERY_STATUSES.get(state, state))
