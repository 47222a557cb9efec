"""The outcome that a making act describes, checked whole and written as the record keeps it."""

from typing import Any

from suhbat.acts import Occasion
from suhbat.acts.actors import DELEGATION, HEADS, SPEAKERS, STAFF, Role, Viewer
from suhbat.ground.language import lazy
from suhbat.ground.refusals import conflict, not_allowed, not_found, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.outcomes import outcome_validation
from suhbat.outcomes.models import Outcome
from suhbat.outcomes.outcome_inputs import Amount, Correction, Made, Pledge
from suhbat.outcomes.outcome_validation import Faults

WRITERS = STAFF | {Role.NOTE_TAKER}
"""Those who write down what the meeting as a whole leaves behind."""


def delegation_outcome(occasion: Occasion, kind: str, inputs: Pledge) -> dict[str, Any]:
    """What a delegation leaves behind: tied to its present or last intervention, and to that one's agenda item."""
    session = occasion.session
    meeting = outcome_validation.meeting_at_work(session, inputs.meeting)
    own = sits_for(occasion.actor, inputs.meeting, SPEAKERS)
    faults: Faults = {}
    if inputs.delegation and inputs.delegation != own:
        faults["delegation"] = lazy("You do not sit for this delegation.")
    if own not in {delegation.state for delegation in meeting.delegations}:
        raise out_of_order(lazy("Your delegation does not sit at this meeting."))
    given = outcome_validation.interventions(session, meeting.id, own)
    if not given:
        raise out_of_order(lazy("It comes from an intervention, and your delegation has not had the floor yet."))
    numbers = {entry.number: entry for entry in given}
    number = inputs.intervention or given[-1].number
    if number not in numbers:
        faults["intervention"] = lazy("This is no intervention of your delegation.")
        number = given[-1].number
    item = inputs.item or str(numbers[number].body.get("item") or "")
    return _outcome(occasion, meeting, kind, inputs, faults, own=own, by=[own], item=item, intervention=number)


def meeting_outcome(occasion: Occasion, kind: str, inputs: Made | Pledge) -> dict[str, Any]:
    """What the meeting as a whole leaves behind: all delegations' together, at the present agenda item."""
    session = occasion.session
    meeting = outcome_validation.meeting_at_work(session, inputs.meeting)
    faults: Faults = {}
    if isinstance(inputs, Pledge) and inputs.delegation:
        faults["delegation"] = lazy("What the meeting leaves behind belongs to no single delegation.")
    if inputs.intervention is not None and inputs.intervention not in {
        entry.number for entry in outcome_validation.interventions(session, meeting.id)
    }:
        faults["intervention"] = lazy("This is no intervention of this meeting.")
    return _outcome(
        occasion,
        meeting,
        kind,
        inputs,
        faults,
        own="",
        by=outcome_validation.delegations_of(session, meeting.id),
        item=inputs.item or outcome_validation.present_item(session, meeting.id),
        intervention=inputs.intervention,
    )


def _outcome(
    occasion: Occasion,
    meeting: Meeting,
    kind: str,
    inputs: Made | Pledge,
    faults: Faults,
    *,
    own: str,
    by: list[str],
    item: str,
    intervention: int | None,
) -> dict[str, Any]:
    session = occasion.session
    if not inputs.title.strip():
        faults["title"] = lazy("This is needed.")
    place = outcome_validation.item(session, meeting.id, item, faults)
    to = inputs.to if isinstance(inputs, Pledge) else []
    if kind == "pledge" and not to:
        faults["to"] = lazy("To whom is it promised?")
    if kind == "next-meeting" and not inputs.due:
        faults["due"] = lazy("When is it to be? A year is enough.")
    body = {
        "id": outcome_validation.name_for(session, meeting.id, inputs.title, kind),
        "kind": kind,
        "by": by,
        "topic": outcome_validation.topic(inputs.topic, place, faults),
        "title": inputs.title.strip(),
        "summary": inputs.summary.strip() or inputs.title.strip(),
        "amount": outcome_validation.amount(inputs.amount if isinstance(inputs, Pledge) else Amount(), faults),
        "due": outcome_validation.due(inputs.due, meeting, faults),
        "item": place.id if place is not None else None,
        "intervention": intervention,
        "delegation": own,
    }
    if "to" not in faults:
        # A meeting's own outcome may well be for its members: nobody is excluded as the giver there.
        body["to"] = outcome_validation.receivers(
            to, [own] if own else [], outcome_validation.states_of(session, meeting), faults
        )
    outcome_validation.refuse(faults)
    return body


