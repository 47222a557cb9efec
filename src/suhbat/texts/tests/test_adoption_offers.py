"""What pages offer towards adoption and in languages is accepted, and what they do not offer is refused."""

import re
from typing import Any

import pytest
from tests.convened_meeting import seated

from suhbat.acts import Occasion, Role
from suhbat.acts.door import allowed
from suhbat.acts.inputs import read_input
from suhbat.acts.registry import REGISTRY
from suhbat.acts.timed_acts import perform_due
from suhbat.ground.refusals import Kind, Refused
from suhbat.people.session_cookie import COOKIE
from suhbat.texts.tests.negotiating_table import Table

DEADLINE = "2020-08-14T18:00"
PASTED = "1. The Ministers welcomed the grant.\n\n2. They will meet again."


class Scene(Table):
    """A text, the steps that bring it to a status, and what its pages offer to whom."""

    def __init__(self, app, convened, client, monkeypatch, clock) -> None:
        super().__init__(app, convened, PASTED)
        self.client, self.monkeypatch, self.clock = client, monkeypatch, clock
        self.silence = self.question = ""
        self.seen = self.titled = 0
        self.one, self.two = self.paragraph("1").id, self.paragraph("2").id
        self.people = {
            "chair": convened.chair,
            "KZ": convened.heads["KZ"],
            "adviser": seated(Role.ADVISER, self.meeting, "KZ"),
            "guest": seated(Role.HEAD, self.meeting, "CN"),
        }
        """The guest heads a delegation that does not negotiate the text."""

    def proposed(self):
        self.propose("JP", "1", "grant", "generous grant")

    def incorporated(self):
        self.incorporate(self.propose("JP", "1", "grant", "generous grant"))

    def closed(self):
        self.do("chair", "paragraph.closed", paragraph=self.one, seen=self.paragraph("1").changed, how="agreed")

    def silent(self, paragraph: str | None = None):
        done = self.do("chair", "silence.started", deadline=DEADLINE, paragraph=paragraph)
        self.silence = done.entry.body["silence"]

    def one_silent(self):
        self.silent(self.one)

    def broken(self):
        self.do("UZ", "silence.broken", silence=self.silence, paragraph=self.one, reason="Not yet")

    def held(self):
        self.clock.forward(days=9)
        perform_due(self.app)

    def asked(self):
        self.question = self.do("chair", "adoption.asked").entry.body["asked"]

    def agreed(self, *states: str):
        for state in states or ("JP",):
            self.do(state, "adoption.answered", agrees=True)

    def agreed_by_all(self):
        self.agreed("JP", "KZ", "UZ")

    def called(self):
        self.do("chair", "adoption.last_call")
        self.clock.forward(minutes=2)

    def put_off(self):
        self.do("chair", "adoption.put_off")

    def adopted(self):
        self.do("chair", "text.adopted")

    def published(self):
        self.do("secretariat", "text.published")

    def explained(self):
        self.do("JP", "explanation.filed", wording="We understand it so.")

    def in_russian(self):
        self.do("chair", "version.languages_set", languages=["ru"])

    def written(self):
        self.seen = self.do("chair", "version.written", **self.version("Грант.")).entry.number

    def confirmed(self):
        other = {"paragraph": self.two, "language": "ru"}
        again = self.do("JP", "version.written", **other, revision=1, wording="Снова.").entry.number
        self.titled = self.do("JP", "version.titled", language="ru", title="Заявление").entry.number
        title = {"paragraph": self.paragraph("Title").id, "language": "ru"}
        self.do("JP", "version.confirmed", paragraph=self.one, language="ru", seen=self.seen)
        self.do("JP", "version.confirmed", **other, seen=again)
        self.do("JP", "version.confirmed", **title, seen=self.titled)

    def version(self, wording: str) -> dict[str, Any]:
        revision = self.paragraph("1").revision
        return {"paragraph": self.one, "language": "ru", "revision": revision, "seen": self.seen, "wording": wording}

    def controls(self):
        """Each control that there may be: its act, its page, what it looks like, and what it would send."""
        text, room = f"/meetings/{self.meeting}/texts/{self.text}", f"/meetings/{self.meeting}/room"
        silence, question = {"silence": self.silence}, {"asked": self.question}
        start, broken = {"deadline": DEADLINE, "paragraph": self.one}, {**silence, "paragraph": self.one,
                                                                                   "reason": "Not yet"}  # fmt: skip
        yield "silence.started", text, "", {**start, "paragraph": self.two}
        yield "silence.started", f"{text}/p/{self.one}", "", start
        yield "silence.broken", text, "", broken
        if self.state().status == "silence":
            yield "silence.broken", room, "#silence-h", broken
        yield "silence.restored", text, "", silence
        yield "silence.extended", text, "", {**silence, "deadline": "2020-08-20T18:00", "reason": "More time"}
        yield "silence.lifted", text, "", silence
        yield "adoption.asked", text, "", {}
        for page in (text, room):
            yield "adoption.answered", page, "", {**question, "agrees": True}
            yield "adoption.last_call", page, "", question
            yield "text.adopted", page, "", question
            yield "adoption.put_off", page, "", {}
        yield "text.published", text, "", {}
        yield "text.signed", text, "data-sign=", {"digest": self.state().digest, "answer": {}}
        yield "explanation.filed", text, "", {"wording": "We understand it otherwise."}
        if self.state().languages:
            text += "/languages"
            yield "version.written", text, "", self.version("Этот грант.")
            yield "version.drafted", text, "/languages/machine", self.version("Грант.")
            yield "version.confirmed", text, "", {"paragraph": self.one, "language": "ru", "seen": self.seen}
            yield "version.titled", text, "", {"language": "ru", "title": "Декларация", "seen": self.titled}

    def offers(self, person: str, act: str, page: str, look: str) -> bool:
        """Whether a page shows a control to somebody; of the page of languages, at the first paragraph."""
        self.monkeypatch.setattr("suhbat.application.actor_of", lambda *_: self.people[person])
        self.client.cookies.set(COOKIE, person)
        html = self.client.get(page).text
        if page.endswith("/languages") and act != "version.titled":
            html = html.partition(f'id="l-{self.one}"')[2].partition("</article>")[0]
        return re.search(look or rf"/acts/{re.escape(act)}[\"?]", html) is not None

    def accepts(self, person: str, act: str, inputs: dict[str, Any]) -> bool:
        """Whether the rule would accept it, but for what a person has still to enter. A rule changes nothing."""
        registered, actor = REGISTRY[act], self.people[person]
        whole_inputs = {"meeting": self.meeting, "text": self.text, **inputs}
        with self.app.database.reading() as session:
            try:
                seat = allowed(actor, registered, self.meeting, "")
                occasion = Occasion(session, actor, seat, self.app.clock(), self.app.settings)
                registered.decide(occasion, read_input(registered.input_type, whole_inputs, lax=False))
            except Refused as refusal:
                return refusal.kind is Kind.INVALID
        return True


