"""The STUN and TURN servers that the operator set, as a browser needs them. A server with a wrong address is left out.

A TURN server relays picture and sound where networks allow no direct connection, and requires credentials. Either it
has a fixed name and password (`turn:name:password@host`), or it shares a secret with this server
(`SUHBAT_TURN_SECRET`; coturn's `use-auth-secret`). With a secret, each browser gets a name that contains its time of
expiry, and a password computed from the secret (draft-uberti-behave-turn-rest-00).
"""

import hashlib
import hmac
import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from suhbat.ground.settings import Settings

EXPIRES_AFTER = 2 * 3600
"""Seconds until credentials expire; a browser requests new ones when half of them have passed."""
_ADDRESS = re.compile(
    r"(?P<scheme>stuns?|turns?):(?://)?(?:(?P<credentials>[^@]*(?:@[^@]*)*)@)?"
    r"(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?(?:\?transport=(?P<transport>udp|tcp))?"
)
LAST_PORT = 65535


@dataclass(frozen=True)
class Server:
    """A STUN or TURN server; `address` contains no password."""

    address: str
    turn: bool
    name: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class ServerList:
    """The servers of the setting that can be used, and one error message for each of the others."""

    servers: tuple[Server, ...]
    errors: tuple[str, ...]


def server_list(settings: Settings) -> ServerList:
    """Read the setting. An error names a server by its position and host, since its text may contain a password."""
    servers: list[Server] = []
    errors: list[str] = []
    for number, text in enumerate(settings.ice_servers, 1):
        server = _parse(text, settings.turn_secret)
        if isinstance(server, Server):
            servers.append(server)
        else:
            errors.append(f"SUHBAT_ICE_SERVERS, server {number}: {server}; it is left out")
    return ServerList(tuple(servers), tuple(errors))


def ice_servers(settings: Settings, person: str, now: datetime) -> list[dict[str, Any]]:
    """`RTCIceServer`s for one person's browser, with credentials that expire `EXPIRES_AFTER` seconds from now."""
    return [_ice_server(server, settings.turn_secret, person, now) for server in server_list(settings).servers]


def warnings(settings: Settings) -> Iterable[str]:
    """Warnings for the operator at the start of the server."""
    configured = server_list(settings)
    yield from configured.errors
    if settings.ice_servers and not any(server.turn for server in configured.servers):
        yield "SUHBAT_ICE_SERVERS names no TURN server that can be used: behind strict networks nobody sees the others"


def _parse(text: str, secret: str) -> Server | str:
    """The server, or the error message."""
    parts = _ADDRESS.fullmatch(text)
    if parts is None or not 0 < int(parts["port"] or 1) <= LAST_PORT:
        return "it is not written as stun:host:port or turn:name:password@host:port?transport=tcp"
    address = f"{parts['scheme']}:{parts['host']}" + (f":{parts['port']}" if parts["port"] else "")
    if not parts["scheme"].startswith("turn"):
        if parts["credentials"] or parts["transport"]:
            return f"{address} is a STUN server, which takes no password and no transport"
        return Server(address, turn=False)
    address += f"?transport={parts['transport']}" if parts["transport"] else ""
    return _turn_server(address, parts["credentials"] or "", secret)


def _turn_server(address: str, credentials: str, secret: str) -> Server | str:
    """The server, or the error message."""
    name, colon, password = credentials.partition(":")
    if colon and name and password:
        return Server(address, turn=True, name=unquote(name), password=unquote(password))
    if credentials:
        return f"{address} has half of a name and password"
    if not secret:
        return f"{address} needs a name and password, or SUHBAT_TURN_SECRET"
    return Server(address, turn=True)


def _ice_server(server: Server, secret: str, person: str, now: datetime) -> dict[str, Any]:
    if not server.turn:
        return {"urls": server.address}
    name, password = server.name, server.password
    if not name:
        # The TURN server does not learn who it is: the browsers of one person share an alias.
        alias = hmac.new(secret.encode(), person.encode(), hashlib.sha256).hexdigest()[:12]
        name = f"{int(now.timestamp()) + EXPIRES_AFTER}:{alias}"
        password = b64encode(hmac.digest(secret.encode(), name.encode(), "sha1")).decode()
    return {"urls": server.address, "username": name, "credential": password}
