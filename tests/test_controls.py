"""What a page offers can be done; and what a page offers to one reader it offers to all of its readers who may do it.

Every form of an act on every page, and behind every link to such a form, is filled in with valid input as everyone
who sees it, and sent by each of its buttons. The act is performed, or the test names the control.
"""

import asyncio
from collections import defaultdict

import pytest
from tests.filled_forms import Trials
from tests.page_controls import Control, controls_of
from tests.rights_visitors import Visitors, addresses, routes
from tests.rights_world import World

from suhbat.acts.assistance import is_preparable

pytestmark = pytest.mark.usefixtures("unhurried")
OWN_PAGES = {"/me"}
"""Pages that show everyone only what is their own: another's seat is ended where all seats are listed."""
Offered = dict[tuple[str, tuple[str, ...]], dict[str, Control]]
"""By page and by what a control is about, the control as each role is offered it."""


async def offered(world: World, visitors: Visitors) -> tuple[Offered, dict[str, set[str]]]:
    """The controls of all pages; and by page, the roles that may read it."""
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


def test_offered_controls_work_and_none_is_hidden_from_some_who_may_use_it(world):
    visitors = Visitors(world)
    faults: list[str] = []

    async def walk() -> int:
        controls, readers = await offered(world, visitors)
        trials = Trials(visitors)
        roles_by_act: dict[tuple[str, str], set[str]] = defaultdict(set)
        for (address, _about), by_role in controls.items():
            for role, control in by_role.items():
                roles_by_act[address, control.act].add(role)  # whatever the form: a button here, a choice there
        for (address, about), by_role in controls.items():
            for role, control in by_role.items():
                if why := await trials.refusal(role, control):
                    faults.append(f"{address} offers {role} {' '.join(about)}: {why}")
            first, example = next(iter(by_role.items()))
            others = readers[address] - by_role.keys() - roles_by_act[address, example.act]
            if is_preparable(example.act) and "head" not in by_role:
                others -= {"assistant"}  # whose form would only wait for the head, who is not offered it either
            if address not in OWN_PAGES:
                able = [role for role in others if not await trials.refusal(role, example)]
                faults.extend(f"{address} hides from {role} {' '.join(about)}: {first} is offered it" for role in able)
        return len(controls)

    assert asyncio.run(walk()) > 200
    assert not faults, f"{len(faults)}\n" + "\n".join(sorted(faults))
