"""Who negotiates in the browser tests: heads of delegation with telephones, and the chair at a desk."""

import json
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from scripts.negotiations_of_the_data import Example
from tests.browser import words_of_the_task as words
from tests.browser.by_visible_controls import Person as AtBrowser

from suhbat.acts.roles_and_seats import Role
from suhbat.command import main
from suhbat.meetings.seated_heads import heads_from_seats
from suhbat.people.models import Person, SeatRow
from suhbat.texts.models import Proposal, Text
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.text_guard_checks import LIVE, labels_of

SIX = ("JP", "KZ", "KG", "TJ", "TM", "UZ")
PHONE = {"width": 390, "height": 844}

SEND_ALL = """async ({ forms, within, button }) => {
  const page = within ? document.querySelector(within) : document;
  const chosen = [...(page ?? document.createElement("p")).querySelectorAll(forms)]
    .filter((form) => !button || [...form.querySelectorAll("button")].some((own) => own.textContent === button));
  const refused = [];
  for (const form of chosen) {
    const reply = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!reply.ok) refused.push(reply.status);
  }
  return { sent: chosen.length, refused };
}"""
"""Send forms of the page as their buttons would, one after the other, and stay on the page."""

PROPOSE_ALL = """({ meeting, text, moves }) => {
  window.sent = { done: 0, refused: [] };
  (async () => {
    for (const [paragraph, wording] of moves) {
      const body = new URLSearchParams({ key: crypto.randomUUID(), meeting, text, paragraph, revision: "1", wording });
      const reply = await fetch("/acts/proposal.made", { method: "POST", body });
      if (!reply.ok) window.sent.refused.push([reply.status, wording]);
      window.sent.done += 1;
    }
  })();
}"""
"""Propose one thing after the other from within the page, as the form of the paragraph's page does."""

TAKE_ALL = """async (address) => {
  const refused = [];
  for (let n = 0; n < 20; n += 1) {
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    const form = page.querySelector("form[action$='/acts/proposal.incorporated']");
    if (!form) break;
    const reply = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!reply.ok) refused.push(reply.status);
  }
  return refused;
}"""
"""Take all that stands open in a paragraph into the text, as tapping its buttons one by one does."""

ANSWERS = ("Support", "Can accept", "Reserve", "Support", "Can accept")
"""How a head answers, one after the other."""


