"""The walk over rights for every address with POST other than that of acts."""

import asyncio
from typing import Any

from tests.rights_visitors import Visitors, addresses, posting
from tests.rights_world import ELSEWHERE, MEETING, World

STRANGERS = ("public", "head elsewhere", "secretariat elsewhere", "chair elsewhere", "chair later", "delegate later")
"""Roles with no rights at the meeting."""


def places(world: World, path: str) -> list[str]:
    """The addresses of a route: below a page that the walk looks at, at the meetings, or with any name."""
    page, more = path, ""
    while page and "{" in page:
        if pages := addresses(world, page):
            return [f"{address}{more}" for address in pages]
        page, _slash, last = page.rpartition("/")
        more = f"/{last}{more}"
    if path.startswith("/signals/"):
        return [f"/signals/{meeting}" for meeting in (MEETING, ELSEWHERE)]
    return [path if "{" not in path else "/".join("x" if part.startswith("{") else part for part in path.split("/"))]


def form(world: World) -> dict[str, Any]:
    """A form with every field that any of these addresses reads."""
    return {"key": "k", "meeting": world.meeting, "wording": "Other words", "language": "ru", "mail": "a@b.example",
            "kept": "0" * 64, "pace": "hand", "title": "T", "peer": "p", "to": "q", "data": "{}"}  # fmt: skip


def test_no_address_gives_or_allows_more_than_a_role_may(world):
    visitors = Visitors(world)
    faults: list[str] = []

    async def walk() -> None:
        for path in posting(world):
            for address in places(world, path):
                with world.looking_only():
                    for role in world.roles:
                        answer = await visitors.ask(role, "POST", address, data=form(world))
                        visitors.look(role, f"the answer to {address}", answer)
                        if answer.status_code >= 500:
                            faults.append(f"POST {address} as {role}: {answer.status_code}")
                        if role in STRANGERS and f"/{MEETING}" in address and answer.status_code < 400:
                            faults.append(f"POST {address} as {role}: {answer.status_code}, though it is not theirs")

    asyncio.run(walk())
    assert not faults, "\n".join(faults)
    assert not visitors.leaks, "\n".join(visitors.leaks)
