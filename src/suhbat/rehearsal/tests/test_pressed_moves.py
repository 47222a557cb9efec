"""The button of a rehearsal, pressed with and without a script: it plays a move and says which, or why not."""

import pytest
from sqlalchemy import select

from suhbat.ground.refusals import Kind, Refused
from suhbat.meetings.models import Meeting
from suhbat.rehearsal import staging
from suhbat.rehearsal.staging import secretariat_actor

SCRIPT = "2020-08-11"
BY_SCRIPT = {"hx-request": "true", "accept": "application/json"}


@pytest.fixture
def meeting(app, dialogue):
    return staging.stage(app, SCRIPT)


def status(app, meeting):
    with app.database.reading() as session:
        return session.scalar(select(Meeting.status).where(Meeting.id == meeting))


def press(client, *, for_me, by_script):
    fields = {"then": "/rehearse"} | ({"for_humans": "1"} if for_me else {})
    if by_script:  # the room's script sends a form as multipart
        parts = {name: (None, value) for name, value in fields.items()}
        return client.post(f"/rehearse/{SCRIPT}/step", files=parts, headers=BY_SCRIPT)
    return client.post(f"/rehearse/{SCRIPT}/step", data=fields)


@pytest.mark.parametrize("by_script", [True, False])
def test_let_it_be_played_for_me_plays_my_move_and_says_so(app, client, meeting, by_script):
    client.post(f"/rehearse/seats/{meeting}/JP")
    assert "Let it be played for me" in client.get(f"/meetings/{meeting}/room").text
    answer = press(client, for_me=True, by_script=by_script)
    assert status(app, meeting) == "open"
    said = "Played: Toshimitsu Motegi: Open the meeting"
    assert answer.status_code == 200
    assert answer.json() == {"said": said} if by_script else said in answer.text


@pytest.mark.parametrize("by_script", [True, False])
def test_what_cannot_be_played_is_refused_with_the_reason(app, client, meeting, by_script):
    client.post(f"/rehearse/seats/{meeting}/JP")
    refused = press(client, for_me=False, by_script=by_script)
    assert refused.status_code == 409
    assert "The next step is for Japan, where a person sits." in refused.text
    app.door.perform(secretariat_actor("ca-japan"), "rehearsal.put_away", {"meeting": meeting})
    refused = press(client, for_me=True, by_script=by_script)
    assert refused.status_code == 404
    assert "This rehearsal has not been started" in refused.text
    assert status(app, meeting) == "convened"


def test_after_the_last_move_the_button_says_that_all_is_played(app, client, meeting):
    app.door.perform(secretariat_actor("ca-japan"), "meeting.cancelled", {"meeting": meeting, "reason": "Enough"})
    refused = press(client, for_me=True, by_script=True)
    assert refused.status_code == 409
    assert refused.json()["why"] == "All of the script has been played."


def test_the_room_says_above_the_picture_whose_move_it_is_and_why_nothing_moves(client, meeting):
    client.post(f"/rehearse/seats/{meeting}/KZ")
    room = client.get(f"/meetings/{meeting}/room").text
    assert "Absent delegations are played one step at a time, when you press the button." in room
    client.post("/acts/rehearsal.paced", data={"meeting": meeting, "pace": "real"})
    assert "Absent delegations are played automatically." in client.get(f"/meetings/{meeting}/room").text


def test_the_page_says_no_more_than_what_was_played_in_a_rehearsal(client, meeting):
    assert "Played:" not in client.get("/rehearse?played=1").text
    assert client.get("/rehearse?played=99999").status_code == 200
    assert client.get(f"/rehearse?played={10**30}").status_code == 400


def test_a_meeting_is_staged_once(app, meeting):
    with pytest.raises(Refused) as refusal:
        app.door.perform(secretariat_actor("ca-japan"), "rehearsal.staged", {"meeting": meeting, "script": SCRIPT})
    assert refusal.value.kind == Kind.CONFLICT
    assert "is there already" in str(refusal.value.why)