class Head(AtBrowser):
    """A head of delegation with a telephone. The own page has the first address; links and buttons lead to all else."""

    def __init__(self, served, chromium, person: str, name: str, title: str) -> None:
        super().__init__(chromium, name, served.url)
        self.title = title
        """What the text is called in the list of texts."""
        served.sign_in(self.context, person)
        self.page.set_viewport_size(PHONE)

    # Ways

    def go(self, name: str) -> None:
        """Follow a link that leads to another page."""
        with self.page.expect_navigation():
            self.follow(name)

    def tap(self, name: str) -> None:
        """Press a button that leads to another page."""
        with self.page.expect_navigation():
            self.press(name)

    def to_own_page(self) -> None:
        """By its address at first, later by the own name above each page."""
        if self.typed_addresses:
            self.go(self.name)
        else:
            self.open(f"{self.url}/me")

    def to_text(self) -> None:
        """By the list of texts, which each page of the meeting leads to."""
        if not self.page.get_by_role("link", name=words.TEXTS, exact=True).count():
            self.to_own_page()
            self.go("To the desk")
        self.go(words.TEXTS)
        self.go(self.title)

    def to_paragraph(self, label: str) -> None:
        self.to_text()
        self.go(words.AT_PARAGRAPH.format(label))

    # What a head does

    def keep_passkey(self) -> None:
        self.to_own_page()
        self.press(words.KEEP_PASSKEY)
        self.page.get_by_role("button", name="Rename").wait_for()
        self.page.locator(".fingerprint code").first.wait_for()

    def propose(self, label: str, wording: str) -> None:
        self.to_paragraph(label)
        self.write(words.OWN_WORDS, wording)

    def write(self, field: str, wording: str) -> None:
        """Propose other words on the page of a paragraph or of the title."""
        self.fill_in(field, wording)
        self.page.locator("#preview .br").first.wait_for()  # the brackets are shown while one writes
        self.tap(words.PROPOSE)

    def answer(self, most: int) -> int:
        """Answer up to `most` points on the head's page, each with one tap; returns how many there were."""
        self.to_text()
        for n in range(most):
            button = self.page.locator("#points").get_by_role("button", name=ANSWERS[n % 5], exact=True)
            if not button.count():
                return n
            with self.page.expect_navigation():
                button.first.click()
        return most

    def note(self, label: str, wording: str) -> None:
        """Type a note for the head's delegation, and save it."""
        self.to_paragraph(label)
        box = self.page.get_by_label("Our note")
        box.fill(wording)
        with self.page.expect_navigation():
            self.page.locator("form", has=box).get_by_role("button", name="Keep").click()

    def leave_out(self, label: str) -> None:
        """Propose to leave the paragraph out."""
        self.to_paragraph(label)
        self.unfold("Something other than words")
        self.tap("Leave the paragraph out")

    # At the chair's desk

    def take(self, label: str, most: int = 9) -> int:
        """Take what is open in a paragraph into the text, a click each; returns how many there were."""
        self.to_paragraph(label)
        for n in range(most):
            if not self.page.get_by_role("button", name=words.TAKE_IN, exact=True).count():
                return n
            self.tap(words.TAKE_IN)
        return most

    def fill_form(self, link: str, button: str, **fields: str) -> None:
        """Follow a link of the desk to its form, fill it in and send it."""
        self.go(link)
        for label, value in fields.items():
            self.page.get_by_role("textbox", name=label.replace("_", " ")).fill(value)
        self.tap(button)

    def set_aside(self, label: str, reason: str) -> None:
        """Set the first proposal of a paragraph aside, with a reason."""
        self.to_paragraph(label)
        self.fill_form("Set aside", "Set a proposal aside", Reason=reason)

    def merge(self, label: str, wording: str) -> None:
        """Redraft a paragraph with all that is proposed to it merged in."""
        self.to_paragraph(label)
        self.go("Redraft, merge, take out")
        self.fill_in("New base", wording)
        for box in self.page.get_by_role("group", name="Proposals merged into it").get_by_role("checkbox").all():
            box.check()
        self.tap("Redraft a paragraph")

    def put_under_silence(self, deadline: datetime) -> None:
        """Put the whole text under silence by the form, until an instant that is typed on the host's clock."""
        self.to_text()
        wall = deadline.astimezone(ZoneInfo("Asia/Tokyo")).strftime("%Y-%m-%dT%H:%M:%S")
        self.fill_form(words.SILENCE, words.SILENCE, Deadline=wall)
        self.tick(words.DEADLINE_IS_MEANT)  # it is less than 72 hours away
        self.tap(words.SILENCE)

    # At the heads' own telephones again

    def break_silence(self, label: str) -> None:
        """The silence ends for all, with a reason."""
        self.to_text()
        self.fill_form(
            f"Break the silence paragraph {label}", "Break the silence", Reason="We have to ask our capital."
        )
        assert "under negotiation" in self.page.content()

    def send_all(self, forms: str, button: str = "", within: str = "") -> int:
        """Send all such forms of the page as tapping them one by one would; returns how many there were."""
        done: dict[str, Any] = self.page.evaluate(SEND_ALL, {"forms": forms, "button": button, "within": within})
        assert done["refused"] == []
        return int(done["sent"])

    def brackets(self) -> list[str]:
        """What stands in the text on this screen, a line per paragraph."""
        return list(self.page.locator("#text .para .para-words > :first-child").all_inner_texts())


