"""Acts on delegations: invited, withdrawn; their credentials presented, accepted or returned."""

import re
from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Decision, InMeeting, Occasion, Role, act, effect, phrase
from suhbat.acts.actors import DELEGATION
from suhbat.formats.names import is_known, state_name
from suhbat.ground.language import Lazy, gettext, lazy
from suhbat.ground.refusals import Kind, Refused, conflict, not_allowed, not_found, out_of_order
from suhbat.meetings.changing import CHANGEABLE, seat
from suhbat.meetings.convening import desk_of, meeting_of, seating
from suhbat.meetings.models import Delegation, Meeting
from suhbat.record.entries import Entry

State = Annotated[str, Meta(title="Delegation", max_length=20, extra={"choices": "delegations"})]
People = Annotated[str, Meta(max_length=6_000, extra={"widget": "textarea"})]
MOST = 60
"""Members of one delegation at most."""


class Invite(InMeeting, frozen=True, kw_only=True):
    """A state that is to take part, with a voice or as an observer."""

    state: Annotated[str, Meta(title="Delegation", max_length=20, extra={"choices": "states"})]
    observer: Annotated[bool, Meta(title="As an observer")] = False


@act("delegation.invited", "Invite a delegation", by={Role.SECRETARIAT})
def invite(occasion: Occasion, wish: Invite) -> Decision:
    """The secretariat invites a further delegation, or an observer, before the meeting is opened.

    It takes its place in protocol order.
    """
    meeting = _open_to_change(occasion, wish.meeting)
    if not is_known(wish.state):
        raise _wrong("state", lazy("This is no known state."))
    if any(each.state == wish.state for each in meeting.delegations):
        raise _wrong("state", lazy("It is invited already."))
    order = _order(meeting, {wish.state: wish.observer})
    return Decision(
        {"state": wish.state, "observer": wish.observer, "delegations": order}, reply={"then": desk_of(meeting.id)}
    )


@effect("delegation.invited")
def _invited(session: Session, entry: Entry) -> None:
    meeting = session.get_one(Meeting, entry.meeting)
    body = entry.body
    meeting.delegations.append(Delegation(state=body["state"], observer=body["observer"], changed=entry.number))
    seat(meeting, body["delegations"])


@phrase("delegation.invited")
def _say_invited(entry: Entry) -> str:
    said = gettext("%(state)s was invited as an observer.") if entry.body["observer"] else gettext(
        "%(state)s was invited."
    )  # fmt: skip
    return said % {"state": state_name(entry.body["state"])}


class Withdraw(InMeeting, frozen=True, kw_only=True):
    """A delegation that will not come."""

    state: State
    reason: Annotated[str, Meta(title="Reason", max_length=1_000, extra={"widget": "textarea"})] = ""


@act("delegation.withdrawn", "Withdraw a delegation", by={Role.SECRETARIAT})
def withdraw(occasion: Occasion, wish: Withdraw) -> Decision:
    """The secretariat takes a delegation off the list before the meeting is opened. The chair's cannot be taken off."""
    meeting = _open_to_change(occasion, wish.meeting)
    delegation_of(meeting, wish.state)
    if wish.state == meeting.chair_state:
        raise out_of_order(lazy("This delegation is in the chair: name another chair first."))
    order = [each for each in _order(meeting, {}) if each["state"] != wish.state]
    return Decision(
        {"state": wish.state, "reason": wish.reason, "delegations": order}, reply={"then": desk_of(meeting.id)}
    )


@effect("delegation.withdrawn")
def _withdrawn(session: Session, entry: Entry) -> None:
    meeting = session.get_one(Meeting, entry.meeting)
    meeting.delegations.remove(delegation_of(meeting, entry.body["state"]))
    seat(meeting, entry.body["delegations"])


@phrase("delegation.withdrawn")
def _say_withdrawn(entry: Entry) -> str:
    return gettext("%(state)s will not take part.") % {"state": state_name(entry.body["state"])}


class Present(InMeeting, frozen=True, kw_only=True):
    """Who sits for a delegation. Lists are written one person a line: name, office."""

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


ROLES: dict[str, Role] = {
    "alternates": Role.ALTERNATE,
    "delegates": Role.DELEGATE,
    "advisers": Role.ADVISER,
    "interpreters": Role.INTERPRETER,
}


@act("credentials.presented", "Present credentials", by=DELEGATION | {Role.OBSERVER, Role.SECRETARIAT})
def present(occasion: Occasion, wish: Present) -> Decision:
    """A delegation says who sits for it: its head, alternates, delegates, advisers and interpreters.

    Only a member of the delegation can do so for it; the secretariat may enter what came to it on paper. Presenting
    again puts the new list in place of the old, and it has to be accepted anew.
    """
    meeting = meeting_of(occasion.session, wish.meeting)
    if meeting.status in {"closed", "published", "cancelled"}:
        raise out_of_order(lazy("The meeting is over."))
    if occasion.seat.role == Role.SECRETARIAT:
        state = wish.state or ""
        if not state:
            raise _wrong("state", lazy("This is needed."))
    else:
        state = occasion.delegation
        if wish.state and wish.state != state:
            raise not_allowed(lazy("You can present credentials for your own delegation only."))
    delegation_of(meeting, state)
    faults: dict[str, Lazy | str] = {}
    members = [each for field, role in ROLES.items() for each in _people(field, getattr(wish, field), role, faults)]
    if faults:
        raise Refused(Kind.INVALID, lazy("Some of what was given does not fit."), faults)
    if len(members) > MOST:
        raise _wrong("delegates", lazy("A delegation has at most 60 members."))
    body = {
        "state": state, "head": {"name": wish.head_name, "office": wish.head_office}, "members": members,
        "letter": wish.letter,
    }  # fmt: skip
    return Decision(body, reply={"then": f"/meetings/{meeting.id}/delegations"})


