"""Acts that invite a further delegation, and that withdraw one, before the meeting is opened."""

from collections.abc import Mapping
from typing import Annotated

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, InMeeting, Occasion, Role, Viewer, act, effect, guard, phrase
from suhbat.formats.state_names import is_known, state_name
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import invalid, out_of_order
from suhbat.meetings.meeting_facts import SeatedDelegation, protocol_seating, set_delegation_order
from suhbat.meetings.meeting_status import not_opened
from suhbat.meetings.models import Delegation, Meeting
from suhbat.meetings.page_addresses import desk_of
from suhbat.meetings.queries import delegation_of, meeting_of
from suhbat.record.entries import Entry

CLOSED = lazy("The list of delegations is closed once the meeting is opened.")


class Invite(InMeeting, frozen=True, kw_only=True):
    """A state to invite, as a delegation or as an observer."""

    state: Annotated[str, Meta(title="Delegation", max_length=20, extra={"choices": "states"})]
    observer: Annotated[bool, Meta(title="As an observer")] = False


class DelegationInvited(Body, frozen=True, kw_only=True):
    """The new delegation, and the list with it."""

    state: str
    observer: bool
    delegations: list[SeatedDelegation]
    """All delegations in protocol order, with the new one."""


@guard("delegation.invited")
def may_invite(_viewer: Viewer, meeting: Meeting) -> None:
    """Delegations can be invited until the meeting is opened."""
    not_opened(meeting, CLOSED)


@act("delegation.invited", "Invite a delegation", by={Role.SECRETARIAT})
def invite(occasion: Occasion, inputs: Invite) -> Decision[DelegationInvited]:
    """The secretariat invites a further delegation, or an observer, before the meeting is opened.

    It takes its place in protocol order.
    """
    meeting = meeting_of(occasion.session, inputs.meeting)
    may_invite(occasion.actor, meeting)
    if not is_known(inputs.state):
        raise invalid(state=lazy("This is no known state."))
    is_observer = {delegation.state: delegation.observer for delegation in meeting.delegations}
    if inputs.state in is_observer:
        raise invalid(state=lazy("It is invited already."))
    order = _protocol_order(meeting, is_observer | {inputs.state: inputs.observer})
    body = DelegationInvited(state=inputs.state, observer=inputs.observer, delegations=order)
    return Decision(body, reply={"then": desk_of(meeting.id)})


@effect("delegation.invited")
def invited(session: Session, entry: Entry, body: DelegationInvited) -> None:
    """Adds the delegation and sets the order."""
    meeting = session.get_one(Meeting, entry.meeting)
    meeting.delegations.append(Delegation(state=body.state, observer=body.observer, changed=entry.number))
    set_delegation_order(meeting, body.delegations)


@phrase("delegation.invited")
def say_invited(_entry: Entry, body: DelegationInvited) -> str:
    """Names the state, and whether it is an observer."""
    template = gettext("%(state)s was invited as an observer.") if body.observer else gettext("%(state)s was invited.")
    return template % {"state": state_name(body.state)}


class Withdraw(InMeeting, frozen=True, kw_only=True):
    """A delegation that will not take part, and why."""

    state: Annotated[str, Meta(title="Delegation", max_length=20, extra={"choices": "delegations"})]
    reason: Annotated[str, Meta(title="Reason", max_length=1_000, extra={"widget": "textarea"})] = ""


class DelegationWithdrawn(Body, frozen=True, kw_only=True):
    """The withdrawn delegation, and the reason."""

    state: str
    reason: str
    delegations: list[SeatedDelegation]
    """The remaining delegations in protocol order."""


@guard("delegation.withdrawn")
def may_withdraw(_viewer: Viewer, meeting: Meeting, delegation: Delegation) -> None:
    """The meeting is not opened yet, and the delegation is not in the chair."""
    not_opened(meeting, CLOSED)
    if delegation.state == meeting.chair_state:
        raise out_of_order(lazy("This delegation is in the chair: name another chair first."))


@act("delegation.withdrawn", "Withdraw a delegation", by={Role.SECRETARIAT})
def withdraw(occasion: Occasion, inputs: Withdraw) -> Decision[DelegationWithdrawn]:
    """The secretariat takes a delegation off the list before the meeting is opened. The chair's cannot be taken off.

    The seats of its people end, and their letters are void.
    """
    meeting = meeting_of(occasion.session, inputs.meeting)
    may_withdraw(occasion.actor, meeting, delegation_of(meeting, inputs.state))
    is_observer = {delegation.state: delegation.observer for delegation in meeting.delegations}
    order = [seated for seated in _protocol_order(meeting, is_observer) if seated.state != inputs.state]
    body = DelegationWithdrawn(state=inputs.state, reason=inputs.reason, delegations=order)
    return Decision(body, reply={"then": desk_of(meeting.id)})


@effect("delegation.withdrawn")
def withdrawn(session: Session, entry: Entry, body: DelegationWithdrawn) -> None:
    """Deletes the delegation."""
    meeting = session.get_one(Meeting, entry.meeting)
    meeting.delegations.remove(delegation_of(meeting, body.state))
    set_delegation_order(meeting, body.delegations)


@phrase("delegation.withdrawn")
def say_withdrawn(_entry: Entry, body: DelegationWithdrawn) -> str:
    """Names the state."""
    return gettext("%(state)s will not take part.") % {"state": state_name(body.state)}


def _protocol_order(meeting: Meeting, is_observer: Mapping[str, bool]) -> list[SeatedDelegation]:
    """The delegations in protocol order, observers last."""
    host = (meeting.chair_state or "") if meeting.host_first else ""
    return protocol_seating(
        [state for state, observer in is_observer.items() if not observer],
        [state for state, observer in is_observer.items() if observer],
        host,
    )
