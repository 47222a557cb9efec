"""Signals between peers (WebRTC signalling), and the check of devices before joining.

Nothing here is recorded. Picture and sound travel between the browsers themselves and never reach this server.
"""

import time
from collections import OrderedDict
from typing import Annotated, Any

import msgspec
from anyio.to_thread import run_sync
from litestar import MediaType, Router, get, post
from litestar.exceptions import TooManyRequestsException
from litestar.response import Redirect, Response
from msgspec import Meta

from suhbat.acts.app import App, address
from suhbat.acts.door import Asker
from suhbat.acts.request_bodies import AnyRequest, read_object
from suhbat.acts.roles_and_seats import PARTICIPANT_ROLES, Viewer
from suhbat.floor.turn_servers import ice_servers
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import invalid, not_allowed, not_found
from suhbat.meetings.models import Meeting
from suhbat.record.process_notifications import receive

MAX_SIGNAL_BYTES = 32 * 1024
"""Maximum bytes of one signal; an offer of one audio and one video track has about six thousand."""
BURST = 120
"""Signals that a peer may send at once: enough for eight new peers with their offers and candidates."""
PER_SECOND = 20
"""Signals that a peer may send per second after that."""
MAX_PEERS = 4096
"""Peers whose rate is remembered; the least recently active one is forgotten first."""

Peer = Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9_-]+$")]


class Signal(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A message to another peer's browser. An empty `to` means every peer of the meeting."""

    peer: Peer
    data: dict[str, Any]
    to: Annotated[str, Meta(max_length=40)] = ""


class RateLimits:
    """Limits the signals of each peer: a token bucket of `BURST` that fills by `PER_SECOND`."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def allows(self, peer: tuple[str, str], moment: float) -> bool:
        """Whether this peer may send one more signal now; `moment` is in seconds on a monotonic clock."""
        tokens, last = self._buckets.pop(peer, (float(BURST), moment))
        tokens = min(float(BURST), tokens + (moment - last) * PER_SECOND)
        self._buckets[peer] = (tokens - 1 if tokens >= 1 else tokens, moment)
        if len(self._buckets) > MAX_PEERS:
            self._buckets.popitem(last=False)
        return tokens >= 1


@post("/signals/{format_:str}/{slug:str}", status_code=200)
async def signal(request: AnyRequest, app: App, asker: Asker, format_: str, slug: str) -> Response[dict[str, bool]]:
    """Pass a signal on to another peer. The sender must take part and have the live connection of this peer open.

    The answer says whether the signal reached a connection: after `{"reached": false}` the sender tries again later.
    """
    meeting = f"{format_}/{slug}"
    message = _signal_in(await read_object(request, MAX_SIGNAL_BYTES))

    def current_actor() -> Viewer:
        with app.database.reading() as session:
            return asker(session)

    actor = await run_sync(current_actor)
    if not actor.roles_at(meeting, format_) & PARTICIPANT_ROLES:
        raise not_allowed()
    sender = (meeting, message.peer, actor.id)
    if not app.tail.has_line(*sender) and not await run_sync(app.lines.has, *sender):
        raise not_found(lazy("This browser has no open line to the meeting."))
    if not _rates(request).allows((actor.id, message.peer), time.monotonic()):
        raise TooManyRequestsException(gettext("Too many signals at once."))
    reached = await _passed_on(app, meeting, message)
    return Response({"reached": reached}, media_type=MediaType.JSON)


async def _passed_on(app: App, meeting: str, message: Signal) -> bool:
    """Pass a signal on, after those that this browser sent before over another process. Whether it reached anybody."""
    several = meeting in app.tail.elsewhere
    if several:
        await receive(app.tail, app.lines)
    reached = app.tail.signal(meeting, message.peer, message.to, message.data)
    if several:
        await run_sync(app.lines.write_waiting)
    return reached


@get("/meetings/{format_:str}/{slug:str}/room/check", sync_to_thread=True)
def check(request: AnyRequest, app: App, actor: Viewer, format_: str, slug: str) -> Response[Any]:
    """The page to check camera, microphone and speaker before joining, and to join without them."""
    meeting_id = f"{format_}/{slug}"
    with app.database.reading() as session:
        meeting = session.get(Meeting, meeting_id)
        if meeting is None:
            raise not_found()
        if not actor.roles_at(meeting_id, format_) & PARTICIPANT_ROLES:
            raise not_allowed(lazy("The room is for those who have a seat at this meeting."))
        if not app.settings.video:  # nothing to check; the page of the room says why
            return Redirect(address(f"/meetings/{meeting_id}/room"), status_code=303)
        relays = [server for server in ice_servers(app.settings, actor.id, app.clock()) if "username" in server]
        return app.page(request, actor, "floor/check.html", meeting=meeting, relays=relays)


@get("/meetings/{format_:str}/{slug:str}/room/relays", sync_to_thread=True)
def fresh_relays(app: App, actor: Viewer, format_: str, slug: str) -> Response[dict[str, Any]]:
    """The STUN and TURN servers with fresh credentials."""
    if not actor.roles_at(f"{format_}/{slug}", format_) & PARTICIPANT_ROLES:
        raise not_allowed(lazy("The room is for those who have a seat at this meeting."))
    return Response({"ice": ice_servers(app.settings, actor.id, app.clock())}, headers={"cache-control": "no-store"})


def _signal_in(message: dict[str, Any]) -> Signal:
    try:
        return msgspec.convert(message, Signal)
    except msgspec.ValidationError as error:
        raise invalid(body=lazy("This is no signal: an object with peer, to and data is needed.")) from error


def _rates(request: AnyRequest) -> RateLimits:
    state = request.app.state
    if "signal_rates" not in state:
        state.signal_rates = RateLimits()
    rates: RateLimits = state.signal_rates
    return rates


routes = Router("/", route_handlers=[signal, check, fresh_relays])
