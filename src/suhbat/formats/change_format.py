"""Changing a format: its name or summary, and which states join or leave it."""

from typing import Annotated

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, InFormat, Occasion, Role, act, effect
from suhbat.formats.format_fields import PARTIAL_DATE, States
from suhbat.formats.memberships import check_memberships, new_memberships
from suhbat.formats.models import Format
from suhbat.formats.state_names import protocol_order, state_name
from suhbat.ground.language import lazy
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.refusals import conflict, invalid, not_found
from suhbat.record.entries import Entry


class Change(InFormat, frozen=True, kw_only=True):
    """What is to be different. `seen` is the entry that the form showed."""

    seen: Annotated[int, Meta(title="Seen", extra={"widget": "hidden"})]
    name: Annotated[str, Meta(title="Name", min_length=1, max_length=200, extra={"context": "a format's"})]
    short_name: Annotated[str, Meta(title="Short name", max_length=80)] = ""
    summary: Annotated[str, Meta(title="What it is for", max_length=4_000, extra={"widget": "textarea"})] = ""
    joined: Annotated[States, Meta(title="Join as members")] = []
    joined_as_partners: Annotated[States, Meta(title="Join as partners")] = []
    left: Annotated[States, Meta(title="Leave", extra={"context": "states that leave a format"})] = []
    day: Annotated[str, Meta(title="Since", pattern=PARTIAL_DATE, extra={"context": "a membership"})] | None = None


class FormatChanged(Body, frozen=True, kw_only=True):
    """The new names and summary of a format, and the states that joined and left."""

    name: str
    short_name: str
    summary: str
    members: list[str]
    """Codes of the states that join as members. Earlier members are not repeated."""
    partners: list[str]
    left: list[str]
    day: str
    """The day, month or year since which they are in the format, or no longer are."""


@act("format.changed", "Change a format", by={Role.ADMINISTRATOR, Role.SECRETARIAT}, audience="public")
def change(occasion: Occasion, inputs: Change) -> Decision[FormatChanged]:
    """The secretariat changes a format's name or summary, or writes down that a state joined or left it, and when.

    A state that leaves keeps its years: the membership ends, it is not struck out. Facts that sources report are
    changed by editors of the public record, not here.
    """
    format_ = occasion.session.get(Format, inputs.format)
    if format_ is None:
        raise not_found()
    if format_.entry != inputs.seen:
        raise conflict()
    check_memberships(inputs.joined, inputs.joined_as_partners, inputs.day)
    present = {membership.state for membership in format_.memberships if membership.until is None}
    if duplicates := sorted(present & {*inputs.joined, *inputs.joined_as_partners}):
        raise invalid(joined=lazy("These stand in it already: %(states)s.") % {"states": _names(duplicates)})
    if absent := sorted(set(inputs.left) - present):
        raise invalid(left=lazy("These do not stand in it: %(states)s.") % {"states": _names(absent)})
    body = FormatChanged(
        name=inputs.name,
        short_name=inputs.short_name,
        summary=inputs.summary,
        members=inputs.joined,
        partners=inputs.joined_as_partners,
        left=inputs.left,
        day=inputs.day or occasion.now.date().isoformat(),
    )
    return Decision(body, reply={"then": f"/formats/{inputs.format}"})


@effect("format.changed")
def changed(session: Session, entry: Entry, body: FormatChanged) -> None:
    """The format has its new names and summary; memberships end and begin."""
    format_ = session.get_one(Format, entry.format)
    format_.name, format_.short_name, format_.summary = body.name, body.short_name, body.summary
    for membership in format_.memberships:
        if membership.until is None and membership.state in body.left:
            membership.until = body.day
    format_.memberships.extend(new_memberships(body.members, body.partners, body.day, len(format_.memberships)))
    format_.entry = entry.number


def _names(states: list[str]) -> str:
    return in_a_row(state_name(state) for state in protocol_order(states))
