"""The memberships of a format: rows for the states that join, and checks of the states that a form names."""

from collections.abc import Iterable, Sequence

from suhbat.formats.models import Membership
from suhbat.formats.state_names import is_known
from suhbat.ground.dates import is_partial
from suhbat.ground.language import lazy
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.refusals import invalid


def new_memberships(
    members: Iterable[str], partners: Iterable[str], since: str | None, after: int = 0
) -> list[Membership]:
    """The memberships of states that join, members before partners. `after` is the number of earlier memberships."""
    roles = [(state, "member") for state in members] + [(state, "partner") for state in partners]
    return [
        Membership(state=state, role=role, since=since, position=after + n) for n, (state, role) in enumerate(roles)
    ]


AT_FOUNDING = ("members", "partners", "established")
"""The fields of the founding's form in which members, partners and the day are entered."""


def check_memberships(
    members: Sequence[str], partners: Sequence[str], day: str | None, fields: tuple[str, str, str] = AT_FOUNDING
) -> None:
    """Refuse states that are unknown or named twice, and an invalid date. Each fault stands at its field."""
    for field, states in zip(fields, (members, partners), strict=False):
        if unknown := sorted(state for state in states if not is_known(state)):
            raise invalid(**{field: lazy("These are no known states: %(states)s.") % {"states": in_a_row(unknown)}})
    all_states = [*members, *partners]
    if len(set(all_states)) != len(all_states):
        raise invalid(**{fields[1]: lazy("A state stands in a format once: as a member or as a partner.")})
    if day and not is_partial(day):
        raise invalid(**{fields[2]: lazy("This is no date.")})
