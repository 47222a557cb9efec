"""How public a format is: who may know of it, who sees what is done in it, and checks for the guards of acts."""

from suhbat.acts.roles_and_seats import Role, Viewer
from suhbat.formats.models import Format
from suhbat.ground.language import lazy
from suhbat.ground.refusals import out_of_order
from suhbat.record.audiences import DELEGATIONS, PUBLIC


def may_know(viewer: Viewer, format_: Format) -> bool:
    """Whether a viewer may know of a format: anyone of a public one, else administrators and holders of its seats."""
    return not format_.hidden or any(
        seat.role is Role.ADMINISTRATOR or seat.place.partition("/")[0] == format_.id for seat in viewer.seats
    )


def audience_of(format_: Format) -> str:
    """Who sees what changes a format: anyone, or while it is not public its secretariat and its standing seats."""
    return DELEGATIONS if format_.hidden else PUBLIC


def founded_here(format_: Format) -> None:
    """Refuse acts on a reported format: it is changed in the public record."""
    if format_.origin != "held":
        raise out_of_order(lazy("This format is known from reports: editors of the public record change it."))


def is_public(format_: Format) -> None:
    """Refuse what takes place in a format that everyone may know of, while it is a draft or hidden."""
    if format_.hidden:
        raise out_of_order(lazy("This format is not public yet. Publish it first, on its page."))
