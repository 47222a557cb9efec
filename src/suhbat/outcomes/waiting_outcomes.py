"""Outcomes that wait for those whom they bind."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select

from suhbat.formats.state_names import state_name
from suhbat.ground.language import gettext, ngettext
from suhbat.ground.name_lists import listed
from suhbat.meetings.models import Meeting
from suhbat.meetings.what_waits import DONE, OTHERS, Asking, Waiting, waits
from suhbat.outcomes.models import Outcome
from suhbat.outcomes.outcome_rights import AT_WORK


@waits("outcomes", order=20)
def outcomes(asking: Asking) -> Iterator[Waiting]:
    """Those that the reader confirms; for the chair and the secretariat also those that others have to confirm."""
    meetings = asking.those(*AT_WORK)
    if not meetings:
        return
    by_meeting: dict[str, list[Outcome]] = defaultdict(list)
    query = select(Outcome).where(Outcome.meeting.in_(meetings), Outcome.status.in_(("proposed", "confirmed")))
    for outcome in asking.session.scalars(query.order_by(Outcome.position, Outcome.id)):
        by_meeting[outcome.meeting].append(outcome)
    for id_, made in by_meeting.items():
        yield from _of_meeting(asking, meetings[id_], made)


def _of_meeting(asking: Asking, meeting: Meeting, made: list[Outcome]) -> Iterator[Waiting]:
    proposed = [outcome for outcome in made if outcome.status == "proposed"]
    own = [outcome for outcome in proposed if asking.offers("outcome.confirmed", meeting, outcome)]
    page = f"/meetings/{meeting.id}/outcomes"
    if own:
        says = ngettext(
            "%(num)s outcome waits for your confirmation.", "%(num)s outcomes wait for your confirmation.", len(own)
        )
        yield Waiting(meeting, says % {"num": len(own)}, page, gettext("Read and confirm"))
    if not asking.serves(meeting):
        return
    others = [outcome for outcome in proposed if outcome not in own]
    if others:
        says = ngettext(
            "%(num)s outcome is not confirmed yet: %(who)s.", "%(num)s outcomes are not confirmed yet: %(who)s.",
            len(others),
        )  # fmt: skip
        by = dict.fromkeys(state_name(row.delegation) if row.delegation else gettext("the chair") for row in others)
        values = {"num": len(others), "who": listed(by)}
        yield Waiting(meeting, says % values, page, gettext("To the outcomes"), OTHERS)
    elif not own and meeting.status == "closed":
        yield Waiting(meeting, gettext("All outcomes are confirmed."), page, gettext("To the outcomes"), DONE)
