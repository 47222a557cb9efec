"""What a page offers can be done; and where one reader is offered what another could do too, both are offered it.

Every form of an act on every page, as everyone: it is sent as it stands, and nobody is refused for who they are or for
how things stand. What a person has still to enter may be missing, and says so.
"""

import asyncio
from collections import defaultdict

import pytest
from tests.page_controls import Control, controls_of
from tests.rights_visitors import Visitors, addresses, routes
from tests.rights_world import World

from suhbat.ground.migrations import every_table

every_table()
pytestmark = pytest.mark.usefixtures("unhurried")
DONE, UNFINISHED = {201, 303}, 422
OWN_PAGES = {"/me"}
"""Pages that show everyone what is their own alone: another's seat is ended where all seats are listed."""
Offered = dict[tuple[str, tuple[str, ...]], dict[str, Control]]
"""By page and by what a control is about, the control as each role is offered it."""


async def offered(world: World, visitors: Visitors) -> tuple[Offered, dict[str, set[str]]]:
    """What pages offer to whom; and by page, who may read it."""
    controls: Offered = defaultdict(dict)
    readers: dict[str, set[str]] = defaultdict(set)
    for address in (address for route in routes(world) for address in addresses(world, route)):
        for role in world.roles:
            answer = await visitors.ask(role, "GET", address, headers={"accept": "text/html"})
            if answer.status_code != 200 or not answer.text.startswith("<!doctype"):
                continue
            readers[address].add(role)
            for control in controls_of(answer.text):
                controls[address, control.about].setdefault(role, control)
    return controls, readers


async def sent(visitors: Visitors, role: str, control: Control) -> tuple[int, str]:
    fields = [(name, value) for name, values in control.sent.items() for value in values]
    with visitors.world.looking_only():
        answer = await visitors.ask(
            role, "POST", f"/acts/{control.act}", data=fields, headers={"accept": "application/json"}
        )
    return answer.status_code, answer.text[:160]


def test_what_is_offered_is_accepted_and_nothing_is_hidden_from_one_of_two_who_may_do_it(world):
    visitors = Visitors(world)
    faults: list[str] = []

    async def walk() -> int:
        controls, readers = await offered(world, visitors)
        doing: dict[tuple[str, str], set[str]] = defaultdict(set)
        for (address, _about), by_role in controls.items():
            for role, control in by_role.items():
                doing[address, control.act].add(role)  # in whatever form: by a button here, by a choice there
        tried: dict[tuple[str, tuple[str, ...]], tuple[int, str]] = {}

        async def tried_once(role: str, control: Control) -> tuple[int, str]:
            if (role, control.about) not in tried:
                tried[role, control.about] = await sent(visitors, role, control)
            return tried[role, control.about]

        for (address, about), by_role in controls.items():
            for role, control in by_role.items():
                status, said = await tried_once(role, control)
                if status not in DONE and not (status == UNFINISHED and control.asked):
                    faults.append(f"{address} offers {role} {' '.join(about)}: {status} {said}")
            example = next(iter(by_role.values()))
            others = readers[address] - by_role.keys() - doing[address, example.act]
            for role in others if address not in OWN_PAGES else ():
                status, _ = await tried_once(role, example)
                if status in DONE:
                    faults.append(f"{address} hides from {role} {' '.join(about)}: {next(iter(by_role))} is offered it")
        return len(controls)

    assert asyncio.run(walk()) > 100
    assert not faults, f"{len(faults)}\n" + "\n".join(sorted(faults))
