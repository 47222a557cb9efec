"""Acts on credentials: a delegation presents them, the secretariat accepts or returns them."""

import re
from typing import Annotated

import msgspec
from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, InMeeting, Occasion, Role, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import DELEGATION
from suhbat.formats.state_names import state_name
from suhbat.ground.language import Lazy, gettext, lazy
from suhbat.ground.refusals import Kind, Refused, conflict, invalid, not_allowed, out_of_order
from suhbat.meetings.meeting_status import convened_here, not_over
from suhbat.meetings.models import Delegation, Meeting
from suhbat.meetings.queries import delegation_of, meeting_of
from suhbat.record.entries import Entry

State = Annotated[str, Meta(title="Delegation", max_length=20, extra={"choices": "delegations"})]
People = Annotated[str, Meta(max_length=6_000, extra={"widget": "textarea"})]
Seen = Annotated[int, Meta(title="Seen", extra={"widget": "hidden"})]
MAX_MEMBERS = 60
"""Maximum number of members of one delegation."""
PRESENTERS = DELEGATION | {Role.OBSERVER, Role.SECRETARIAT}
ROLES: dict[str, Role] = {
    "alternates": Role.ALTERNATE,
    "delegates": Role.DELEGATE,
    "advisers": Role.ADVISER,
    "interpreters": Role.INTERPRETER,
}


class Present(InMeeting, frozen=True, kw_only=True):
    """The members of a delegation. In a list, each line is one person: name, office."""

    state: State | None = None
    head_name: Annotated[str, Meta(title="Head of delegation", min_length=1, max_length=200)]
    head_office: Annotated[str, Meta(title="Office of the head", min_length=1, max_length=300)]
    alternates: Annotated[People, Meta(title="Alternate heads", description="One a line: name, office.")] = ""
    delegates: Annotated[People, Meta(title="Delegates", description="One a line: name, office.")] = ""
    advisers: Annotated[People, Meta(title="Advisers", description="One a line: name, office.")] = ""
    interpreters: Annotated[People, Meta(title="Interpreters", description="One a line: name, office.")] = ""
    letter: Annotated[str, Meta(title="Note verbale or letter", description="Its number and date.", max_length=200)] = (
        ""
    )


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The head of a delegation."""

    name: str
    office: str


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A further member of a delegation."""

    name: str
    office: str
    role: str
    """`alternate`, `delegate`, `adviser` or `interpreter`."""


class CredentialsPresented(Body, frozen=True, kw_only=True):
    """The members of a delegation."""

    state: str
    head: Head
    members: list[Member]
    letter: str
    """The note verbale or letter: its number and date."""


@guard("credentials.presented")
def may_present(viewer: Viewer, meeting: Meeting, delegation: Delegation) -> None:
    """The meeting is not over, and the actor is a member of the delegation or of the secretariat."""
    not_over(meeting, lazy("The meeting is over."))
    seat = viewer.seat_for(PRESENTERS, meeting.id)
    if seat is None or (seat.role != Role.SECRETARIAT and seat.state != delegation.state):
        raise not_allowed(lazy("You can present credentials for your own delegation only."))


@act("credentials.presented", "Present credentials", by=PRESENTERS)
def present(occasion: Occasion, inputs: Present) -> Decision[CredentialsPresented]:
    """A delegation says who sits for it: its head, alternates, delegates, advisers and interpreters.

    Only a member of the delegation can do so for it; the secretariat may enter what came to it on paper. Presenting
    again replaces the list, and the new one has to be accepted again.
    """
    meeting = meeting_of(occasion.session, inputs.meeting)
    if occasion.seat.role == Role.SECRETARIAT and not inputs.state:
        raise invalid(state=lazy("This is needed."))
    delegation = delegation_of(meeting, inputs.state or occasion.delegation)
    may_present(occasion.actor, meeting, delegation)
    faults: dict[str, Lazy | str] = {}
    members = [
        member
        for field, role in ROLES.items()
        for member in _parse_members(field, getattr(inputs, field), role, faults)
    ]
    if faults:
        raise Refused(Kind.INVALID, lazy("Please correct the marked fields."), faults)
    if len(members) > MAX_MEMBERS:
        raise invalid(delegates=lazy("A delegation has at most 60 members."))
    head = Head(name=inputs.head_name, office=inputs.head_office)
    body = CredentialsPresented(state=delegation.state, head=head, members=members, letter=inputs.letter)
    return Decision(body, reply={"then": f"/meetings/{meeting.id}/delegations"})


@effect("credentials.presented")
def presented(session: Session, entry: Entry, body: CredentialsPresented) -> None:
    """Replaces the list of members; the credentials wait for the secretariat."""
    delegation = _delegation(session, entry, body.state)
    delegation.head_name, delegation.head_office = body.head.name, body.head.office
    delegation.others, delegation.letter = msgspec.to_builtins(body.members), body.letter
    delegation.credentials, delegation.returned_because, delegation.changed = "presented", "", entry.number


