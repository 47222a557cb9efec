"""The STUN and TURN servers an operator named, as a browser takes them; one that is written wrongly breaks no other.

A TURN server relays pictures and sound where two networks let nobody through, and asks who comes. Either it knows a
name and password (`turn:name:password@host`), which stay the same, or it shares a secret with this house
(`SUHBAT_TURN_SECRET`; coturn's `use-auth-secret`): then each browser is given a name that holds the second until
which it counts, and a password that only who knows the secret can make (draft-uberti-behave-turn-rest-00).
"""

import hashlib
import hmac
import re
import time
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from suhbat.ground.settings import Settings

LASTS = 2 * 3600
"""Seconds for which a name and its password count; a browser asks for others when half of them have passed."""
_ADDRESS = re.compile(
    r"(?P<scheme>stuns?|turns?):(?://)?(?:(?P<who>[^@]*(?:@[^@]*)*)@)?"
    r"(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?(?:\?transport=(?P<transport>udp|tcp))?"
)
LAST_PORT = 65535


@dataclass(frozen=True)
class Server:
    """A server as the browser is told of it; `address` holds no password."""

    address: str
    turn: bool
    name: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Named:
    """What the setting names: servers that can be used, and what is wrong with the others, a line each."""

    servers: tuple[Server, ...]
    faults: tuple[str, ...]


def named(settings: Settings) -> Named:
    """Read the setting. A fault names the server by its place and host: a password may stand in it."""
    servers: list[Server] = []
    faults: list[str] = []
    for number, written in enumerate(settings.ice_servers, 1):
        read = _read(written, settings.turn_secret)
        if isinstance(read, Server):
            servers.append(read)
        else:
            faults.append(f"SUHBAT_ICE_SERVERS, server {number}: {read}; it is left out")
    return Named(tuple(servers), tuple(faults))


def for_browser(settings: Settings, person: str) -> list[dict[str, Any]]:
    """`RTCIceServer`s for one person's browser, with credentials that count for `LASTS` seconds from now."""
    return [_told(server, settings.turn_secret, person) for server in named(settings).servers]


def warnings(settings: Settings) -> Iterable[str]:
    """What an operator is told at the start; nothing of it keeps the house from opening."""
    found = named(settings)
    yield from found.faults
    if settings.ice_servers and not any(server.turn for server in found.servers):
        yield "SUHBAT_ICE_SERVERS names no TURN server that can be used: behind strict networks nobody sees the others"


def _read(written: str, secret: str) -> Server | str:
    parts = _ADDRESS.fullmatch(written)
    if parts is None or not 0 < int(parts["port"] or 1) <= LAST_PORT:
        return "it is not written as stun:host:port or turn:name:password@host:port?transport=tcp"
    address = f"{parts['scheme']}:{parts['host']}" + (f":{parts['port']}" if parts["port"] else "")
    if not parts["scheme"].startswith("turn"):
        if parts["who"] or parts["transport"]:
            return f"{address} is a STUN server, which takes no password and no transport"
        return Server(address, turn=False)
    address += f"?transport={parts['transport']}" if parts["transport"] else ""
    return _turn(address, parts["who"] or "", secret)


def _turn(address: str, who: str, secret: str) -> Server | str:
    name, colon, password = who.partition(":")
    if colon and name and password:
        return Server(address, turn=True, name=unquote(name), password=unquote(password))
    if who:
        return f"{address} has half of a name and password"
    if not secret:
        return f"{address} needs a name and password, or SUHBAT_TURN_SECRET"
    return Server(address, turn=True)


def _told(server: Server, secret: str, person: str) -> dict[str, Any]:
    if not server.turn:
        return {"urls": server.address}
    name, password = server.name, server.password
    if not name:
        # Who it is, is not the server's business: one person's browsers share a name, which says nothing to anybody.
        alias = hmac.new(secret.encode(), person.encode(), hashlib.sha256).hexdigest()[:12]
        name = f"{int(time.time()) + LASTS}:{alias}"
        password = b64encode(hmac.digest(secret.encode(), name.encode(), "sha1")).decode()
    return {"urls": server.address, "username": name, "credential": password}
