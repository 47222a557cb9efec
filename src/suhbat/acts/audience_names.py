"""The names of audiences in the reader's language."""

from suhbat.acts.roles_and_seats import ROLE_NAMES, Role
from suhbat.ground.language import Lazy, lazy
from suhbat.record.audiences import BOOTHS, CIRCLE, DELEGATIONS, MEMBERS, PARTICIPANTS, PUBLIC, SECRETARIAT

AUDIENCE_NAMES: dict[str, Lazy] = {
    PUBLIC: ROLE_NAMES[Role.ANYONE],
    PARTICIPANTS: lazy("All participants"),
    DELEGATIONS: lazy("Delegations of members and partners"),
    MEMBERS: lazy("Delegations of the members alone"),
    BOOTHS: lazy("Interpreters"),
    SECRETARIAT: ROLE_NAMES[Role.SECRETARIAT],
    "delegation": lazy("Own delegation only"),
    CIRCLE: lazy("The standing seats of a subject"),
    "person": lazy("Only the person concerned"),
    "editors": lazy("Editors of the public record"),
}
"""The audiences that acts are registered with. The actor decides which delegation or which person is meant."""