def corrected(occasion: Occasion, outcome: Outcome, inputs: Correction) -> dict[str, Any]:
    """An outcome in its new wording; what it came from stays unless another item or intervention is named."""
    session = occasion.session
    meeting = outcome_validation.meeting_at_work(session, inputs.meeting)
    faults: Faults = {}
    if not inputs.title.strip():
        faults["title"] = lazy("This is needed.")
    place = outcome_validation.item(session, meeting.id, inputs.item or outcome.item or "", faults)
    number = inputs.intervention or outcome.intervention
    known = {entry.number for entry in outcome_validation.interventions(session, meeting.id, outcome.delegation)}
    if number is not None and number not in known:
        faults["intervention"] = lazy("This is no intervention of your delegation.")
    if outcome.kind == "pledge" and not inputs.to:
        faults["to"] = lazy("To whom is it promised?")
    if outcome.kind == "next-meeting" and not inputs.due:
        faults["due"] = lazy("When is it to be? A year is enough.")
    own = [outcome.delegation] if outcome.delegation else []
    body = {
        "id": outcome.id,
        "kind": outcome.kind,
        "by": outcome.by,
        "topic": outcome_validation.topic(inputs.topic, place, faults),
        "title": inputs.title.strip(),
        "summary": inputs.summary.strip() or inputs.title.strip(),
        "amount": outcome_validation.amount(inputs.amount, faults),
        "due": outcome_validation.due(inputs.due, meeting, faults),
        "item": place.id if place is not None else None,
        "intervention": number,
        "delegation": outcome.delegation,
    }
    if "to" not in faults:
        body["to"] = outcome_validation.receivers(
            inputs.to, own, outcome_validation.states_of(session, meeting), faults
        )
    outcome_validation.refuse(faults)
    return body


def sits_for(actor: Viewer, meeting: str, roles: frozenset[Role]) -> str:
    """The state for which the actor holds one of these seats at a meeting; refused if there is none."""
    for seat in actor.seats_at(meeting):
        if seat.role in roles and seat.state:
            return seat.state
    raise not_allowed(lazy("You do not sit for a delegation at this meeting."))


def may_write(actor: Viewer, outcome: Outcome) -> bool:
    """Whether the actor may word an outcome anew: its delegation's speakers; for the meeting's own, its writers."""
    seats = actor.seats_at(outcome.meeting)
    if outcome.delegation:
        return any(seat.role in SPEAKERS and seat.state == outcome.delegation for seat in seats)
    return any(seat.role in WRITERS for seat in seats)


def may_bind(actor: Viewer, outcome: Outcome) -> bool:
    """Whether the actor may confirm an outcome: the head or alternate of its delegation; the chair for the meeting."""
    seats = actor.seats_at(outcome.meeting)
    if outcome.delegation:
        return any(seat.role in HEADS and seat.state == outcome.delegation for seat in seats)
    return any(seat.role == Role.CHAIR for seat in seats)


def may_report(actor: Viewer, outcome: Outcome) -> bool:
    """Whether the actor may report on an outcome: members of the delegations it concerns, and the secretariat."""
    return any(
        seat.role == Role.SECRETARIAT or (seat.role in DELEGATION and seat.state in {*outcome.by, *outcome.to})
        for seat in actor.seats_at(outcome.meeting)
    )


def seen(occasion: Occasion, meeting: str, outcome: str, changed: int) -> Outcome:
    """The outcome that a form was about, if it still stands as the form showed it and can still change."""
    found = occasion.session.get(Outcome, outcome)
    if found is None or found.meeting != meeting or found.origin != "held":
        raise not_found(lazy("There is no such outcome at this meeting."))
    outcome_validation.meeting_at_work(occasion.session, meeting)
    if found.status == "withdrawn":
        raise out_of_order(lazy("This was withdrawn."))
    if found.changed != changed:
        raise conflict(lazy("This has been changed since you saw it. Look again and decide anew."))
    return found
