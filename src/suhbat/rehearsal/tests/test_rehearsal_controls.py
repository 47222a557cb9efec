"""What a rehearsal offers is accepted, and what it does not offer is refused."""

import pytest

from suhbat.acts.roles_and_seats import PUBLIC_READER
from suhbat.ground.refusals import Refused
from suhbat.meetings.models import Meeting
from suhbat.rehearsal import staging
from suhbat.rehearsal.models import Rehearsal
from suhbat.rehearsal.panels import rehearsal

SCRIPT = "2020-08-11"


def accepted(app, actor, act, **inputs):
    try:
        app.door.perform(actor, act, inputs)
    except Refused:
        return False
    return True


@pytest.fixture
def meeting(app, dialogue):
    return staging.stage(app, SCRIPT)


def test_the_pace_is_offered_until_the_rehearsal_is_put_away(app, client, meeting):
    client.post(f"/rehearse/seats/{meeting}/KZ")
    for going_on in (True, False):
        pages = ("/rehearse", f"/meetings/{meeting}/room")
        assert {"/acts/rehearsal.paced" in client.get(page).text for page in pages} == {going_on}
        with app.database.reading() as session:
            meeting_row, rehearsal_row = session.get_one(Meeting, meeting), session.get_one(Rehearsal, meeting)
            assert bool(rehearsal(session, PUBLIC_READER, meeting)) == going_on
            for act in ("rehearsal.paced", "rehearsal.put_away"):
                assert app.door.offers(PUBLIC_READER, act, meeting_row, rehearsal_row) == going_on
        assert accepted(app, PUBLIC_READER, "rehearsal.paced", meeting=meeting, pace="brisk") == going_on
        assert accepted(app, PUBLIC_READER, "rehearsal.put_away", meeting=meeting) == going_on


@pytest.mark.parametrize("as_rehearsal", [True, False])
def test_only_a_meeting_convened_as_a_rehearsal_can_be_staged(app, dialogue, convene, as_rehearsal):
    here = convene(app, rehearsal=as_rehearsal)
    with app.database.reading() as session:
        meeting_row = session.get_one(Meeting, here.meeting)
        assert app.door.offers(here.secretariat, "rehearsal.staged", meeting_row) == as_rehearsal
    assert accepted(app, here.secretariat, "rehearsal.staged", meeting=here.meeting, script=SCRIPT) == as_rehearsal
