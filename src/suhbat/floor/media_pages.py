"""Where browsers find each other: the way up for signals between peers, and the check of devices before joining.

Nothing here is recorded: a WebRTC offer is nobody's business tomorrow. Pictures and sound travel between the
browsers themselves and never touch this server.
"""

import time
from collections import OrderedDict
from typing import Annotated, Any

import msgspec
from anyio.to_thread import run_sync
from litestar import MediaType, Request, Router, get, post
from litestar.exceptions import TooManyRequestsException
from litestar.response import Redirect, Response
from msgspec import Meta

from suhbat.acts.actors import PARTICIPANT_ROLES, Viewer
from suhbat.acts.bodies import object_of
from suhbat.acts.door import Asker
from suhbat.acts.house import House, address
from suhbat.floor.relays import for_browser
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import invalid, not_allowed, not_found
from suhbat.meetings.models import Meeting

BIGGEST_SIGNAL = 32 * 1024
"""Bytes of one signal at most; an offer of one sound and one picture is about six thousand."""
BURST = 120
"""Signals a peer may send at once: eight new peers with their offers and candidates."""
PER_SECOND = 20
"""Signals a second a peer may go on sending."""
MOST_PEERS = 4096
"""Peers whose rate is remembered; the longest silent is forgotten first."""

Peer = Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9_-]+$")]


class Signal(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Something for another peer's browser alone. `to` empty means every peer of the meeting."""

    peer: Peer
    data: dict[str, Any]
    to: Annotated[str, Meta(max_length=40)] = ""


class Rates:
    """How fast each peer signals: a bucket of `BURST` that fills by `PER_SECOND`."""

    def __init__(self) -> None:
        self._left: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def allows(self, peer: tuple[str, str], moment: float) -> bool:
        """Whether this peer may send one more now; `moment` in seconds on any clock that only goes forward."""
        left, last = self._left.pop(peer, (float(BURST), moment))
        left = min(float(BURST), left + (moment - last) * PER_SECOND)
        self._left[peer] = (left - 1 if left >= 1 else left, moment)
        if len(self._left) > MOST_PEERS:
            self._left.popitem(last=False)
        return left >= 1


@post("/signals/{format_:str}/{slug:str}", status_code=200)
async def signal(
    request: Request[Any, Any, Any], house: House, asker: Asker, format_: str, slug: str
) -> Response[dict[str, bool]]:
    """Pass a signal on to another peer. The sender must take part and have the line of this peer open.

    The answer says whether it reached a line: `{"reached": false}` tells the sender to try again later.
    """
    meeting = f"{format_}/{slug}"
    given = _read(await object_of(request, BIGGEST_SIGNAL))

    def taking_part() -> Viewer:
        with house.database.reading() as session:
            return asker(session)

    actor = await run_sync(taking_part)
    if not actor.roles_at(meeting, format_) & PARTICIPANT_ROLES:
        raise not_allowed()
    sender = house.tail.peer(meeting, given.peer, actor.id)
    if sender is None or not sender.about:
        raise not_found(lazy("This browser has no open line to the meeting."))
    if not _rates(request).allows((actor.id, given.peer), time.monotonic()):
        raise TooManyRequestsException(gettext("Too many signals at once."))
    reached = house.tail.signal(meeting, sender, given.to, given.data)
    return Response({"reached": reached}, media_type=MediaType.JSON)


@get("/meetings/{format_:str}/{slug:str}/room/check", sync_to_thread=True)
def check(request: Request[Any, Any, Any], house: House, actor: Viewer, format_: str, slug: str) -> Response[Any]:
    """Camera, microphone and speaker before joining; and the ways to join without them."""
    meeting_id = f"{format_}/{slug}"
    with house.database.reading() as session:
        meeting = session.get(Meeting, meeting_id)
        if meeting is None:
            raise not_found()
        if not actor.roles_at(meeting_id, format_) & PARTICIPANT_ROLES:
            raise not_allowed(lazy("The room is for those who have a seat at this meeting."))
        if not house.settings.video:  # there is nothing to check: the room says why
            return Redirect(address(f"/meetings/{meeting_id}/room"), status_code=303)
        relays = [each for each in for_browser(house.settings, actor.id) if "username" in each]
        return house.page(request, actor, "floor/check.html", meeting=meeting, relays=relays)


@get("/meetings/{format_:str}/{slug:str}/room/relays", sync_to_thread=True)
def fresh_relays(house: House, actor: Viewer, format_: str, slug: str) -> Response[dict[str, Any]]:
    """The servers by which browsers find each other, with names and passwords that count from now on."""
    if not actor.roles_at(f"{format_}/{slug}", format_) & PARTICIPANT_ROLES:
        raise not_allowed(lazy("The room is for those who have a seat at this meeting."))
    return Response({"ice": for_browser(house.settings, actor.id)}, headers={"cache-control": "no-store"})


def _read(given: dict[str, Any]) -> Signal:
    try:
        return msgspec.convert(given, Signal)
    except msgspec.ValidationError as fault:
        raise invalid(body=lazy("This is no signal: an object with peer, to and data is needed.")) from fault


def _rates(request: Request[Any, Any, Any]) -> Rates:
    state = request.app.state
    if "signal_rates" not in state:
        state.signal_rates = Rates()
    rates: Rates = state.signal_rates
    return rates


routes = Router("/", route_handlers=[signal, check, fresh_relays])
