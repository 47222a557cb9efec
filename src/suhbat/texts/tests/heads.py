"""Who negotiates in the browser tests: heads of delegation with telephones, and the chair at a desk."""

import json
from contextlib import contextmanager
from typing import Any

from suhbat.acts.actors import Role
from suhbat.command import main
from suhbat.people.models import Person, SeatRow
from suhbat.texts.examples import Example
from suhbat.texts.tests.table import Table

SIX = ("JP", "KZ", "KG", "TJ", "TM", "UZ")
PHONE = {"width": 390, "height": 844}

SEND_ALL = """async ({ forms, within, button }) => {
  const page = within ? document.querySelector(within) : document;
  const asked = [...(page ?? document.createElement("p")).querySelectorAll(forms)]
    .filter((form) => !button || [...form.querySelectorAll("button")].some((each) => each.textContent === button));
  const refused = [];
  for (const form of asked) {
    const reply = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!reply.ok) refused.push(reply.status);
  }
  return { sent: asked.length, refused };
}"""
"""Send forms of the page as their buttons would, one after the other, and stay on the page."""


class Head:
    """A head of delegation with a telephone that has a passkey."""

    def __init__(self, served, chromium, person: str) -> None:
        self.context = chromium.new_context(base_url=served.url, viewport=PHONE)
        served.sign_in(self.context, person)
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def keep_passkey(self) -> None:
        session = self.context.new_cdp_session(self.page)
        session.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                   "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
        session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.page.goto("/me")
        self.press("Keep a passkey on this device")
        self.page.get_by_role("button", name="Rename").wait_for()
        self.page.locator(".fingerprint code").first.wait_for()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def tap(self, name: str) -> None:
        """Press a button that leads to a page drawn anew."""
        with self.page.expect_navigation():
            self.press(name)

    def propose(self, address: str, wording: str) -> None:
        self.page.goto(address)
        self.page.get_by_label("The paragraph as you would have it").fill(wording)
        self.page.locator("#preview .br").first.wait_for()  # the brackets are shown while one writes
        self.tap("Propose")

    def answer_all(self, address: str) -> int:
        """Support everything that waits, one tap each; what no longer fits the words is given up."""
        self.page.goto(address)
        answered = 0
        while self.page.locator("#points").count():
            points = self.page.locator("#points")
            withdraw = points.get_by_role("button", name="Nothing: withdraw")
            with self.page.expect_navigation():
                (withdraw if withdraw.count() else points.get_by_role("button", name="Support")).first.click()
            answered += 1
        return answered

    def send_all(self, address: str, forms: str, button: str = "", within: str = "") -> int:
        """Send all such forms of a page as tapping them one by one would; say how many there were."""
        self.page.goto(address)
        done: dict[str, Any] = self.page.evaluate(SEND_ALL, {"forms": forms, "button": button, "within": within})
        assert done["refused"] == []
        return int(done["sent"])

    def brackets(self) -> list[str]:
        """What stands in the text on this screen, a line per paragraph."""
        return list(self.page.locator("#text .para .para-words > :first-child").all_inner_texts())


@contextmanager
def negotiation(served, chromium, convene, played: Example, **other: Any):
    """Six heads and the chair, each with a browser, around a text that is open."""
    convened = convene(served.house)
    with served.house.database.writing() as session:
        for name, role, state in [("chair", Role.CHAIR, "JP"), *((s, Role.HEAD, s) for s in SIX)]:
            session.add(Person(id=f"p-{name}", name=f"Head of {state}"))
            session.flush()
            row = SeatRow(id=f"s-{name}", person=f"p-{name}", role=str(role), place=convened.meeting, state=state)
            row.office = "Minister"
            session.add(row)
    people = {name: Head(served, chromium, f"p-{name}") for name in ("chair", *SIX)}
    table = Table(served.house, convened, played.pasted, title=played.title, kind=played.kind, **other)
    yield table, people
    for each in people.values():
        assert each.errors == []
        each.context.close()


def adopt_and_sign(table: Table, people: dict[str, Head], address: str) -> None:
    """The chair asks, each head answers on the own telephone, and each signs with the own passkey."""
    people["chair"].page.goto(address)
    people["chair"].tap("Ask the room for adoption")
    for action in ("We agree", "Sign with your passkey"):
        for state in SIX:
            people[state].page.goto(address)
            people[state].tap(action)
    assert table.state().state == "adopted"


def verify_offline(people: dict[str, Head], address: str, file, capsys) -> dict[str, Any]:
    """Take the signed copy home and check all six signatures without the house; its content."""
    file.write_bytes(people["chair"].context.request.get(f"{address}/copies/signed.json").body())
    signed: dict[str, Any] = json.loads(file.read_text())
    assert len(signed["signatures"]) == len(SIX)
    assert main(["text", "verify", str(file)]) == 0
    assert capsys.readouterr().out.count("good") == len(SIX)
    return signed