@pytest.fixture
def scene(sitting, app, convene, client, monkeypatch, clock):
    object.__setattr__(app.settings, "translation", "http://127.0.0.1:9")
    scene = Scene(app, convene(app), client, monkeypatch, clock)
    app.door.perform(scene.at.secretariat, "stage.seated", {"meeting": scene.meeting})
    return scene


ASKED = ("adoption.answered", "adoption.put_off")
RUSSIAN = ("version.written", "version.titled")


@pytest.mark.parametrize(
    ("steps", "there"),
    [
        (["explained"], ("silence.started", "adoption.asked", "explanation.filed")),
        (["proposed"], ("silence.started",)),
        (["closed"], ("silence.started", "adoption.asked")),
        (["one_silent"], ("silence.started", "silence.broken", "silence.extended", "silence.lifted")),
        (["silent"], ("silence.broken", "silence.extended", "silence.lifted", "explanation.filed")),
        (["silent", "broken"], ("silence.started", "adoption.asked")),
        (["silent", "held"], ("text.published", "text.signed", "explanation.filed")),
        (["asked"], (*ASKED, "adoption.last_call", "explanation.filed")),
        (["asked", "agreed"], (*ASKED, "adoption.last_call", "explanation.filed")),
        (["asked", "agreed", "called"], (*ASKED, "text.adopted", "explanation.filed")),
        (["asked", "agreed_by_all"], (*ASKED, "text.adopted", "explanation.filed")),
        (["asked", "put_off"], ("silence.started", "adoption.asked")),
        (["asked", "agreed", "called", "adopted", "published"], ("text.signed", "explanation.filed")),
        (["in_russian"], (*RUSSIAN, "silence.started", "version.drafted")),
        (["in_russian", "written"], (*RUSSIAN, "silence.started", "version.confirmed")),
        (["in_russian", "written", "incorporated"], (*RUSSIAN, "silence.started")),
        (["in_russian", "written", "confirmed", "asked"], (*ASKED, "adoption.last_call", "explanation.filed")),
    ],
    ids=" ".join,
)
def test_what_is_offered_is_accepted_and_what_is_hidden_is_refused(scene, steps, there):
    for name in steps:
        getattr(scene, name)()
    offered = set()
    for person in scene.people:
        for act, page, look, inputs in scene.controls():
            if act == "explanation.filed" and scene.state().status == "drafting" and "explained" not in steps:
                continue  # nobody asks for one as early as that, but whoever wants to may file it
            is_shown = scene.offers(person, act, page, look)
            assert is_shown == scene.accepts(person, act, inputs), (person, act, page)
            offered |= {act} if is_shown else set()
    assert offered == set(there)
