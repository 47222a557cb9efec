"""Founding a format: a standing dialogue is entered with its members and partners."""

from typing import Annotated, ClassVar

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, InFormat, Occasion, Role, act, effect, phrase
from suhbat.acts.bodies import Shape, upcaster
from suhbat.formats.format_fields import PARTIAL_DATE, SLUG, States
from suhbat.formats.memberships import check_memberships, new_memberships
from suhbat.formats.models import Format
from suhbat.formats.vocabulary import FormatKind, Level
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import Kind, Refused
from suhbat.record.audiences import DELEGATIONS, PUBLIC
from suhbat.record.entries import Entry
from suhbat.record.models import EntryRow


class Found(InFormat, frozen=True, kw_only=True):
    """A new format. Its id is its address for ever."""

    format: Annotated[
        str, Meta(title="Address", description="Small letters and hyphens, such as ca-japan.", pattern=SLUG,
                  min_length=2, max_length=60, extra={"widget": "text"}),
    ]  # fmt: skip
    name: Annotated[str, Meta(title="Name", min_length=1, max_length=200, extra={"context": "a format's"})]
    short_name: Annotated[str, Meta(title="Short name", max_length=80)] = ""
    kind: Annotated[FormatKind, Meta(title="Kind")]
    members: Annotated[States, Meta(title="Members", min_length=1)]
    partners: Annotated[States, Meta(title="Partners")] = []
    established: Annotated[str, Meta(title="Established", pattern=PARTIAL_DATE)] | None = None
    levels: Annotated[list[Level], Meta(title="Levels")] = []
    summary: Annotated[str, Meta(title="What it is for", max_length=4_000, extra={"widget": "textarea"})] = ""
    publish: Annotated[
        bool, Meta(title="Publish it at once", description="Otherwise it is a draft, until you publish it on its page.")
    ] = False


class FormatFounded(Body, frozen=True, kw_only=True):
    """A format at its beginning. Its id is in the entry itself."""

    version: ClassVar[int] = 2
    name: str
    short_name: str
    kind: str
    members: list[str]
    """Codes of states and organisations."""
    partners: list[str]
    established: str | None
    """A day, month or year. Members and partners are in the format since then."""
    levels: list[str]
    summary: str
    status: str
    """`draft` or `public`; in version 1 `public`, because a format was public from its founding on."""


@upcaster("format.founded", 1)
def from_version_1(shape: Shape) -> Shape:
    """Version 1 knew no drafts."""
    return {**shape, "status": "public"}


@act("format.founded", "Found a format", by={Role.ADMINISTRATOR}, audience=DELEGATIONS)
def found_format(occasion: Occasion, inputs: Found) -> Decision[FormatFounded]:
    """The administrator of an installation enters a standing dialogue with its members and partners.

    It begins as a draft, unless it is published at once: until then only the administrators and the holders of its
    seats know of it. Each
    state stands in it once, as a member or as a partner. The address is never given twice, nor that of a format that
    was deleted.
    """
    given = select(EntryRow.number).where(EntryRow.act == "format.founded", EntryRow.format == inputs.format)
    if occasion.session.get(Format, inputs.format):
        raise Refused(Kind.INVALID, lazy("This address is taken."), {"format": lazy("A format has it already.")})
    if occasion.session.scalar(given.limit(1)):
        had = lazy("A deleted format had this address. Please choose another one.")
        raise Refused(Kind.INVALID, lazy("This address is taken."), {"format": had})
    check_memberships(inputs.members, inputs.partners, inputs.established)
    body = FormatFounded(
        name=inputs.name,
        short_name=inputs.short_name,
        kind=inputs.kind,
        members=inputs.members,
        partners=inputs.partners,
        established=inputs.established,
        levels=list(inputs.levels),
        summary=inputs.summary,
        status="public" if inputs.publish else "draft",
    )
    return Decision(
        body, audience=PUBLIC if inputs.publish else DELEGATIONS, reply={"then": f"/formats/{inputs.format}"}
    )


@effect("format.founded")
def founded(session: Session, entry: Entry, body: FormatFounded) -> None:
    """The format and its first memberships."""
    session.add(
        Format(
            id=entry.format,
            name=body.name,
            short_name=body.short_name,
            kind=body.kind,
            established=body.established,
            levels=body.levels,
            summary=body.summary,
            status=body.status,
            entry=entry.number,
            memberships=new_memberships(body.members, body.partners, body.established),
        )
    )


@phrase("format.founded")
def say_founded(_entry: Entry, body: FormatFounded) -> str:
    """The sentence with the format's name."""
    return gettext("The format “%(name)s” was founded.") % {"name": body.name}
