"""What is next with the summary record of a closed meeting: draft it, agree, correct, publish."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from suhbat.formats.state_names import state_name
from suhbat.ground.language import gettext, ngettext
from suhbat.ground.name_lists import listed
from suhbat.meetings.models import Meeting
from suhbat.meetings.what_waits import DONE, OTHERS, TO_DO, Asking, Waiting, waits
from suhbat.minutes.answer_minutes import answers_for
from suhbat.minutes.minutes_agreement import agreed_by, delegations_of, stands_now
from suhbat.minutes.models import Minutes


@waits("record", order=40)
def record(asking: Asking) -> Iterator[Waiting]:
    """The agreement of the reader's delegation; for the chair and the secretariat each step to publication."""
    meetings = asking.those("closed", "published")
    if not meetings:
        return
    query = select(Minutes).where(Minutes.meeting.in_(meetings)).options(selectinload(Minutes.stands))
    drafts = {minutes.meeting: minutes for minutes in asking.session.scalars(query)}
    for id_, meeting in meetings.items():
        minutes = drafts.get(id_)
        if meeting.status == "closed" and minutes is not None:
            yield from _of_delegation(asking, meeting, minutes)
        if asking.serves(meeting):
            yield from _of_staff(asking, meeting, minutes)


def _of_delegation(asking: Asking, meeting: Meeting, minutes: Minutes) -> Iterator[Waiting]:
    state = answers_for(asking.viewer, meeting)
    if state and state not in stands_now(minutes) and asking.offers("minutes.agreed", meeting):
        says = gettext("The summary record waits for the agreement of your delegation.")
        yield Waiting(meeting, says, _page(meeting), gettext("Read and agree"))


def _of_staff(asking: Asking, meeting: Meeting, minutes: Minutes | None) -> Iterator[Waiting]:
    to_record = gettext("To the summary record")
    if meeting.status == "published":
        yield Waiting(meeting, gettext("The summary record is published."), _page(meeting), to_record, DONE)
        return
    if minutes is None:
        yield Waiting(meeting, gettext("The summary record is not drafted yet."), _page(meeting), gettext("Draft it"))
        return
    agreed = agreed_by(minutes)
    missing = [state for state in delegations_of(meeting) if state not in agreed]
    objecting = [state for state in missing if state in stands_now(minutes)]
    if objecting:
        says = ngettext(
            "%(who)s objects to the summary record.", "%(who)s object to the summary record.", len(objecting)
        )
        values = {"who": listed(map(state_name, objecting))}
        yield Waiting(meeting, says % values, _page(meeting), gettext("Read and edit"))
    if missing:
        says = gettext("The summary record is agreed by %(count)s of %(all)s delegations. Still waiting for: %(who)s.")
        everyone, who = len(delegations_of(meeting)), listed(map(state_name, missing))
        says %= {"count": len(agreed), "all": everyone, "who": who}
        yield Waiting(meeting, says, _page(meeting), to_record, OTHERS)
    elif asking.offers("minutes.published", meeting, minutes):
        says = gettext("All delegations have agreed to the summary record.")
        yield Waiting(meeting, says, _page(meeting), gettext("Publish it"), TO_DO)


def _page(meeting: Meeting) -> str:
    return f"/meetings/{meeting.id}/minutes"
