"""TURN servers: how the operator sets them, what a browser gets, and that one wrong address breaks no other."""

import hmac
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from suhbat.floor.turn_servers import EXPIRES_AFTER, ice_servers, server_list, warnings

MEETING = "ca-japan/2020-08-11-special"
NOW = datetime(2020, 8, 11, 6, 0, 0, 700_000, tzinfo=UTC)


@pytest.fixture
def servers_for(settings):
    def urls_for(*servers, secret="", person="head-jp", at=NOW):
        return ice_servers(replace(settings, ice_servers=servers, turn_secret=secret), person, at)

    return urls_for


def test_each_way_of_writing_a_server(servers_for):
    assert servers_for("stun:relay.example", "stuns:[2001:db8::1]:443") == [
        {"urls": "stun:relay.example"}, {"urls": "stuns:[2001:db8::1]:443"},
    ]  # fmt: skip
    assert servers_for("turn:embassy:secret@relay.example:443?transport=tcp", "turns:a:b%40c%2Cd@10.0.0.1") == [
        {"urls": "turn:relay.example:443?transport=tcp", "username": "embassy", "credential": "secret"},
        {"urls": "turns:10.0.0.1", "username": "a", "credential": "b@c,d"},
    ]
    assert servers_for("turn:embassy:pass@word@relay.example")[0]["credential"] == "pass@word"


def test_with_a_shared_secret_each_person_has_a_name_that_expires(servers_for):
    (server,) = servers_for("turn:relay.example", secret="s")
    until, _, alias = server["username"].partition(":")
    assert int(until) == int(NOW.timestamp()) + EXPIRES_AFTER
    assert server["credential"] == b64encode(hmac.digest(b"s", server["username"].encode(), "sha1")).decode()
    assert "head-jp" not in server["username"]
    (for_kazakhstan,) = servers_for("turn:relay.example", secret="s", person="head-kz")
    assert for_kazakhstan["username"].partition(":")[2] != alias


@pytest.mark.parametrize(
    "bad",
    ["turn:relay.example", "turn:name@relay.example", "turn::pw@relay.example", "relay.example:3478", "turn:", "é",
     "turn:u:topsecret@", "turn:u:topsecret@relay.example:99999", "turn:u:topsecret@host:0", "turn:u:topsecret@a b",
     "stun:u:topsecret@relay.example", "stun:relay.example?transport=tcp", "turn:u:topsecret@h?transport=sctp",
     "http://relay.example"],
)  # fmt: skip
def test_a_server_that_cannot_be_used_is_left_out_with_a_warning_and_breaks_no_other(bad, servers_for, settings):
    assert servers_for("stun:one.example", bad, "turn:u:p@two.example") == [
        {"urls": "stun:one.example"},
        {"urls": "turn:two.example", "username": "u", "credential": "p"},
    ]
    (warning,) = warnings(replace(settings, ice_servers=("stun:one.example", bad, "turn:u:p@two.example")))
    assert warning.startswith("SUHBAT_ICE_SERVERS, server 2: ")
    assert "topsecret" not in warning


def test_the_operator_is_warned_if_no_relay_is_left(settings):
    (warning,) = warnings(replace(settings, ice_servers=("stun:one.example",)))
    assert "names no TURN server" in warning
    assert list(warnings(settings)) == []
    assert list(warnings(replace(settings, ice_servers=("turn:r.example",), turn_secret="s"))) == []


def test_the_printed_form_of_a_server_has_no_password(settings):
    servers = server_list(replace(settings, ice_servers=("turn:u:topsecret@r.example",)))
    assert "topsecret" not in repr(servers)


def test_only_persons_with_a_seat_get_fresh_names_and_passwords(app, person, client, signed_in):
    address = f"/meetings/{MEETING}/room/relays"
    object.__setattr__(app, "settings", replace(app.settings, ice_servers=("turn:r.example",), turn_secret="s"))
    assert client.get(address).status_code == 403
    answer = signed_in(person("head-kz").id).get(address)
    assert answer.headers["cache-control"] == "no-store"
    assert [set(server) for server in answer.json()["ice"]] == [{"urls", "username", "credential"}]
    signed_in("nobody-known")
    assert client.get(address).status_code == 403
