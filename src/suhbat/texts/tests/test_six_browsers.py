"""Six browsers negotiate a chair's statement to adoption and signature; one loses its line, one breaks silence."""

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from suhbat.acts.actors import Role
from suhbat.command import main
from suhbat.people.models import Person, SeatRow
from suhbat.texts.examples import example
from suhbat.texts.models import Proposal
from suhbat.texts.tests.table import Table

pytestmark = pytest.mark.browser
SIX = ("JP", "KZ", "KG", "TJ", "TM", "UZ")
PHONE = {"width": 390, "height": 844}


class Head:
    """A head of delegation with a telephone that has a passkey."""

    def __init__(self, served, chromium, person: str) -> None:
        self.context = chromium.new_context(base_url=served.url, viewport=PHONE)
        served.sign_in(self.context, person)
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
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

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def propose(self, address: str, wording: str) -> None:
        self.page.goto(address)
        self.page.get_by_label("The paragraph as you would have it").fill(wording)
        self.page.locator("#preview .br").first.wait_for()  # the brackets are shown while one writes
        with self.page.expect_navigation():
            self.press("Propose")

    def answer_all(self, address: str) -> int:
        """Support everything that waits, one tap each."""
        self.page.goto(address)
        answered = 0
        while self.page.locator("#points").count():
            with self.page.expect_navigation():
                points = self.page.locator("#points")
                withdraw = points.get_by_role("button", name="Nothing: withdraw")
                (withdraw if withdraw.count() else points.get_by_role("button", name="Support")).first.click()
            answered += 1
        return answered


@pytest.fixture
def stage(served, chromium, convene):
    convened = convene(served.house)
    with served.house.database.writing() as session:
        for name, role, state in [("chair", Role.CHAIR, "JP"), *((s, Role.HEAD, s) for s in SIX)]:
            session.add(Person(id=f"p-{name}", name=f"Head of {state}"))
            session.flush()
            row = SeatRow(id=f"s-{name}", person=f"p-{name}", role=str(role), place=convened.meeting, state=state)
            row.office = "Minister"
            session.add(row)
    people = {name: Head(served, chromium, f"p-{name}") for name in ("chair", *SIX)}
    played = example("chairs-statement")
    table = Table(served.house, convened, played.pasted, title=played.title, kind=played.kind)
    yield table, people, played
    for each in people.values():
        assert each.errors == []
        each.context.close()


def test_six_browsers_negotiate_adopt_and_sign(served, stage, tmp_path, capsys):
    table, people, played = stage
    address = f"/meetings/{table.meeting}/texts/{table.text}"
    for state in SIX:
        people[state].keep_passkey()
        people[state].page.goto(address)

    # Each delegation proposes in its own browser; the others see the brackets without touching theirs.
    watcher = people["TJ"].page
    away = people["KG"]
    for n, move in enumerate(played.moves[:8]):
        if move.by in {"TJ", "KG"}:
            continue
        paragraph = table.paragraph(move.label).id
        people[move.by].propose(f"{address}/p/{paragraph}", move.wording)
        watcher.locator(f"#p-{paragraph} .br-tag", has_text=move.by).first.wait_for()
        if n == 0:
            away.context.set_offline(True)  # the line of one delegation is cut
    time.sleep(3)
    away.context.set_offline(False)
    away.page.locator(f"#p-{table.paragraph('3').id} .br-tag", has_text="UZ").first.wait_for()
    away.page.locator("#points .point").nth(4).wait_for()  # all five are there, without a touch

    # All answer on their telephones, one tap each.
    assert sum(people[state].answer_all(address) for state in SIX) > 15

    # The chair takes what is ready; what rests on words that went is given up by its holders.
    chair = people["chair"]
    for _ in range(20):
        with served.house.database.reading() as session:
            rows = session.query(Proposal).filter(Proposal.state.in_(("open", "flagged"))).order_by(Proposal.number)
            live = [(each.paragraph, each.state, each.by) for each in rows]
        if not live:
            break
        paragraph, state, by = live[0]
        if state == "flagged":
            people[by].answer_all(address)
            continue
        chair.page.goto(f"{address}/p/{paragraph}")
        with chair.page.expect_navigation():
            chair.press("Take into the text")

    # Silence, broken with three taps.
    deadline = datetime.now(UTC).astimezone(ZoneInfo("Asia/Tokyo")) + timedelta(days=3)
    table.do("chair", "silence.started", deadline=deadline.strftime("%Y-%m-%dT%H:%M"))
    page = people["TM"].page
    page.goto(address)
    page.get_by_text("Break the silence", exact=True).click()
    page.get_by_label("At which paragraph?").select_option(index=4)
    with page.expect_navigation():
        people["TM"].press("Break the silence, for all")
    assert "under negotiation" in page.content()

    # The room adopts; each head signs.
    chair.page.goto(address)
    with chair.page.expect_navigation():
        chair.press("Ask the room for adoption")
    for state in SIX:
        people[state].page.goto(address)
        with people[state].page.expect_navigation():
            people[state].press("We agree")
    assert table.state().state == "adopted"
    for state in SIX:
        people[state].page.goto(address)
        with people[state].page.expect_navigation():
            people[state].press("Sign with your passkey")

    file = tmp_path / "signed.json"
    file.write_bytes(chair.context.request.get(f"{address}/copies/signed.json").body())
    assert len(json.loads(file.read_text())["signatures"]) == 6
    assert main(["text", "verify", str(file)]) == 0
    assert capsys.readouterr().out.count("good") == 6


def test_nothing_in_the_pages_stands_in_the_way_of_a_screen_reader(stage):
    table, people, _played = stage
    table.propose("JP", "3", "nearly", "up to")
    table.propose("KG", "7", "every month", "every week")
    address = f"/meetings/{table.meeting}/texts/{table.text}"
    axe = Path("node_modules/axe-core/axe.min.js").read_text()
    for who, path in (
        ("KZ", ""), ("KZ", f"/p/{table.paragraph('3').id}"), ("chair", "/board"), ("chair", "/changes"),
        ("chair", "/copies"), ("chair", f"/p/{table.paragraph('7').id}"),
    ):  # fmt: skip
        page = people[who].page
        page.goto(address + path)
        page.evaluate(axe)
        found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
        assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found["violations"]] == []
