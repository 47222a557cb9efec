"""A whole meeting chaired by keyboard alone: no pointer, every control reached by Tab, announcements said."""

import pytest
from tests.browser.bounded_waiting import until

from suhbat.people.rehearsal_seats import sit_down

pytestmark = pytest.mark.browser

FOCUSED = """(() => {
  const it = document.activeElement;
  return it ? (it.getAttribute('aria-label') || it.textContent || '').trim().replace(/\\s+/g, ' ') : '';
})()"""
MOST_TABS = 120


class Keyboard:
    """Presses keys and nothing else."""

    def __init__(self, participant):
        self.page = participant.page

    def to(self, name):
        """Tab until the control of this name has the focus; it must be seen to have it."""
        passed = []
        for _ in range(MOST_TABS):
            if (now := self.page.evaluate(FOCUSED)).startswith(name):
                ring = self.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert ring != "none", f"{name}: the focus is not seen"
                return
            passed.append(now)
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {name!r}; it led past {passed[-40:]}")

    def press(self, name):
        self.page.locator(f"text={name}").first.wait_for(state="attached")
        self.to(name)
        self.page.keyboard.press("Enter")

    def open(self, menu):
        """Open a menu at the foot; one that stands open is left so."""
        opened = "document.querySelector('#chair-more')?.open"
        if not self.page.evaluate(opened):
            self.press(menu)
        assert self.page.evaluate(opened), f"{menu} does not open"

    def said(self, text):
        until(f"a screen reader is told {text!r}", lambda: text in self.page.locator("[data-said]").inner_text())


def test_a_meeting_is_chaired_by_keyboard_alone(room):
    kazakhstan = sit_down(room.served.app.door, room.meeting, "KZ")

    def does(act, **inputs):
        return room.served.app.door.perform(kazakhstan, act, {"meeting": room.meeting, **inputs}).entry

    japan = room.bring("JP", mode="none")
    keyboard = Keyboard(japan)
    keyboard.press("Open the meeting")
    keyboard.said("open")
    keyboard.press("Open the first item")
    does("floor.requested", kind="speech")
    keyboard.press("Give the floor to Kazakhstan")
    keyboard.said("Kazakhstan")
    keyboard.press("One minute more")
    does("pledge.made", title="Two hundred beds", to=["KG"])
    keyboard.said("Two hundred beds")
    keyboard.press("End Kazakhstan")
    for act in ("Open the discussion to all", "End the open discussion", "Suspend the meeting"):
        keyboard.open("Meeting")
        keyboard.press(act)
        until(f"{act} is done", lambda name=act: japan.page.get_by_role("button", name=name, exact=True).count() == 0)
    keyboard.press("Resume the meeting")
    japan.page.locator("#o-meeting-suspended").wait_for(state="attached")
    keyboard.open("Meeting")
    keyboard.press("Close the meeting")
    keyboard.page.keyboard.press("Tab")
    keyboard.press("Close the meeting")
    japan.page.get_by_text("The meeting is over.").first.wait_for()
    assert japan.faults == []
