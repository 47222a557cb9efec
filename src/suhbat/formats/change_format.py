"""Changing a format: its name or summary, and which states join or leave it."""

from typing import Annotated, ClassVar

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, InFormat, Occasion, Role, Viewer, act, effect, guard, phrase
from suhbat.acts.bodies import Shape, upcaster
from suhbat.formats.format_fields import PARTIAL_DATE, States
from suhbat.formats.format_status import audience_of, founded_here
from suhbat.formats.memberships import check_memberships, new_memberships
from suhbat.formats.models import Format
from suhbat.formats.queries import format_of
from suhbat.formats.state_names import protocol_order, state_name
from suhbat.formats.vocabulary import FormatKind, Level
from suhbat.ground.dates import is_partial
from suhbat.ground.language import gettext, lazy
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.refusals import conflict, invalid
from suhbat.record.entries import Entry


class Change(InFormat, frozen=True, kw_only=True):
    """What is to be different. `seen` is the entry that the form showed."""

    seen: Annotated[int, Meta(title="Seen", extra={"widget": "hidden"})]
    name: Annotated[str, Meta(title="Name", min_length=1, max_length=200, extra={"context": "a format's"})]
    short_name: Annotated[str, Meta(title="Short name", max_length=80)] = ""
    kind: Annotated[FormatKind, Meta(title="Kind")] | None = None
    established: Annotated[str, Meta(title="Established", pattern=PARTIAL_DATE)] | None = None
    levels: Annotated[list[Level], Meta(title="Levels")] = []
    summary: Annotated[str, Meta(title="What it is for", max_length=4_000, extra={"widget": "textarea"})] = ""
    joined: Annotated[States, Meta(title="Join as members")] = []
    joined_as_partners: Annotated[States, Meta(title="Join as partners")] = []
    left: Annotated[States, Meta(title="Leave", extra={"context": "states that leave a format"})] = []
    day: Annotated[str, Meta(title="Since", pattern=PARTIAL_DATE, extra={"context": "a membership"})] | None = None


class FormatChanged(Body, frozen=True, kw_only=True):
    """How a format is called and what it is for from now on, and the states that joined and left."""

    version: ClassVar[int] = 2
    name: str
    short_name: str
    summary: str
    kind: str | None
    """None if it stays as it was; in version 1 it always did."""
    established: str | None
    """A day, month or year; None if it stays as it was."""
    levels: list[str] | None
    """None if they stay as they were."""
    members: list[str]
    """Codes of the states that join as members. Earlier members are not repeated."""
    partners: list[str]
    left: list[str]
    day: str
    """The day, month or year since which they are in the format, or no longer are."""


@upcaster("format.changed", 1)
def from_version_1(shape: Shape) -> Shape:
    """Version 1 changed neither the kind nor the levels nor the day of founding."""
    return {**shape, "kind": None, "established": None, "levels": None}


@guard("format.changed")
def may_change(_viewer: Viewer, format_: Format) -> None:
    """A format that was founded here. Those that sources report are changed by editors of the public record."""
    founded_here(format_)


@act("format.changed", "Change a format", by={Role.ADMINISTRATOR, Role.SECRETARIAT}, audience="public")
def change(occasion: Occasion, inputs: Change) -> Decision[FormatChanged]:
    """The secretariat changes how a format is called and described, or writes down that a state joined or left it.

    A state that leaves keeps its years: the membership ends, it is not struck out. Facts that sources report are
    changed by editors of the public record, not here. A change of a format that is not public is not public either.
    """
    format_ = format_of(occasion.session, inputs.format)
    may_change(occasion.actor, format_)
    if format_.entry != inputs.seen:
        raise conflict()
    check_memberships(inputs.joined, inputs.joined_as_partners, inputs.day, ("joined", "joined_as_partners", "day"))
    if inputs.established and not is_partial(inputs.established):
        raise invalid(established=lazy("This is no date."))
    present = {membership.state for membership in format_.memberships if membership.until is None}
    if duplicates := sorted(present & {*inputs.joined, *inputs.joined_as_partners}):
        raise invalid(joined=lazy("These stand in it already: %(states)s.") % {"states": _names(duplicates)})
    if absent := sorted(set(inputs.left) - present):
        raise invalid(left=lazy("These do not stand in it: %(states)s.") % {"states": _names(absent)})
    body = FormatChanged(
        name=inputs.name,
        short_name=inputs.short_name,
        summary=inputs.summary,
        kind=inputs.kind,
        established=inputs.established,
        levels=list(inputs.levels) or None,
        members=inputs.joined,
        partners=inputs.joined_as_partners,
        left=inputs.left,
        day=inputs.day or occasion.now.date().isoformat(),
    )
    return Decision(body, audience=audience_of(format_), reply={"then": f"/formats/{inputs.format}"})


@effect("format.changed")
def changed(session: Session, entry: Entry, body: FormatChanged) -> None:
    """The format has its new names and facts; memberships end and begin."""
    format_ = session.get_one(Format, entry.format)
    format_.name, format_.short_name, format_.summary = body.name, body.short_name, body.summary
    for name in ("kind", "established", "levels"):
        if (value := getattr(body, name)) is not None:
            setattr(format_, name, value)
    for membership in format_.memberships:
        if membership.until is None and membership.state in body.left:
            membership.until = body.day
    format_.memberships.extend(new_memberships(body.members, body.partners, body.day, len(format_.memberships)))
    format_.entry = entry.number


@phrase("format.changed")
def say_changed(_entry: Entry, body: FormatChanged) -> str:
    """The sentence with the format's present name."""
    return gettext("The format “%(name)s” was changed.") % {"name": body.name}


def _names(states: list[str]) -> str:
    return in_a_row(state_name(state) for state in protocol_order(states))
