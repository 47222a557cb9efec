"""A person at a browser who knows the words of a task, and finds links, buttons and fields by role and name alone.

No address is typed but the first one and those in letters. Nothing is sent but by pressing what is seen, and what is
folded away is unfolded first. Clicks are counted: a choice, a tick and a fold are one each. Where a control is not
found, the test says which ones the page has.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Error
from tests.browser.bounded_waiting import until

PATIENCE = 20.0
"""Seconds to wait for a control or for words, as a page is being drawn or a room changes."""
INTERACTIVE = ("button", "link", "tab", "textbox", "combobox", "checkbox", "radio")
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
BESIDE = "e => e.target === '_blank' || 'beside' in e.dataset"
"""Whether a link opens a window of its own, as it says."""
FOLD = """e => {
  let fold = null;
  for (let d = e.parentElement; d; d = d.parentElement) {
    if (d.matches('details:not([open])') && !d.firstElementChild.contains(e)) fold = d;
  }
  return fold;
}"""
"""The outermost closed fold that hides an element; null if none does."""
NAMES = "all => all.map(e => e.getAttribute('aria-label') || e.labels?.[0]?.innerText || e.innerText || '')"
LETTER = re.compile(r"https?://\S+/invitations/[\w-]+")


class Person:
    """Somebody with a browser and a device of their own, on which passkeys are kept."""

    def __init__(self, browser: Any, name: str, url: str, *, media: bool = False) -> None:
        self.name, self.url = name, url
        self.clicks, self.typed_addresses = 0, 0
        self.faults: list[str] = []
        self._device: tuple[Any, Any] | None = None
        self.context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        if media:
            self.context.grant_permissions(["camera", "microphone"], origin=url)
        self.windows: list[Any] = []
        self._window(self.context.new_page())

    @property
    def page(self) -> Any:
        """The page of the window before the eyes: the one opened last that is not closed."""
        self.windows = [each for each in self.windows if not each.is_closed()]
        return self.windows[-1]

    def _window(self, page: Any) -> None:
        """A window, which has the passkeys of the first one."""
        page.set_default_timeout(PATIENCE * 1000)
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        device = self.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        made = device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        if self._device is None:
            self._device = device, made
        else:
            first, options = self._device
            for credential in first.send("WebAuthn.getCredentials", options)["credentials"]:
                device.send("WebAuthn.addCredential", {**made, "credential": credential})
        self.windows.append(page)

    # --- what a person does ----------------------------------------------------------------------------------------

    def open(self, address: str) -> None:
        """Open the first address, or one from a letter."""
        self.typed_addresses += 1
        self.page.goto(address)

    def press(self, name: str, within: str = "") -> None:
        """Press a button, or a link or a fold that looks like one."""
        self._click(("button", "link"), name, within)

    def follow(self, name: str, within: str = "") -> None:
        """Follow a link, or turn to what stands beside under a name."""
        self._click(("link", "tab"), name, within)

    def unfold(self, name: str) -> None:
        """Open what is folded away under these words."""
        self._clicked(self._wait(f"a fold called “{name}”", lambda: self._fold(self.page, name)))

    def fill_in(self, label: str, words: str, within: str = "") -> None:
        """Write into a field."""
        self._control(("textbox", "combobox", "spinbutton"), label, within).fill(words)

    def at(self, label: str, moment: datetime, within: str = "") -> None:
        """Write a day and an hour into a field."""
        field = self._scope(within).get_by_label(label)
        self._wait(f"a field called “{label}”", lambda: field.count() > 0)
        field.first.fill(moment.strftime("%Y-%m-%dT%H:%M"))

    def choose(self, label: str, option: str, within: str = "") -> None:
        """Choose from a list; no click where it stands there already."""
        choices = self._control(("combobox", "listbox"), label, within)
        if choices.evaluate("e => e.selectedOptions[0]?.label") != option:
            self.clicks += 1
            choices.select_option(label=option)

    def tick(self, label: str, within: str = "") -> None:
        """Tick a box."""
        self.clicks += 1
        self._control(("checkbox", "radio"), label, within).check()

    # --- what a person sees ----------------------------------------------------------------------------------------

    def reads(self, *words: str) -> None:
        """Wait until all these words are to be read on the page."""
        for each in words:
            self._reads(each)

    @property
    def text(self) -> str:
        """What is to be read on the page."""
        found: str = self.page.locator("body").inner_text()
        return found

    def sees(self, name: str) -> bool:
        """Whether there is a button or link of this name now."""
        return any(self.page.get_by_role(role, name=name).count() for role in ("button", "link"))

    def sees_no_more(self, name: str) -> None:
        """Wait until there is no button or link of this name."""
        self._wait(f"the page without “{name}”", lambda: not self.sees(name))

    def letter_for(self, name: str) -> str:
        """The link of a letter that the page shows for somebody."""
        rows = self.page.get_by_role("listitem").filter(has_text=name)
        self._wait(f"a letter for {name}", lambda: LETTER.search(self.text))
        found = LETTER.search(rows.last.inner_text() if rows.count() else self.text)
        assert found, f"{self.name} finds no link for {name}"
        return found[0]

    def _reads(self, words: str) -> None:
        self._wait(f"the words “{words}”", lambda: words in self.text)

    # --- how it is found -------------------------------------------------------------------------------------------

    def _scope(self, within: str) -> Any:
        return self.page.get_by_role("region", name=within) if within else self.page

    def _click(self, roles: tuple[str, ...], name: str, within: str) -> None:
        self._clicked(self._control(roles, name, within))

    def _clicked(self, control: Any) -> None:
        self.clicks += 1
        if not control.evaluate(BESIDE):
            window = self.page
            try:
                control.click()
            except Error:
                if not window.is_closed():  # a link back closes its window
                    raise
            return
        with self.page.expect_popup() as opened:
            control.click()
        self._window(opened.value)

    def _control(self, roles: tuple[str, ...], name: str, within: str) -> Any:
        """The one control of this name; what is folded away is unfolded as a person would."""

        def look() -> Any:
            scope = self._scope(within)
            found = self._named(scope, roles, name)
            while not found and self._unfolded(scope, roles, name):
                found = self._named(scope, roles, name)
            return found or ("button" in roles and self._fold(scope, name))

        return self._wait(f"{roles[0]} called “{name}”", look)

    def _named(self, scope: Any, roles: tuple[str, ...], name: str) -> Any:
        """The control of exactly this name; else one whose name begins so; else one that has it in its name."""
        found = [each for role in roles for each in scope.get_by_role(role, name=name).all()]
        if len(found) < 2:
            return found[0] if found else None
        for called in (f"^{re.escape(name)}$", f"^{re.escape(name)}"):
            pattern = re.compile(called, re.IGNORECASE)
            closer = [each for role in roles for each in scope.get_by_role(role, name=pattern).all()]
            if closer:
                return closer[0]
        return found[0]

    def _fold(self, scope: Any, name: str) -> Any:
        """The heading of what is folded away under these words."""
        called = re.compile(rf"^\s*{re.escape(name)}", re.IGNORECASE)
        folds = scope.locator("details:not([open]) > summary:visible").filter(has_text=called)
        return folds.first if folds.count() else None

    def _unfolded(self, scope: Any, roles: tuple[str, ...], name: str) -> bool:
        for role in roles:
            for each in scope.get_by_role(role, name=name, include_hidden=True).all():
                fold = each.evaluate_handle(FOLD).as_element()
                if fold is not None:
                    self.clicks += 1
                    fold.query_selector(":scope > summary").click()
                    return True
        return False

    def _wait(self, what: str, holds: Callable[[], Any]) -> Any:
        def look() -> Any:
            with suppress(Error):  # the page was just left, or its window closed
                return holds()

        try:
            return until(f"{self.name} looks for {what}", look, PATIENCE)
        except AssertionError as fault:
            raise AssertionError(f"{fault} at {urlsplit(self.page.url).path}\n{self.controls()}") from None

    def controls(self) -> str:
        """What the page offers, for whoever reads why a test failed."""
        self.page.wait_for_load_state()
        lines = []
        for role in INTERACTIVE:
            names = self.page.get_by_role(role).evaluate_all(NAMES)
            lines.append(f"  {role}: " + " | ".join(" ".join(name.split())[:60] for name in names[:40]))
        return "\n".join(lines)

    def close(self) -> None:
        self.context.close()
