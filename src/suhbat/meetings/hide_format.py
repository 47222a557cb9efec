"""Hiding and deleting a format in which nothing was held: what was founded by mistake is taken back."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, InFormat, Occasion, Role, Viewer, act, effect, guard, phrase
from suhbat.formats.format_status import founded_here
from suhbat.formats.models import Format
from suhbat.formats.queries import format_of
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.audiences import DELEGATIONS
from suhbat.record.entries import Entry


def has_meetings(session: Session, format_: str) -> bool:
    """Whether a meeting stands in a format: a draft, one that was held, or one that sources report."""
    return session.scalar(select(Meeting.id).where(Meeting.format == format_).limit(1)) is not None


class FormatHidden(Body, frozen=True, kw_only=True):
    """The name of the format that is no longer public."""

    name: str


class FormatDeleted(Body, frozen=True, kw_only=True):
    """The name of the format that is no more."""

    name: str


@guard("format.hidden")
def may_hide(_viewer: Viewer, format_: Format, with_meetings: bool) -> None:
    """A public format that was founded here, without a meeting."""
    founded_here(format_)
    if format_.hidden:
        raise out_of_order(lazy("It is not public."))
    _without_meetings(with_meetings)


@guard("format.deleted")
def may_delete(_viewer: Viewer, format_: Format, with_meetings: bool) -> None:
    """A format that was founded here, without a meeting."""
    founded_here(format_)
    _without_meetings(with_meetings)


@act("format.hidden", "Hide a format", by={Role.ADMINISTRATOR, Role.SECRETARIAT}, audience="public")
def hide(occasion: Occasion, inputs: InFormat) -> Decision[FormatHidden]:
    """The founder or the secretariat takes a format from public view while no meeting stands in it.

    Its page can be seen by the administrators and the holders of its seats alone, until it is published again. The
    record keeps that it was public.
    """
    format_ = format_of(occasion.session, inputs.format)
    may_hide(occasion.actor, format_, has_meetings(occasion.session, format_.id))
    return Decision(FormatHidden(name=format_.name), reply={"then": f"/formats/{format_.id}"})


@act("format.deleted", "Delete a format", by={Role.ADMINISTRATOR, Role.SECRETARIAT}, audience="public")
def delete_format(occasion: Occasion, inputs: InFormat) -> Decision[FormatDeleted]:
    """The founder or the secretariat deletes a format in which no meeting stands.

    Its page is gone and its seats end. Nothing public tells of a draft; of a format that was public, the record keeps
    that it was. Its address is not given again.
    """
    format_ = format_of(occasion.session, inputs.format)
    may_delete(occasion.actor, format_, has_meetings(occasion.session, format_.id))
    audience = DELEGATIONS if format_.status == "draft" else "public"
    return Decision(FormatDeleted(name=format_.name), audience=audience, reply={"then": "/formats"})


@effect("format.hidden")
def hidden(session: Session, entry: Entry, _body: FormatHidden) -> None:
    """The format is not shown to the public."""
    format_ = session.get_one(Format, entry.format)
    format_.status, format_.entry = "hidden", entry.number


@effect("format.deleted")
def deleted(session: Session, entry: Entry, _body: FormatDeleted) -> None:
    """The format and its memberships are no longer in the tables."""
    session.execute(delete(Format).where(Format.id == entry.format))


@phrase("format.hidden")
def say_hidden(_entry: Entry, body: FormatHidden) -> str:
    """The sentence with the format's name."""
    return gettext("The format “%(name)s” is not public any more.") % {"name": body.name}


@phrase("format.deleted")
def say_deleted(_entry: Entry, body: FormatDeleted) -> str:
    """The sentence with the format's name."""
    return gettext("The format “%(name)s” was deleted.") % {"name": body.name}


def _without_meetings(with_meetings: bool) -> None:
    if with_meetings:
        raise out_of_order(lazy("This format has meetings, so it cannot be hidden or deleted."))
