"""Acts on formats: founding a standing dialogue, and changing what is known of it."""

from typing import Annotated, Any, Literal

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Decision, InFormat, Occasion, Role, act, effect, phrase
from suhbat.formats import queries
from suhbat.formats.models import Format, Membership
from suhbat.formats.state_names import is_known, protocol_order, state_name
from suhbat.ground.dates import is_partial
from suhbat.ground.language import Lazy, gettext, lazy
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.refusals import Kind, Refused, conflict, not_found
from suhbat.record.entries import Entry

__all__ = ["LEVELS", "States", "queries"]

KINDS = Literal["n-plus-one", "n-plus-zero", "organisation", "initiative"]
LEVELS = Literal["summit", "ministerial", "senior-officials", "expert", "business", "intellectual"]
States = Annotated[list[str], Meta(max_length=60, extra={"choices": "states", "widget": "boxes"})]
PARTIAL_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Found(InFormat, frozen=True, kw_only=True):
    """A new format. Its id is its address for ever."""

    format: Annotated[
        str, Meta(title="Address", description="Small letters and hyphens, such as ca-japan.", pattern=SLUG,
                  min_length=2, max_length=60, extra={"widget": "text"}),
    ]  # fmt: skip
    name: Annotated[str, Meta(title="Name", min_length=1, max_length=200, extra={"context": "a format's"})]
    short_name: Annotated[str, Meta(title="Short name", max_length=80)] = ""
    kind: Annotated[KINDS, Meta(title="Kind")]
    members: Annotated[States, Meta(title="Members", min_length=1)]
    partners: Annotated[States, Meta(title="Partners")] = []
    established: Annotated[str, Meta(title="Established", pattern=PARTIAL_DATE)] | None = None
    levels: Annotated[list[LEVELS], Meta(title="Levels")] = []
    summary: Annotated[str, Meta(title="What it is for", max_length=4_000, extra={"widget": "textarea"})] = ""


@act("format.founded", "Found a format", by={Role.ADMINISTRATOR}, audience="public")
def found(occasion: Occasion, inputs: Found) -> Decision[Any]:
    """The administrator of an installation enters a standing dialogue with its members and partners.

    Each state stands in it once, as a member or as a partner. The address is never given twice.
    """
    if occasion.session.get(Format, inputs.format):
        raise Refused(Kind.INVALID, lazy("This address is taken."), {"format": lazy("A format has it already.")})
    _check(inputs.members, inputs.partners, inputs.established)
    return Decision(
        {
            "name": inputs.name, "short_name": inputs.short_name, "kind": inputs.kind, "members": inputs.members,
            "partners": inputs.partners, "established": inputs.established, "levels": list(inputs.levels),
            "summary": inputs.summary,
        },
        reply={"then": f"/formats/{inputs.format}"},
    )  # fmt: skip


@effect("format.founded")
def _founded(session: Session, entry: Entry) -> None:
    body = entry.body
    session.add(
        Format(
            id=entry.format, name=body["name"], short_name=body["short_name"], kind=body["kind"],
            established=body["established"], levels=body["levels"], summary=body["summary"], entry=entry.number,
            memberships=_memberships(body, body["established"]),
        )
    )  # fmt: skip


@phrase("format.founded")
def _say_founded(entry: Entry) -> str:
    return gettext("The format “%(name)s” was founded.") % {"name": entry.body["name"]}


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


@act("format.changed", "Change a format", by={Role.ADMINISTRATOR, Role.SECRETARIAT}, audience="public")
def change(occasion: Occasion, inputs: Change) -> Decision[Any]:
    """The secretariat changes a format's name or summary, or writes down that a state joined or left it, and when.

    A state that leaves keeps its years: the membership ends, it is not struck out. Facts that sources report are
    changed by editors of the public record, not here.
    """
    held = occasion.session.get(Format, inputs.format)
    if held is None:
        raise not_found()
    if held.entry != inputs.seen:
        raise conflict()
    _check(inputs.joined, inputs.joined_as_partners, inputs.day)
    now_in = {each.state for each in held.memberships if each.until is None}
    if twice := sorted(now_in & {*inputs.joined, *inputs.joined_as_partners}):
        raise _field("joined", lazy("These stand in it already: %(states)s.") % {"states": _names(twice)})
    if strangers := sorted(set(inputs.left) - now_in):
        raise _field("left", lazy("These do not stand in it: %(states)s.") % {"states": _names(strangers)})
    day = inputs.day or occasion.now.date().isoformat()
    return Decision(
        {
            "name": inputs.name, "short_name": inputs.short_name, "summary": inputs.summary, "members": inputs.joined,
            "partners": inputs.joined_as_partners, "left": inputs.left, "day": day,
        },
        reply={"then": f"/formats/{inputs.format}"},
    )  # fmt: skip


@effect("format.changed")
def _changed(session: Session, entry: Entry) -> None:
    held = session.get_one(Format, entry.format)
    body = entry.body
    held.name, held.short_name, held.summary = body["name"], body["short_name"], body["summary"]
    for each in held.memberships:
        if each.until is None and each.state in body["left"]:
            each.until = body["day"]
    held.memberships.extend(_memberships(body, body["day"], len(held.memberships)))
    held.entry = entry.number


def _memberships(body: dict[str, Any], since: str | None, after: int = 0) -> list[Membership]:
    joined = [(code, "member") for code in body["members"]] + [(code, "partner") for code in body["partners"]]
    return [Membership(state=code, role=role, since=since, position=after + n) for n, (code, role) in enumerate(joined)]


def _check(members: list[str], partners: list[str], day: str | None) -> None:
    for field, codes in (("members", members), ("partners", partners)):
        if unknown := sorted(code for code in codes if not is_known(code)):
            raise _field(field, lazy("These are no known states: %(states)s.") % {"states": in_a_row(unknown)})
    both = [*members, *partners]
    if len(set(both)) != len(both):
        raise _field("partners", lazy("A state stands in a format once: as a member or as a partner."))
    if day and not is_partial(day):
        raise _field("established", lazy("This is no date."))


def _names(codes: list[str]) -> str:
    return in_a_row(state_name(code) for code in protocol_order(codes))


def _field(name: str, why: Lazy) -> Refused:
    return Refused(Kind.INVALID, lazy("Some of what was given does not fit."), {name: why})
