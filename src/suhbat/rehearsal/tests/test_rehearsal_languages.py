"""The rehearsal in other languages: names of played people are translated, words of the script marked as English."""

import pytest

from suhbat.ground.language import reading_in
from suhbat.rehearsal import staging
from suhbat.rehearsal.autopilot_scene import Move
from suhbat.rehearsal.pages import mover_name
from suhbat.rehearsal.script import load_script

SCRIPT = "2020-08-11"


@pytest.mark.parametrize(
    ("code", "secretariat", "notes"),
    [("en", "Secretariat", "Note-taker"), ("ru", "Секретариат", "Протоколист"), ("ja", "事務局", "記録担当")],
)
def test_the_secretariat_and_the_note_taker_are_named_by_their_role(code, secretariat, notes):
    with reading_in(code):
        assert mover_name(Move(staging.secretariat_actor("ca-japan"), "minutes.published")) == secretariat
        assert mover_name(Move(staging.note_taker_actor("ca-japan/x"), "summary.noted")) == notes


def test_a_minister_is_named_in_person_and_a_human_by_the_delegation():
    minister = staging.played_head(load_script(SCRIPT), "ca-japan/x", "JP")
    with reading_in("uz"):
        assert mover_name(Move(minister, "meeting.opened")) == "Toshimitsu Motegi"
        assert mover_name(Move(minister, "meeting.opened", yours="JP")) == "Yaponiya"
        assert mover_name(None) == ""


def test_a_seat_has_a_label_with_its_state_and_words_of_the_script_are_marked_as_english(app, client, dialogue):
    staging.stage(app, SCRIPT)
    page = client.get("/tk/rehearse").text
    assert 'aria-label="Bu orny eýelemek: Ýaponiýa"' in page
    assert '<span lang="en">Special video conference of the foreign ministers</span>' in page
    assert "Daşary işler ministri" in page
    client.post(f"/rehearse/seats/{staging.current_meetings(app, SCRIPT)[0]}/JP")
    room = client.get(f"/ja/meetings/{staging.current_meetings(app, SCRIPT)[0]}/room").text
    assert '<b lang="en">The global health crisis</b>' in room
