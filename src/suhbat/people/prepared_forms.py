"""Forms that an assistant fills in for the head of the delegation. Nothing is entered before the head does it."""

from dataclasses import dataclass
from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, InMeeting, Notice, Occasion, Role, act, effect, guard, notice, phrase
from suhbat.acts.assistance import PREPARABLE, is_preparable
from suhbat.acts.door import find_act, place_in
from suhbat.acts.forms import labelled_values
from suhbat.acts.inputs import read_input
from suhbat.acts.place_finders import Place
from suhbat.acts.registry import REGISTRY
from suhbat.acts.roles_and_seats import HEADS, Viewer
from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.ground.language import _, gettext, lazy
from suhbat.ground.refusals import invalid, not_found, out_of_order
from suhbat.people.models import PreparedForm, SeatRow
from suhbat.people.queries import place_named
from suhbat.record.audiences import delegation_only, seat_only
from suhbat.record.entries import Entry


class Preparation(InMeeting, frozen=True, kw_only=True):
    """A form that is filled in: the act, and what would be entered."""

    act: Annotated[str, Meta(max_length=80, title="Act")]
    inputs: Annotated[dict[str, Any], Meta(title="What would be entered", extra={"widget": "hidden"})]


class FormPrepared(Body, frozen=True, kw_only=True):
    """A form that waits for the head of a delegation. `heads` are the seats that can enter it."""

    form: str
    state: str
    act: str
    inputs: dict[str, Any]
    heads: list[str]


@act("form.prepared", "Prepare a form for the head", by={Role.ASSISTANT}, audience="delegation")
def prepare(occasion: Occasion, inputs: Preparation) -> Decision[FormPrepared]:
    """An assistant fills in a form of the head of the delegation. It waits on the head's page, and enters nothing.

    Only the own delegation sees it. What confirms, adopts, agrees or signs cannot be prepared.
    """
    if not is_preparable(inputs.act):
        raise invalid(act=lazy("This cannot be prepared: the head does it alone."))
    wanted = read_input(find_act(inputs.act, occasion.settings).input_type, inputs.inputs, lax=False)
    if place_in(wanted)[0] != inputs.meeting:
        raise invalid(inputs=lazy("This form is for another meeting."))
    state = occasion.seat.state
    heads = occasion.session.scalars(
        select(SeatRow.id).where(
            SeatRow.place == inputs.meeting, SeatRow.state == state, SeatRow.role.in_(HEADS), SeatRow.vacated.is_(False)
        ).order_by(SeatRow.id)
    ).all()  # fmt: skip
    body = FormPrepared(form=new_id(), state=state, act=inputs.act, inputs=inputs.inputs, heads=list(heads))
    return Decision(body, audience=delegation_only(state), reply={"then": "/me#prepared"})


@effect("form.prepared")
def form_prepared(session: Session, entry: Entry, body: FormPrepared) -> None:
    """The form waits."""
    session.add(
        PreparedForm(
            id=body.form,
            place=entry.meeting,
            state=body.state,
            act=body.act,
            inputs=body.inputs,
            by=entry.name,
            at=stamp(entry.time),
        )
    )


@phrase("form.prepared")
def say_prepared(entry: Entry, body: FormPrepared) -> str:
    """The sentence that says who prepared what."""
    return _("%(name)s prepared a form for the head of the delegation: %(act)s") % {
        "name": entry.name,
        "act": title_of_act(body.act),
    }


@notice("form.prepared")
def tell_prepared(_entry: Entry, body: FormPrepared) -> Notice | None:
    """Those who can enter it."""
    if not body.heads:
        return None
    says = _("Your assistant has prepared a form.")
    to_do = gettext("Look at it, and enter it or put it aside.")
    return Notice(says, tuple(seat_only(seat) for seat in body.heads), to_do=to_do, page="/me")


