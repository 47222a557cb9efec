"""From the first page everyone reaches, by links and buttons alone, what their seats allow; and nothing refuses them.

A walker follows the links as every role, in the world of the walks over rights (see `rights_world.py`), in an
installation in production; where rehearsals are on, there is little more, and a few roles look for it. What it reached
is compared with the routes of the framework and with the register of acts: no new page and no new act is left without a
way to it. The samples of acts (`rights_samples.py`) say in which state of things an act can be performed.
"""

import asyncio
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from tests.followed_links import SAME_FOR_ALL, Routes, Walker, Way
from tests.rights_visitors import Visitors, addresses, posting, routes
from tests.rights_walk import accepts, acts_of, sample_of
from tests.rights_world import World

from suhbat.acts.registry import Act
from suhbat.acts.roles_and_seats import Actor, Role

pytestmark = pytest.mark.usefixtures("unhurried")
TABLE, TEXT = "/people/table/invite", "/meetings/{format_:str}/{slug:str}/texts/{name:str}"
FOR_MACHINES = {
    "/acts/seat.taken": "the link in a letter of invitation",
    "/favicon.ico": "browsers ask for it",
    "/feeds/{secret:str}": "feed readers; the address is shown once, when the feed is made",
    "/invitations/{secret:str}": "the link in a letter of invitation",
    "/invitations/{secret:str}/letter": "the answer to an invitation",
    "/meetings/{format_:str}/{slug:str}/room/panels/{names:str}": "the script of the room draws its parts again",
    "/meetings/{format_:str}/{slug:str}/room/relays": "the script of the room asks for relays",
    "/me/welcome": "the answer to an invitation that is taken",
    "/notices/confirm/{secret:str}": "the link in a mail",
    "/phone/{token:str}": "the link in the square that a telephone's camera reads",
    "/robots.txt": "search engines",
    "/signals/{format_:str}/{slug:str}": "the scripts of a room speak to each other",
    "/sitemap.xml": "search engines",
    "/sitemap/{number:int}": "search engines",
    "/unsubscribe/{token:str}": "the link in a mail",
    "/reported": "the answer to a report of an error",
    "/formats/{format_id:str}/people/table/invite": "the answer to a table of people",
    "/meetings/{format_id:str}/{slug:str}/people/table/invite": "the answer to a table of people",
    f"{TEXT}/from-word/propose": "the answer to a Word file",
    f"{TEXT}/remind": "the answer to a look at who has not answered",
}
"""Addresses that no page has to offer, and where people or programs have them from."""
NOT_HERE = {
    "/me/notices": "nobody in this world has more notices than the own page shows",
    "/meetings/{format_:str}/{slug:str}/room/check": "a closed meeting has no need of it",
    "/formats/{format_id:str}/people/remind": "everybody who was invited has come",
    "/meetings/{format_id:str}/{slug:str}/people/remind": "likewise, for most who invite",
    "/topics/{topic:str}": "no published outcome of this world has a topic",
    f"{TEXT}/alternat": "the text is not adopted yet",
}
"""Pages to which nothing leads in this state of things, and why."""
ELSEWHERE = {
    "seat.taken": "the link in a letter",
    "rehearsal.seat_taken": "a staged rehearsal, which is not a meeting",
    "form.prepared": "any form of the head that an assistant fills in",
}
"""Acts to which other ways lead. The rehearsal of this world was convened, not staged."""
REHEARSAL = "rehearsal."
FEW = ("public", "secretariat", "chair", "head")
"""Who walks where rehearsals are on."""


def walker_in(world: World) -> Walker:
    return Walker(Visitors(world), Routes(routes(world) + posting(world)))


async def everyone_walks(walker: Walker, roles: Iterator[str] | tuple[str, ...] | list[str]) -> dict[str, Way]:
    return {role: await walker.follow(role) for role in roles}


def refusals(ways: dict[str, Way]) -> list[str]:
    return [f"{role}: {fault}" for role, way in ways.items() for fault in way.faults]


async def unreached_pages(walker: Walker, ways: dict[str, Way], below: str = "/") -> list[str]:
    """The routes below an address that a role may read and did not reach, with the role."""
    world, missing = walker.visitors.world, []
    for_all = {route for route in ways["public"].routes if route.startswith(SAME_FOR_ALL)}
    for route in (route for route in routes(world) if route.startswith(below)):
        if route in {*for_all, *FOR_MACHINES, *NOT_HERE}:
            continue
        for role, way in ways.items():
            if route not in way.routes and await _is_read(walker.visitors, role, addresses(world, route)):
                missing.append(f"{role} has no way to {route}")
    return missing


async def _is_read(visitors: Visitors, role: str, sample: list[str]) -> bool:
    for address in sample:
        answer = await visitors.ask(role, "GET", address, headers={"accept": "text/html"})
        if answer.status_code == HTTPStatus.OK:
            return True
    return False


