"""The page to convene the next meeting of a format, filled from the last one, and a check of its time."""

from typing import Any

from litestar import get
from litestar.response import Response

from suhbat.acts.app import App
from suhbat.acts.forms import fields_of
from suhbat.acts.inputs import unflatten
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import Viewer
from suhbat.formats.choices import zone_named
from suhbat.formats.models import Format
from suhbat.formats.queries import visible_format
from suhbat.formats.state_names import protocol_order, zone_of
from suhbat.ground.language import Lazy
from suhbat.ground.refusals import not_allowed
from suhbat.meetings.capital_clocks import Clock, clocks
from suhbat.meetings.convene_meeting import Convene
from suhbat.meetings.models import Meeting
from suhbat.meetings.queries import Series, series
from suhbat.meetings.unfinished_business import left_overs
from suhbat.meetings.wall_times import check_times

TIME_FIELDS = ("opens", "closes", "zone", "delegations")
LISTS = {"delegations", "observers", "take_up"}
HIDDEN = {"items", "rehearsal"}


@get("/formats/{format_:str}/convene", sync_to_thread=True)
def convene(request: AnyRequest, app: App, actor: Viewer, format_: str) -> Response[str]:
    """The form of the next meeting. A POST convenes it; a GET with values shows the time in every capital."""
    query = unflatten(list(request.query_params.multi_items()))
    for name in LISTS & query.keys():
        query[name] = query[name] if isinstance(query[name], list) else [query[name]]
    with app.database.reading() as session:
        format_row = visible_format(session, actor, format_)
        if not app.door.offers(actor, "meeting.convened", format_row):
            raise not_allowed()
        past_meetings = series(session, format_)
        unfinished = left_overs(session, format_)
        tried = bool(query)
        values = query if tried else proposal(format_row, past_meetings)
        faults: dict[str, Lazy | str] = {}
        tried_clocks = _clocks(values, faults) if tried else []
        controls = fields_of(Convene, session, actor, values | {"format": format_}, faults)
        return app.page(
            request,
            actor,
            "meetings/convene.html",
            format=format_row,
            past=past_meetings,
            of_format=[membership.state for membership in format_row.memberships if membership.until is None],
            left_over={left_over.outcome: left_over for left_over in unfinished},
            controls={control.name: control for control in controls if control.name not in HIDDEN},
            clocks=tried_clocks,
            tried=tried and not faults,
            faults=faults,
        )


def proposal(format_: Format, past_meetings: Series) -> dict[str, Any]:
    """The first values of the form: delegations, level and chair of the last meeting.

    What is left over from earlier meetings is shown beside, and ticked by whoever wants it on the agenda.
    """
    last = past_meetings.last
    states = _proposed_states(format_, last)
    chair = (last.chair_state if last else "") or next(iter(states), "")
    return {
        "format": format_.id,
        "level": last.level if last else next(iter(format_.levels), "ministerial"),
        "mode": (last.mode if last else "") or "in-person",
        "number": past_meetings.next_number or "",
        "delegations": states,
        "observers": [delegation.state for delegation in last.delegations if delegation.observer] if last else [],
        "chair_state": chair,
        "zone": zone_of(chair),
    }


def _proposed_states(format_: Format, last: Meeting | None) -> list[str]:
    """The delegations of the last meeting and the present members of the format, since reports are incomplete."""
    present = [membership for membership in format_.memberships if membership.until is None]
    members = [membership.state for membership in present if membership.role in {"member", "partner"}]
    seated = [delegation.state for delegation in last.delegations if not delegation.observer] if last else []
    return protocol_order({*seated, *members}, "en")


def _clocks(values: dict[str, Any], faults: dict[str, Lazy | str]) -> list[Clock]:
    """The proposed time in every capital; errors are added to `faults`."""
    if not all(values.get(name) for name in TIME_FIELDS):
        return []
    zone = zone_named(str(values["zone"])) or str(values["zone"])
    opens, closes = check_times(str(values["opens"]), str(values["closes"]), zone, faults)
    if opens is None or closes is None or faults:
        return []
    states = [*values["delegations"], *values.get("observers", [])]
    return clocks(protocol_order(states, "en"), opens, closes, zone)
