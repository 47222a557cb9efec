"""An administrator adds a state or an organisation that the lists do not have, and the dialogue goes on with it."""

import pytest
from tests.pressed_buttons import follow, press

from suhbat.acts.roles_and_seats import ADMINISTRATION, PUBLIC_READER
from suhbat.application import make_app
from suhbat.formats.state_names import name_language, register, set_added, state_name
from suhbat.ground.refusals import Refused


@pytest.fixture
def browser(app, signed_in):
    link = app.door.perform(ADMINISTRATION, "administrator.named", {"name": "Dana"}).reply["link"]
    secret = link.rsplit("/", 1)[1]
    yield signed_in(str(app.door.perform(PUBLIC_READER, "seat.taken", {"secret": secret}).reply["person"]))
    set_added({})


def test_a_party_is_added_with_names_stands_in_a_format_and_is_corrected(app, browser):
    form = follow(browser, browser.get("/formats"), "Add a state or organisation")
    page = press(browser, form, "party.added", code="UNDP", name="UN Development", name_ru="ПРООН", zone="New York")
    assert "UN Development" in page.text
    assert register()["UNDP"]["zone"] == "America/New_York"
    founding = follow(browser, page, "Found a format")
    assert 'value="UNDP"' in founding.text
    format_ = press(browser, founding, "format.founded", format="ca-undp", name="Five and one", kind="n-plus-one",
                    members=["KZ"], partners=["UNDP"], publish="true")  # fmt: skip
    assert "UN Development" in format_.text
    assert ">UNDP</text>" in format_.text
    assert "ПРООН" in browser.get("/ru/formats/ca-undp").text
    assert (state_name("UNDP", "kk"), name_language("UNDP", "kk")) == ("UN Development", "en")
    form = follow(browser, browser.get("/formats"), "Correct its names")
    press(browser, form, "party.changed", name="United Nations Development Programme")
    assert "United Nations Development Programme" in browser.get("/formats/ca-undp").text


def test_letters_that_stand_for_another_are_refused_at_their_field(browser):
    form = follow(browser, browser.get("/formats"), "Add a state or organisation")
    page = press(browser, form, "party.added", code="CA", name="Central Asia")
    assert page.status_code == 422
    assert "These letters stand for another state or organisation." in page.text


def test_what_was_added_is_there_after_a_restart_and_not_in_another_installation(app, settings, browser):
    app.door.perform(ADMINISTRATION, "party.added", {"code": "UNDP", "name": "UN Development"})
    set_added({})
    again = make_app(settings)
    assert state_name("UNDP", "en") == "UN Development"
    again.database.close()
    with pytest.raises(Refused):
        app.door.perform(ADMINISTRATION, "party.added", {"code": "UNDP", "name": "Another"})
