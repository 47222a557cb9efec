"""Nobody is led out of the house by a form or a link that says where to go on."""

import pytest

from suhbat.ground.urls import local

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
def test_an_address_of_the_house_is_gone_on_to(then):
    assert local(then) == then
    assert local(then, "/me") == then


@pytest.mark.parametrize("then", ABROAD)
def test_any_other_is_passed_over(then):
    assert local(then) == ""
    assert local(then, "/me") == "/me"


def test_where_a_rehearsal_goes_on_is_a_meeting_of_this_house():
    from suhbat.rehearsal.pages import back_to

    assert back_to("/meetings/ca-japan/2020/room") == "/meetings/ca-japan/2020/room"
    for then in ("/desk", "//meetings/x", "/meetings/\\evil.example", "https://evil.example/meetings/"):
        assert back_to(then) == "/rehearse"
