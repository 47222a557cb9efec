"""What the secretariat still has to prepare: convocations, agendas, credentials, invitations that nobody has taken."""

from collections.abc import Iterator

from sqlalchemy import func, select

from suhbat.acts.roles_and_seats import Role
from suhbat.ground.language import gettext, ngettext
from suhbat.meetings.meeting_status import OVER
from suhbat.meetings.models import Meeting
from suhbat.meetings.page_addresses import desk_of
from suhbat.meetings.presiding_heads import missing_chairs
from suhbat.meetings.what_waits import OTHERS, PREPARATION, Asking, Waiting, waits
from suhbat.people.models import SeatRow
from suhbat.record.audiences import SECRETARIAT


@waits(PREPARATION, order=10)
def preparation(asking: Asking) -> Iterator[Waiting]:
    """For the secretariat: its meetings that are not over, each with what is not done yet."""
    own = {
        id_: meeting
        for id_, meeting in asking.meetings.items()
        if meeting.status not in OVER and Role.SECRETARIAT in asking.viewer.roles_at(id_)
    }
    invited = _invitations(asking, own)
    missing = missing_chairs(asking.session, own.values())
    for meeting in own.values():
        yield from _of_meeting(asking, meeting)
        if why := missing.get(meeting.id):
            yield Waiting(meeting, why, f"/meetings/{meeting.id}/people", gettext("To people and seats"))
        if number := invited.get(meeting.id, 0):
            says = ngettext("%(num)s invitation is not taken yet.", "%(num)s invitations are not taken yet.", number)
            page = f"/meetings/{meeting.id}/people"
            yield Waiting(meeting, says % {"num": number}, page, gettext("To people and seats"), OTHERS)


def _of_meeting(asking: Asking, meeting: Meeting) -> Iterator[Waiting]:
    desk = desk_of(meeting.id)
    if asking.offers("meeting.released", meeting):
        yield Waiting(meeting, gettext("The convocation is not released yet."), desk, gettext("To the desk"))
    if meeting.status in {"draft", "convened"} and not meeting.agenda_version:
        yield Waiting(
            meeting, gettext("The agenda is not released yet."), f"{desk}#agenda", gettext("Write the agenda")
        )
    presented = sum(asking.offers("credentials.accepted", meeting, row) for row in meeting.delegations)
    if presented:
        says = ngettext(
            "Credentials of %(num)s delegation are to be looked at.",
            "Credentials of %(num)s delegations are to be looked at.",
            presented,
        )
        page = f"/meetings/{meeting.id}/delegations"
        yield Waiting(meeting, says % {"num": presented}, page, gettext("Look at them"))


def _invitations(asking: Asking, meetings: dict[str, Meeting]) -> dict[str, int]:
    """By meeting: seats that the secretariat has offered and nobody has taken, without those of a delegation."""
    if not meetings:
        return {}
    query = select(SeatRow.place, func.count().label("number")).where(
        SeatRow.place.in_(meetings), SeatRow.person.is_(None), SeatRow.vacated.is_(False),
        SeatRow.audience == SECRETARIAT,
    ).group_by(SeatRow.place)  # fmt: skip
    return {row.place: row.number for row in asking.session.execute(query)}
