"""No form or link can redirect a reader to another server."""

import pytest

from suhbat.ground.urls import local_address

OWN = [
    "/",
    "/me",
    "/meetings/ca-japan/2020-08-11-special/room#floor",
    "/ru/ledger?q=вода&of=KZ",
    "/a//b",
    "/a?to=http://x",
]
ABROAD = [
    "", "me", "https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
    "/a\\b", "/\t/evil.example", "/\n/evil.example", "/ /evil.example", "/a b", "/\x00", "/\x7f", "/\u202eelpmaxe",
    "/\u2028", "javascript:alert(1)", " /me", "/me\r\nLocation: https://evil.example", "//[", "/\u00a0", "/\ud800",
]  # fmt: skip


@pytest.mark.parametrize("then", OWN)
def test_an_address_on_this_server_is_accepted(then):
    assert local_address(then) == then
    assert local_address(then, "/me") == then


@pytest.mark.parametrize("then", ABROAD)
def test_any_other_address_is_replaced(then):
    assert local_address(then) == ""
    assert local_address(then, "/me") == "/me"


def test_a_rehearsal_redirects_only_to_a_meeting_on_this_server():
    from suhbat.rehearsal.pages import back_to

    assert back_to("/meetings/ca-japan/2020/room", 7) == "/meetings/ca-japan/2020/room"
    for then in ("/desk", "//meetings/x", "/meetings/\\evil.example", "https://evil.example/meetings/"):
        assert back_to(then, 7) == "/rehearse?played=7"
