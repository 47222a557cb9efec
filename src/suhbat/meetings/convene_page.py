"""Convening the next meeting of a format: begun from the last one, its time tried on every clock before."""

from typing import Any

from litestar import Request, get
from litestar.response import Response

from suhbat.acts.actors import Viewer
from suhbat.acts.app import App
from suhbat.acts.forms import fields_of
from suhbat.acts.inputs import unflatten
from suhbat.formats.models import Format
from suhbat.formats.state_names import protocol_order, zone_of
from suhbat.ground.language import Lazy
from suhbat.ground.refusals import not_allowed, not_found
from suhbat.meetings.capital_clocks import Clock, clocks
from suhbat.meetings.convene_meeting import Convene
from suhbat.meetings.models import Meeting
from suhbat.meetings.queries import Series, series
from suhbat.meetings.unfinished_business import LeftOver, left_overs
from suhbat.meetings.wall_times import check_times

TIME_FIELDS = ("opens", "closes", "zone", "delegations")
LISTS = {"delegations", "observers", "take_up"}
HIDDEN = {"items", "rehearsal"}


@get("/formats/{format_:str}/convene", sync_to_thread=True)
def convene(request: Request[Any, Any, Any], app: App, actor: Viewer, format_: str) -> Response[str]:
    """The form of the next meeting. Posted, it convenes; asked again, it shows the proposed time everywhere."""
    given = unflatten(list(request.query_params.multi_items()))
    for name in LISTS & given.keys():
        given[name] = given[name] if isinstance(given[name], list) else [given[name]]
    with app.database.reading() as session:
        row = session.get(Format, format_)
        if row is None:
            raise not_found()
        if not app.door.offers(actor, "meeting.convened", row):
            raise not_allowed()
        before = series(session, format_)
        open_still = left_overs(session, format_)
        tried = bool(given)
        values = given if tried else proposal(row, before, open_still)
        faults: dict[str, Lazy | str] = {}
        tried_clocks = _clocks(values, faults) if tried else []
        controls = fields_of(Convene, session, actor, values | {"format": format_}, faults)
        return app.page(
            request,
            actor,
            "meetings/convene.html",
            format=row,
            before=before,
            of_format=[membership.state for membership in row.memberships if membership.until is None],
            left_over={left.outcome: left for left in open_still},
            controls={control.name: control for control in controls if control.name not in HIDDEN},
            clocks=tried_clocks,
            tried=tried and not faults,
            faults=faults,
        )


def proposal(format_: Format, before: Series, open_still: list[LeftOver]) -> dict[str, Any]:
    """What the form begins with: the delegations, level and chair of the last meeting, and all that was recommended.

    That a further meeting was promised is shown too, but is not ticked: this meeting may be it.
    """
    last = before.last
    states = _states(format_, last)
    chair = (last.chair_state if last else "") or next(iter(states), "")
    return {
        "format": format_.id,
        "level": last.level if last else next(iter(format_.levels), "ministerial"),
        "mode": (last.mode if last else "") or "in-person",
        "number": before.next_number or "",
        "delegations": states,
        "observers": [delegation.state for delegation in last.delegations if delegation.observer] if last else [],
        "chair_state": chair,
        "zone": zone_of(chair),
        "take_up": [left.outcome for left in open_still if left.kind == "recommendation"],
    }


def _states(format_: Format, last: Meeting | None) -> list[str]:
    """Those who sat at the last meeting; where a report names only some of them, those who stand in the format now."""
    present = [membership for membership in format_.memberships if membership.until is None]
    members = [membership.state for membership in present if membership.role in {"member", "partner"}]
    seated = [delegation.state for delegation in last.delegations if not delegation.observer] if last else []
    return protocol_order({*seated, *members}, "en")


def _clocks(values: dict[str, Any], faults: dict[str, Lazy | str]) -> list[Clock]:
    """The time that is tried, in every capital; what is wrong with it is named in `faults`."""
    if not all(values.get(name) for name in TIME_FIELDS):
        return []
    opens, closes = check_times(str(values["opens"]), str(values["closes"]), str(values["zone"]), faults)
    if opens is None or closes is None or faults:
        return []
    states = [*values["delegations"], *values.get("observers", [])]
    return clocks(protocol_order(states, "en"), opens, closes, str(values["zone"]))
