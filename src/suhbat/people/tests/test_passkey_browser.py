"""A letter, a passkey, and signing in again, in a real browser with a virtual authenticator."""

import pytest

from suhbat.acts.roles_and_seats import ADMINISTRATION
from suhbat.people.appointments import Appointment

pytestmark = pytest.mark.browser


class Device:
    """A browser on a device, with an authenticator that has verified its user."""

    def __init__(self, chromium, url):
        self.context = chromium.new_context(base_url=url, viewport={"width": 390, "height": 844})
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.session = self.context.new_cdp_session(self.page)
        self.session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        authenticator = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.authenticator = authenticator["authenticatorId"]

    def passkeys(self):
        return self.session.send("WebAuthn.getCredentials", {"authenticatorId": self.authenticator})["credentials"]

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def goes_to_the_own_page(self):
        """From the page of welcome, once it no longer asks for a passkey."""
        self.page.get_by_role("button", name="Create a passkey on this device").wait_for(state="detached")
        self.follow("Go to your own page")

    def follow(self, name):
        self.page.get_by_role("link", name=name, exact=True).click()

    def sign_in(self):
        """On the page for it, to which whoever is signed out everywhere is led."""
        self.press("Sign in with a passkey")


@pytest.fixture
def device(served, chromium):
    devices = []

    def new():
        devices.append(Device(chromium, served.url))
        return devices[-1]

    yield new
    for open_device in devices:
        assert open_device.errors == []
        open_device.context.close()


def test_a_letter_a_passkey_a_second_device_and_a_lost_one(served, device):
    done = served.app.door.perform(ADMINISTRATION, "administrator.named", Appointment(name="Aigul Administrator"))
    telephone = device()
    page = telephone.page

    # The link of the letter: the seat is taken, and a passkey is made.
    page.goto(done.reply["link"])
    telephone.press("Take the seat")
    page.get_by_label("Name of this device").fill("Telephone")
    telephone.press("Create a passkey on this device")
    telephone.goes_to_the_own_page()
    page.get_by_role("button", name="Rename").wait_for()
    assert page.get_by_label("Name of the device").input_value() == "Telephone"
    (credential,) = telephone.passkeys()
    assert credential["rpId"] == "localhost"

    # Signing out in another tab, and in again with the passkey alone.
    with telephone.context.expect_page() as opened:
        page.get_by_role("link", name="Aigul Administrator").click(modifiers=["Control"])
    opened.value.get_by_role("button", name="Sign out here").click()
    opened.value.get_by_role("link", name="Sign in", exact=True).wait_for()
    opened.value.close()
    telephone.follow("Aigul Administrator")
    page.wait_for_url("**/sign-in?then=/me")
    telephone.sign_in()
    page.wait_for_url(f"{served.url}/me")
    assert page.get_by_role("heading", level=1).inner_text() == "Aigul Administrator"

    # The same device does not keep a second passkey for the same person.
    page.get_by_text("Add another device").click()
    telephone.press("Keep another passkey")
    page.get_by_text("This device has a passkey already.").wait_for()

    # A second device signs in with a new letter, as the same person.
    with served.app.database.reading() as session:
        from sqlalchemy import select

        from suhbat.people.models import SeatRow

        seat = session.scalars(select(SeatRow.id)).one()
    letter = served.app.door.perform(ADMINISTRATION, "seat.renewed", {"seat": seat})
    computer = device()
    computer.page.goto(letter.reply["link"])
    computer.press("Come in")
    computer.goes_to_the_own_page()
    computer.page.get_by_text("Add another device").click()
    computer.page.get_by_label("Name of this device").fill("Computer")
    computer.press("Keep another passkey")
    computer.page.get_by_role("button", name="Rename").nth(1).wait_for()
    telephone.follow("Aigul Administrator")
    page.wait_for_url("**/sign-in?then=/me")  # the new letter ended the sign-ins before it

    # The telephone is lost: its passkey is no longer valid.
    first = computer.page.get_by_role("listitem").filter(has=computer.page.locator("input[value=Telephone]"))
    first.locator("summary").click()
    first.get_by_role("button", name="Remove this device").click()
    computer.page.locator("input[value=Telephone]").wait_for(state="detached")
    telephone.sign_in()
    page.get_by_text("This passkey is not known here, or was removed.").wait_for()
    computer.press("Sign out everywhere")
    computer.sign_in()
    computer.page.wait_for_url(f"{served.url}/me")


def test_an_answer_is_accepted_once_and_only_unchanged(served, device):
    done = served.app.door.perform(ADMINISTRATION, "administrator.named", Appointment(name="Aigul Administrator"))
    browser = device()
    browser.page.goto(done.reply["link"])
    browser.press("Take the seat")
    browser.press("Create a passkey on this device")
    browser.goes_to_the_own_page()
    browser.page.get_by_role("button", name="Rename").wait_for()
    browser.press("Sign out here")
    browser.follow("Sign in")
    with browser.page.expect_request(
        lambda request: request.method == "POST" and request.url.endswith("/sign-in")
    ) as sign_in_request:
        browser.sign_in()
        browser.page.wait_for_url(f"{served.url}/me")
    body = sign_in_request.value.post_data
    assert body is not None
    again = browser.context.request.post(
        "/sign-in", data=body, headers={"content-type": "application/json", "accept": "application/json"}
    )
    assert again.status == 409
    spoilt = body.replace('"signature":"', '"signature":"AAAA')
    for wrong in (spoilt, "{}", '{"id": 5}', "[]"):
        answer = browser.context.request.post(
            "/sign-in", data=wrong, headers={"content-type": "application/json", "accept": "application/json"}
        )
        assert answer.status in {403, 409, 422}, (wrong[:40], answer.status)