@effect("credentials.presented")
def _presented(session: Session, entry: Entry) -> None:
    body = entry.body
    held = _held(session, entry)
    held.head_name, held.head_office = body["head"]["name"], body["head"]["office"]
    held.others, held.letter, held.credentials = body["members"], body["letter"], "presented"
    held.returned_because, held.changed = "", entry.number


@phrase("credentials.presented")
def _say_presented(entry: Entry) -> str:
    return gettext("%(state)s presented its credentials: %(name)s heads the delegation.") % {
        "state": state_name(entry.body["state"]),
        "name": entry.body["head"]["name"],
    }


class Accept(InMeeting, frozen=True, kw_only=True):
    """Credentials that are in order. `seen` is the entry that the form showed."""

    state: State
    seen: Annotated[int, Meta(title="Seen", extra={"widget": "hidden"})]


@act("credentials.accepted", "Accept credentials", by={Role.SECRETARIAT})
def accept(occasion: Occasion, wish: Accept) -> Decision:
    """The secretariat accepts the credentials that a delegation presented, as they stood when it looked at them."""
    held = _before_the_secretariat(occasion, wish.meeting, wish.state, wish.seen)
    return Decision({"state": held.state}, reply={"then": f"/meetings/{wish.meeting}/delegations"})


@effect("credentials.accepted")
def _accepted(session: Session, entry: Entry) -> None:
    held = _held(session, entry)
    held.credentials, held.changed = "accepted", entry.number


@phrase("credentials.accepted")
def _say_accepted(entry: Entry) -> str:
    return gettext("The credentials of %(state)s were accepted.") % {"state": state_name(entry.body["state"])}


class Return(InMeeting, frozen=True, kw_only=True):
    """Credentials that are not in order yet."""

    state: State
    seen: Annotated[int, Meta(title="Seen", extra={"widget": "hidden"})]
    reason: Annotated[str, Meta(title="Reason", min_length=1, max_length=1_000, extra={"widget": "textarea"})]


@act("credentials.returned", "Return credentials", by={Role.SECRETARIAT})
def give_back(occasion: Occasion, wish: Return) -> Decision:
    """The secretariat returns credentials and says what is missing. The delegation can present them again."""
    held = _before_the_secretariat(occasion, wish.meeting, wish.state, wish.seen)
    body = {"state": held.state, "reason": wish.reason}
    return Decision(body, reply={"then": f"/meetings/{wish.meeting}/delegations"})


@effect("credentials.returned")
def _returned(session: Session, entry: Entry) -> None:
    held = _held(session, entry)
    held.credentials, held.returned_because, held.changed = "returned", entry.body["reason"], entry.number


@phrase("credentials.returned")
def _say_returned(entry: Entry) -> str:
    return gettext("The credentials of %(state)s were returned.") % {"state": state_name(entry.body["state"])}


def delegation_of(meeting: Meeting, state: str) -> Delegation:
    """A delegation of a meeting; refused where it was not invited."""
    for each in meeting.delegations:
        if each.state == state:
            return each
    raise not_found(lazy("This delegation was not invited."))


def _held(session: Session, entry: Entry) -> Delegation:
    return delegation_of(session.get_one(Meeting, entry.meeting), entry.body["state"])


def _open_to_change(occasion: Occasion, meeting: str) -> Meeting:
    held = meeting_of(occasion.session, meeting)
    if held.status not in CHANGEABLE:
        raise out_of_order(lazy("The list of delegations is closed once the meeting is opened."))
    return held


def _before_the_secretariat(occasion: Occasion, meeting: str, state: str, seen: int) -> Delegation:
    held = delegation_of(meeting_of(occasion.session, meeting), state)
    if held.credentials != "presented":
        raise out_of_order(lazy("There are no credentials waiting for a decision."))
    if held.changed != seen:
        raise conflict()
    return held


def _order(meeting: Meeting, more: dict[str, bool]) -> list[dict[str, Any]]:
    observing = {each.state: each.observer for each in meeting.delegations} | more
    host = (meeting.chair_state or "") if meeting.host_first else ""
    return seating(
        [state for state, observes in observing.items() if not observes],
        [state for state, observes in observing.items() if observes],
        host,
    )


def _people(field: str, lines: str, role: Role, faults: dict[str, Lazy | str]) -> list[dict[str, str]]:
    """The persons of a list as a note verbale gives them: a name, then an office, parted by a comma or a dash."""
    found = []
    for line in filter(None, map(str.strip, lines.splitlines())):
        name, *office = re.split(r"\s*(?:,|;|，|、| [–—-] )\s*", line, maxsplit=1)
        if not name or len(name) > 200 or len("".join(office)) > 300:  # noqa: PLR2004  (as the head's)
            faults[field] = lazy("One a line: name, office.")
            return []
        found.append({"name": name, "office": "".join(office), "role": str(role)})
    return found


def _wrong(field: str, why: Lazy) -> Refused:
    return Refused(Kind.INVALID, lazy("Some of what was given does not fit."), {field: why})
