"""Packages: proposals that are taken together or not at all."""

from typing import Annotated

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, Occasion, Viewer, act, effect, guard, phrase
from suhbat.ground.ids import new_id
from suhbat.ground.language import gettext, lazy
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.refusals import invalid, not_allowed, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry
from suhbat.texts.holder_names import holder_name
from suhbat.texts.models import Package, Text
from suhbat.texts.negotiation.base_change import NamedPackage, keep_package, untie
from suhbat.texts.negotiation.join_or_withdraw import OWNERS, sides
from suhbat.texts.text_guard_checks import (
    CHAIR,
    Hidden,
    InText,
    fit,
    live_proposal,
    meeting_and_draft,
    must_be_drafted,
    text_of,
)


class Tie(InText, frozen=True, kw_only=True):
    """Proposals that belong together."""

    title: Annotated[str, Meta(title="What the deal is", min_length=3, max_length=200)]
    proposals: Annotated[list[str], Meta(title="Proposals", min_length=2, extra={"choices": "text proposals"})]


class PackageTied(Body, frozen=True, kw_only=True):
    """Which proposals are one deal."""

    text: str
    """The name of the text within its meeting."""
    by: str
    """The delegation that tied it, or `CHAIR`."""
    package: NamedPackage
    proposals: list[str]
    numbers: list[int]
    """Their numbers, in the same order."""


@guard("package.tied")
def may_tie(viewer: Viewer, _meeting: Meeting, text: Text) -> None:
    """The own side negotiates the text, which is being drafted."""
    must_be_drafted(text)
    sides(viewer, text)


@act("package.tied", "Make a package of proposals", by=OWNERS)
def tie(occasion: Occasion, inputs: Tie) -> PackageTied:
    """Proposals are declared one deal: taken all together or not at all.

    A delegation ties what it holds itself; the chair may tie any.
    """
    meeting, text = meeting_and_draft(occasion, inputs)
    may_tie(occasion.actor, meeting, text)
    own = sides(occasion.actor, text)
    proposals = [live_proposal(occasion.session, text, name) for name in dict.fromkeys(inputs.proposals)]
    if any(proposal.package for proposal in proposals):
        raise out_of_order(lazy("One of these belongs to a package already."))
    states = sorted(own - {CHAIR})
    side = next((state for state in states if all(state in proposal.holders for proposal in proposals)), CHAIR)
    if side not in own:
        raise not_allowed(lazy("A delegation ties only proposals that it holds."))
    if len(proposals) < 2:  # noqa: PLR2004  (a deal has two sides)
        raise invalid(proposals=lazy("A package has at least two proposals."))
    return PackageTied(
        text=text.name,
        by=side,
        package=NamedPackage(id=new_id(), title=fit(inputs.title, {}, "title")),
        proposals=[proposal.id for proposal in proposals],
        numbers=[proposal.number for proposal in proposals],
    )


@effect("package.tied")
def tied(session: Session, entry: Entry, body: PackageTied) -> None:
    """The package is tied."""
    text = text_of(session, entry.meeting, body.text)
    keep_package(session, entry, text, body.package, body.proposals)
    session.get_one(Package, body.package.id).by = body.by


@phrase("package.tied")
def say_tied(_entry: Entry, body: PackageTied) -> str:
    """The side, the proposals and the title of the package."""
    return gettext("%(who)s ties proposals %(numbers)s together: %(title)s") % {
        "who": holder_name(body.by),
        "numbers": in_a_row(map(str, body.numbers)),
        "title": body.package.title,
    }


class Untie(InText, frozen=True, kw_only=True):
    """A package to be taken apart."""

    package: Hidden


class PackageUntied(Body, frozen=True, kw_only=True):
    """Which package was taken apart."""

    text: str
    package: str
    title: str
    by: str
    """The delegation that had tied it, or `CHAIR`."""


@guard("package.untied")
def may_take_apart(viewer: Viewer, _meeting: Meeting, text: Text, package: Package) -> None:
    """The own side tied the package, and the text is being drafted."""
    must_be_drafted(text)
    if package.by not in sides(viewer, text):
        raise not_allowed(_NOT_YOURS)


_NOT_YOURS = lazy("Only those who tied a package can take it apart.")


@act("package.untied", "Take a package apart", by=OWNERS)
def take_apart(occasion: Occasion, inputs: Untie) -> PackageUntied:
    """Whoever tied a package takes it apart; its proposals stand for themselves again."""
    meeting, text = meeting_and_draft(occasion, inputs)
    must_be_drafted(text)  # first, because an adopted text has no packages: the reason is the adoption
    package = occasion.session.get(Package, inputs.package)
    if package is None or package.text != text.id:
        raise not_allowed(_NOT_YOURS)
    may_take_apart(occasion.actor, meeting, text, package)
    return PackageUntied(text=text.name, package=package.id, title=package.title, by=package.by)


@effect("package.untied")
def taken_apart(session: Session, _entry: Entry, body: PackageUntied) -> None:
    """The proposals are independent again."""
    untie(session, body.package)