async def unoffered_acts(
    planted: World, folder: Path, walker: Walker, ways: dict[str, Way], acts: Iterable[tuple[str, Act[Any]]]
) -> list[str]:
    """The acts that a role may perform and is not offered, with the role.

    An act that needs a further state of things is looked for in that state, as one role of each kind.
    """
    world, missing, actors = walker.visitors.world, [], walker.visitors.actors
    for name, act in acts:
        before = world.size
        inputs = sample_of(world, name)
        changed = world.size != before
        roles = [
            role for role in ways if name not in ways[role].acts and act.by & {*roles_of(actors[role]), Role.ANYONE}
        ]
        able = [role for role in roles if accepts(world, role, name, inputs, None if changed else actors[role])]
        if changed:
            world.put_back()
            able = await _still_unoffered(planted, folder / name, name, walker, one_of_each(actors, act, able))
        missing += [f"{role} is not offered {name}" for role in able]
    return missing


def roles_of(actor: Actor) -> list[Role]:
    return [seat.role for seat in actor.seats]


def one_of_each(actors: dict[str, Actor], act: Act[Any], able: list[str]) -> list[str]:
    """One role of each kind; the public for what anyone may do."""
    if Role.ANYONE in act.by:
        return able[:1]
    first: dict[Role, str] = {}
    for role in able:
        first.setdefault(actors[role].seats[0].role, role)
    return [*first.values()]


async def _still_unoffered(planted: World, folder: Path, act: str, walker: Walker, able: list[str]) -> list[str]:
    """Who is not offered an act where the things are as it needs them."""
    if not able:
        return []
    production = walker.visitors.world.settings.production
    world = planted.copied(folder, production=production)  # of its own: pages are kept by numbers of entries
    there, inputs = walker.within(Visitors(world)), sample_of(world, act)
    first, *within = where_to_look(act, inputs)
    ways = {role: await there.follow(role, first, tuple(within), act) for role in able}
    world.app.database.close()
    return [role for role, way in ways.items() if act not in way.acts]


def where_to_look(act: str, inputs: dict[str, Any]) -> list[str]:
    """A page to begin with, and the beginnings of the addresses to follow from there."""
    place = inputs.get("meeting") or inputs.get("format") or ""
    if act.startswith("rehearsal."):
        return ["/rehearse", "/rehearse"]
    if act.startswith("format."):
        return ["/formats", "/formats"]
    if "text" in inputs:
        return [f"/meetings/{place}/texts/{inputs['text']}"] * 2
    if (
        act == "delivery.reported"
    ):  # the list of meetings leads to an outcome; this one is a rehearsal, and is not in it
        return [f"/meetings/{place}", f"/meetings/{place}", f"/outcomes/{place}"]
    if place:
        return ["/me", f"/meetings/{place}", f"/outcomes/{place}", f"/formats/{place.partition('/')[0]}"]
    return ["/me", "/correct", "/editors", "/formats/", "/meetings/", "/outcomes/", "/people/"]


def test_everyone_reaches_every_page_and_every_act_and_is_refused_nowhere(planted, tmp_path):
    world = planted.copied(tmp_path / "production", production=True)
    walker = walker_in(world)
    acts = [(name, act) for name, act in acts_of(world) if not name.startswith(REHEARSAL)]

    async def walk() -> None:
        ways = await everyone_walks(walker, world.roles)
        faults = refusals(ways) + await unreached_pages(walker, ways)
        faults += without_a_control(await unoffered_acts(planted, tmp_path, walker, ways, acts))
        assert not faults, "\n".join(faults)
        assert not [route for way in ways.values() for route in way.routes if route.startswith("/rehearse")]

    asyncio.run(walk())
    world.app.database.close()


def without_a_control(missing: list[str]) -> list[str]:
    return [line for line in missing if line.rpartition(" ")[2] not in ELSEWHERE]


def test_where_rehearsals_are_on_they_are_reached_too(planted, world, tmp_path):
    walker = walker_in(world)
    acts = [(name, act) for name, act in acts_of(world) if name.startswith(REHEARSAL)]

    async def walk() -> None:
        ways = await everyone_walks(walker, FEW)
        faults = refusals(ways) + await unreached_pages(walker, ways, "/rehearse")
        faults += without_a_control(await unoffered_acts(planted, tmp_path, walker, ways, acts))
        assert not faults, "\n".join(faults)

    assert acts
    asyncio.run(walk())


def test_the_list_of_what_no_page_offers_is_short_and_has_only_what_is_there(world):
    assert len(FOR_MACHINES) + len(NOT_HERE) < 30
    there = {*routes(world), *posting(world)}
    assert not [route for route in (*FOR_MACHINES, *NOT_HERE) if route not in there]