@phrase("credentials.presented")
def say_presented(_entry: Entry, body: CredentialsPresented) -> str:
    """Names the state and the head of its delegation."""
    return gettext("%(state)s presented its credentials: %(name)s heads the delegation.") % {
        "state": state_name(body.state),
        "name": body.head.name,
    }


class Accept(InMeeting, frozen=True, kw_only=True):
    """The credentials to accept. `seen` is the entry that the form showed."""

    state: State
    seen: Seen


class CredentialsAccepted(Body, frozen=True, kw_only=True):
    """The delegation whose credentials were accepted."""

    state: str


@guard("credentials.accepted", "credentials.returned")
def may_decide(_viewer: Viewer, meeting: Meeting, delegation: Delegation) -> None:
    """The credentials were presented and wait for a decision."""
    convened_here(meeting)
    if delegation.credentials != "presented":
        raise out_of_order(lazy("There are no credentials waiting for a decision."))


@act("credentials.accepted", "Accept credentials", by={Role.SECRETARIAT})
def accept(occasion: Occasion, inputs: Accept) -> Decision[CredentialsAccepted]:
    """The secretariat accepts the credentials that a delegation presented, as they stood when it looked at them."""
    meeting = meeting_of(occasion.session, inputs.meeting)
    delegation = delegation_of(meeting, inputs.state)
    may_decide(occasion.actor, meeting, delegation)
    if delegation.changed != inputs.seen:
        raise conflict()
    return Decision(CredentialsAccepted(state=delegation.state), reply={"then": f"/meetings/{meeting.id}/delegations"})


@effect("credentials.accepted")
def accepted(session: Session, entry: Entry, body: CredentialsAccepted) -> None:
    """Marks the credentials as accepted."""
    delegation = _delegation(session, entry, body.state)
    delegation.credentials, delegation.changed = "accepted", entry.number


@phrase("credentials.accepted")
def say_accepted(_entry: Entry, body: CredentialsAccepted) -> str:
    """Names the state."""
    return gettext("The credentials of %(state)s were accepted.") % {"state": state_name(body.state)}


class Return(InMeeting, frozen=True, kw_only=True):
    """The credentials to return, and why."""

    state: State
    seen: Seen
    reason: Annotated[str, Meta(title="Reason", min_length=1, max_length=1_000, extra={"widget": "textarea"})]


class CredentialsReturned(Body, frozen=True, kw_only=True):
    """The delegation whose credentials were returned, and what is missing."""

    state: str
    reason: str


@act("credentials.returned", "Return credentials", by={Role.SECRETARIAT})
def give_back(occasion: Occasion, inputs: Return) -> Decision[CredentialsReturned]:
    """The secretariat returns credentials and says what is missing. The delegation can present them again."""
    meeting = meeting_of(occasion.session, inputs.meeting)
    delegation = delegation_of(meeting, inputs.state)
    may_decide(occasion.actor, meeting, delegation)
    if delegation.changed != inputs.seen:
        raise conflict()
    body = CredentialsReturned(state=delegation.state, reason=inputs.reason)
    return Decision(body, reply={"then": f"/meetings/{meeting.id}/delegations"})


@effect("credentials.returned")
def returned(session: Session, entry: Entry, body: CredentialsReturned) -> None:
    """Marks the credentials as returned, with the reason."""
    delegation = _delegation(session, entry, body.state)
    delegation.credentials, delegation.returned_because = "returned", body.reason
    delegation.changed = entry.number


@phrase("credentials.returned")
def say_returned(_entry: Entry, body: CredentialsReturned) -> str:
    """Names the state, but not the reason, which is only for the delegation."""
    return gettext("The credentials of %(state)s were returned.") % {"state": state_name(body.state)}


def _delegation(session: Session, entry: Entry, state: str) -> Delegation:
    return delegation_of(session.get_one(Meeting, entry.meeting), state)


def _parse_members(field: str, lines: str, role: Role, faults: dict[str, Lazy | str]) -> list[Member]:
    """Parse a list as in a note verbale: one person a line, name and office separated by a comma or a dash."""
    members = []
    for line in filter(None, map(str.strip, lines.splitlines())):
        name, *office = re.split(r"\s*(?:,|;|，|、| [–—-] )\s*", line, maxsplit=1)
        if not name or len(name) > 200 or len("".join(office)) > 300:  # noqa: PLR2004  (as the head's)
            faults[field] = lazy("One a line: name, office.")
            return []
        members.append(Member(name=name, office="".join(office), role=str(role)))
    return members