@contextmanager
def negotiation(served, chromium, convene, played: Example, **other: Any):
    """Six heads and the chair, each with a browser, around a text that is open."""
    convened = convene(served.app)
    with served.app.database.writing() as session:
        for name, role, state in [("chair", Role.CHAIR, "JP"), *((s, Role.HEAD, s) for s in SIX)]:
            session.add(Person(id=f"p-{name}", name=f"Head of {state}"))
            session.flush()
            row = SeatRow(id=f"s-{name}", person=f"p-{name}", role=str(role), place=convened.meeting, state=state)
            row.office = "Minister"
            session.add(row)
        session.flush()
        heads_from_seats(session, convened.meeting)
    people = {
        name: Head(served, chromium, f"p-{name}", f"Head of {state}", played.title)
        for name, state in (("chair", "JP"), *zip(SIX, SIX, strict=True))
    }
    table = Table(served.app, convened, played.pasted, title=played.title, kind=played.kind, **other)
    yield table, people
    for head in people.values():
        assert head.faults == []
        head.close()


def live(table: Table) -> list[tuple[str, str, str]]:
    """Paragraph, state and maker of every proposal that is not settled, by number."""
    with table.app.database.reading() as session:
        rows = session.query(Proposal).filter(Proposal.status.in_(LIVE)).order_by(Proposal.number)
        return [(proposal.paragraph, proposal.status, proposal.by) for proposal in rows]


def label_of(table: Table, paragraph: str) -> str:
    """The number that a paragraph has now."""
    with table.app.database.reading() as session:
        return labels_of(session, session.get_one(Text, f"{table.meeting}/{table.text}"))[paragraph]


def bring_to_an_end(table: Table, people: dict[str, Head], by_hand: int) -> None:
    """The chair takes in what can be taken; holders withdraw what rests on words that were replaced.

    In each round `by_hand` paragraphs are clicked through; the others are sent from within the page of the text.
    """
    chair = people["chair"]
    for _ in range(60):
        standing = live(table)
        if not standing:
            return
        for state in SIX:
            if any(fate == "flagged" and by == state for _paragraph, fate, by in standing):
                people[state].to_text()
                people[state].send_all("#points form.tap", "Nothing: withdraw")
        ready = list(dict.fromkeys(paragraph for paragraph, fate, _by in standing if fate == "open"))
        for paragraph in ready[:by_hand]:
            chair.take(label_of(table, paragraph))
        chair.to_text()
        names = [words.AT_PARAGRAPH.format(label_of(table, paragraph)) for paragraph in ready[by_hand:]]
        links = [chair.page.get_by_role("link", name=name, exact=True).get_attribute("href") for name in names]
        for link in links:
            assert chair.page.evaluate(TAKE_ALL, link) == []
    raise AssertionError("the negotiation does not come to an end")


def adopt(table: Table, people: dict[str, Head]) -> None:
    """The chair asks the room, and each head agrees on a telephone."""
    people["chair"].to_text()
    people["chair"].tap("Ask the room for adoption")
    for state in SIX:
        people[state].to_text()
        people[state].tap("We agree")
    assert table.state().status == "adopted"


def sign(people: dict[str, Head]) -> None:
    """Each head signs with a passkey, and sees the signature."""
    for n, state in enumerate(SIX, 1):
        people[state].to_text()
        people[state].tap(words.SIGN)
        assert people[state].page.get_by_role("button", name=words.SIGN).count() == 0, n


def verify_offline(people: dict[str, Head], file, capsys) -> dict[str, Any]:
    """Download the signed copy from the page of copies and check all six signatures without the server; its content."""
    chair = people["chair"]
    chair.to_text()
    chair.go("Copies")
    with chair.page.expect_download() as coming:
        chair.follow("Text with its signatures")
    coming.value.save_as(file)
    signed: dict[str, Any] = json.loads(file.read_text())
    assert len(signed["signatures"]) == len(SIX)
    assert main(["text", "verify", str(file)]) == 0
    assert capsys.readouterr().out.count("good") == len(SIX)
    return signed