class Settlement(InMeeting, frozen=True, kw_only=True):
    """A prepared form that does not wait any more."""

    form: Annotated[str, Meta(max_length=40, title="Form", extra={"widget": "hidden"})]
    entered: Annotated[bool, Meta(title="Entered", extra={"widget": "hidden"})] = False


class FormSettled(Body, frozen=True, kw_only=True):
    """The form, and whether it was entered; else it was put aside."""

    form: str
    act: str
    state: str
    entered: bool


@guard("form.settled")
def may_settle(viewer: Viewer, place: Place, form: PreparedForm) -> None:
    """The head of the delegation or the alternate, or its assistants, as long as the form waits."""
    seat = viewer.seat_for({*HEADS, Role.ASSISTANT}, place.id)
    if form.place != place.id or seat is None or viewer.delegation_at(place.id) != form.state:
        raise not_found()
    if form.outcome != "waiting":
        raise out_of_order(lazy("This form does not wait any more."))


@act("form.settled", "Settle a prepared form", by={*HEADS, Role.ASSISTANT}, audience="delegation")
def settle(occasion: Occasion, inputs: Settlement) -> Decision[FormSettled]:
    """The head puts a prepared form aside, or has entered it: then its act stands right before this in the record.

    The assistant who sees that it is not wanted any more may put it aside as well.
    """
    place = place_named(occasion.session, inputs.meeting)
    form = occasion.session.get(PreparedForm, inputs.form)
    if form is None:
        raise not_found()
    may_settle(occasion.actor, place, form)
    if inputs.entered and occasion.seat.role == Role.ASSISTANT:
        raise invalid(entered=lazy("The head enters it."))
    body = FormSettled(form=form.id, act=form.act, state=form.state, entered=inputs.entered)
    return Decision(body, audience=delegation_only(form.state))


@effect("form.settled")
def form_settled(session: Session, _entry: Entry, body: FormSettled) -> None:
    """The form waits no longer."""
    session.get_one(PreparedForm, body.form).outcome = "entered" if body.entered else "put-aside"


@phrase("form.settled")
def say_settled(_entry: Entry, body: FormSettled) -> str:
    """The sentence that says what became of it."""
    sentence = (
        _("A prepared form was entered: %(act)s") if body.entered else _("A prepared form was put aside: %(act)s")
    )
    return sentence % {"act": title_of_act(body.act)}


def title_of_act(name: str) -> str:
    """What an act is called in the reader's language."""
    return str(REGISTRY[name].title) if name in REGISTRY else name


@dataclass(frozen=True)
class WaitingForm:
    """A form that waits, for one viewer."""

    row: PreparedForm
    title: str
    values: list[tuple[str, str]]
    """Label and value of each field that was filled in."""
    enters: bool
    """Whether the viewer can enter it: the head or the alternate."""


def waiting_forms(session: Session, viewer: Viewer, meeting: str = "") -> list[WaitingForm]:
    """The forms that wait in the delegations of which the viewer is head, alternate or assistant."""
    seats = [
        seat
        for seat in viewer.seats
        if seat.role in HEADS and seat.state and "/" in seat.place and (not meeting or seat.place == meeting)
    ]
    if not seats:
        return []
    places = or_(*(and_(PreparedForm.place == seat.place, PreparedForm.state == seat.state) for seat in seats))
    query = select(PreparedForm).where(PreparedForm.outcome == "waiting", PreparedForm.act.in_(PREPARABLE), places)
    entering = {(seat.place, seat.state) for seat in seats if not seat.assists}
    return [
        WaitingForm(row, title_of_act(row.act), shown_values(row), (row.place, row.state) in entering)
        for row in session.scalars(query.order_by(PreparedForm.id))
    ]


def shown_values(form: PreparedForm) -> list[tuple[str, str]]:
    """What would be entered, as labels and words. What a form carries unseen is left out."""
    return labelled_values(REGISTRY[form.act].input_type, form.inputs)
