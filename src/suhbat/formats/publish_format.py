"""Publishing a format: the draft, or a format that was hidden, can be seen by anyone."""

import msgspec
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, InFormat, Occasion, Role, Viewer, act, effect, guard, phrase
from suhbat.formats.format_status import founded_here
from suhbat.formats.models import Format, Membership
from suhbat.formats.queries import format_of
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import out_of_order
from suhbat.record.entries import Entry


class PublishedMembership(msgspec.Struct, frozen=True, kw_only=True):
    """A state in the format, with its role and its years."""

    state: str
    role: str
    since: str | None
    until: str | None


class FormatPublished(Body, frozen=True, kw_only=True):
    """All facts of the format, as anyone may know them from now on."""

    name: str
    short_name: str
    kind: str
    established: str | None
    levels: list[str]
    summary: str
    memberships: list[PublishedMembership]
    """In their order."""


@guard("format.published")
def may_publish(_viewer: Viewer, format_: Format) -> None:
    """A format that was founded here and is not public."""
    founded_here(format_)
    if not format_.hidden:
        raise out_of_order(lazy("It is public already."))


@act("format.published", "Publish a format", by={Role.ADMINISTRATOR, Role.SECRETARIAT}, audience="public")
def publish(occasion: Occasion, inputs: InFormat) -> Decision[FormatPublished]:
    """The founder or the secretariat publishes a format that was founded as a draft, or that was hidden.

    From then on anyone sees its page, its members and its aims, and meetings can be convened in it.
    """
    format_ = format_of(occasion.session, inputs.format)
    may_publish(occasion.actor, format_)
    body = FormatPublished(
        name=format_.name,
        short_name=format_.short_name,
        kind=format_.kind,
        established=format_.established,
        levels=list(format_.levels),
        summary=format_.summary,
        memberships=[_published(membership) for membership in format_.memberships],
    )
    return Decision(body, reply={"then": f"/formats/{format_.id}"})


@effect("format.published")
def published(session: Session, entry: Entry, body: FormatPublished) -> None:
    """The format is public. Where its closed entries are not, it is made from what is published."""
    format_ = session.get(Format, entry.format) or Format(id=entry.format)
    for name in ("name", "short_name", "kind", "established", "levels", "summary"):
        setattr(format_, name, getattr(body, name))
    format_.status, format_.entry = "public", entry.number
    session.add(format_)
    if [_published(membership) for membership in format_.memberships] != body.memberships:
        format_.memberships = [
            Membership(position=n, **msgspec.structs.asdict(membership))
            for n, membership in enumerate(body.memberships)
        ]


@phrase("format.published")
def say_published(_entry: Entry, body: FormatPublished) -> str:
    """The sentence with the format's name."""
    return gettext("The format “%(name)s” is public.") % {"name": body.name}


def _published(membership: Membership) -> PublishedMembership:
    return PublishedMembership(
        state=membership.state, role=membership.role, since=membership.since, until=membership.until
    )
