"""Other readers' eyes: a person sees a page as a kind of reader does, and can do nothing there.

An onlooker stands for nobody: for a delegation, but for no state. So it is in no delegation's own audience, and what
any delegation keeps to itself is never in what it sees. It sees no more than the person who looks through its eyes,
and no act is offered to it. Both are rules of `roles_and_seats.Viewer`, wherever a page asks.
"""

from typing import Any

from suhbat.acts.roles_and_seats import Eyes, Role, Seat, Viewer
from suhbat.ground.language import Lazy, lazy

ONLOOKER = "suhbat_onlooker"
"""Key in the scope of a request inside this process: the onlooker who asks. No browser can set it."""
NOBODY = "onlooker"
"""The id of an onlooker with a seat. No person has it."""
WHOSE: dict[str, Lazy] = {
    "delegation": lazy("a delegation that has filed nothing"),
    "observer": lazy("an observer"),
    "public": lazy("the public"),
}
"""Whose eyes there are, with what the page calls them."""


def onlooker(eyes: Eyes, meeting: str) -> Viewer:
    """A reader of a meeting by kind, through whose eyes somebody sees.

    A delegation has the side of a partner: what is for all delegations is for it, and what the members keep among
    themselves is not, since the secretariat does not see that either.
    """
    if eyes.kind == "public":
        return Viewer("", "", (), eyes)
    role, side = (Role.OBSERVER, "observer") if eyes.kind == "observer" else (Role.HEAD, "partner")
    return Viewer(NOBODY, str(WHOSE[eyes.kind]), (Seat(role, meeting, side=side),), eyes)


def onlooker_of(scope: Any) -> Viewer | None:
    """The onlooker who asks, if a request was made inside this process."""
    found = scope.get(ONLOOKER)
    return found if isinstance(found, Viewer) and found.eyes else None
