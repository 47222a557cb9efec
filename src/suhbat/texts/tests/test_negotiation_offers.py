"""What the pages of a negotiation offer is accepted by the rules, and what they do not offer is refused."""

import re

import pytest

from suhbat.acts import Actor, Role, Seat
from suhbat.meetings.models import Meeting
from suhbat.people.session_cookie import COOKIE
from suhbat.texts.models import Proposal, Text
from suhbat.texts.negotiation import outcome_links
from suhbat.texts.negotiation.open_text import invited_to
from suhbat.texts.negotiation.package_incorporation import deal_of
from suhbat.texts.tests.test_adoption_offers import Scene
from suhbat.texts.view.text_view import sheet_of

OTHER = "The Ministers spoke of something else altogether."
PROPOSING = "proposal.made or compromise.offered"


class Negotiation(Scene):
    """Words proposed, joined, amended, taken and put aside on the first of two paragraphs."""

    def __init__(self, app, convened, client, monkeypatch, clock) -> None:
        super().__init__(app, convened, client, monkeypatch, clock)
        seats = (Seat(Role.CHAIR, self.meeting, "JP"), Seat(Role.HEAD, self.meeting, "JP"))
        self.people["JP"] = convened.heads["JP"]
        self.people["both"] = Actor("motegi", "Toshimitsu Motegi", seats)
        self.names: list[str] = []
        self.looked_at: dict[tuple[str, str], str] = {}
        self.outcome = f"{self.meeting}#grants"

    def proposed(self):
        self.names.append(self.propose("JP", "1", "grant", "generous grant"))

    def joined(self):
        self.do("KZ", "proposal.joined", proposal=self.names[0])

    def amended(self):
        words = self.proposal(self.names[0])
        wording = words.wording.replace("generous", "most generous")
        done = self.do("UZ", "proposal.made", paragraph=self.one, wording=wording, amends=words.id, seen=words.worded)
        self.names.append(done.entry.body["proposal"])

    def objected(self):
        self.answer("KZ", self.names[0], "objects", reason="It is not for us to praise it.")

    def flagged(self):
        self.redraft("1", OTHER)

    def redraft(self, label: str, wording: str):
        paragraph = self.paragraph(label)
        inputs = {"paragraph": paragraph.id, "seen": paragraph.changed, "wording": wording, "strike": not wording}
        self.do("chair", "paragraph.redrafted", **inputs)

    def set_aside(self):
        self.do("chair", "proposal.set_aside", proposal=self.names[0], reason="Not in this text")

    def withdrawn(self):
        self.do("JP", "proposal.withdrawn", proposal=self.names[0])

    def tied(self):
        self.names.append(self.propose("JP", "2", "again", "soon"))
        self.do("JP", "package.tied", title="Words for words", proposals=self.names)

    def compromise(self):
        wording = self.paragraph("1").wording.replace("The Ministers", "Ministers")
        done = self.do("chair", "compromise.offered", paragraph=self.one, revision=1, wording=wording)
        self.names.append(done.entry.body["proposal"])

    def moved(self):
        for _ in range(2):
            done = self.do("JP", "proposal.made", kind="move", paragraph=self.one, after=self.two)
            self.names.append(done.entry.body["proposal"])
            if len(self.names) == 1:
                self.set_aside()

    def closed(self, how: str = "agreed"):
        self.do("chair", "paragraph.closed", paragraph=self.one, seen=self.paragraph("1").changed, how=how)

    def closed_for_now(self):
        self.closed("ad-referendum")

    def referring(self):
        """The first paragraph refers to the second, which is taken out."""
        self.redraft("1", "The Ministers welcomed §2.")
        self.redraft("2", "")

    def linked(self):
        self.do("chair", "paragraph.linked", paragraph=self.one, outcome=self.outcome)

    def controls(self):
        """Each control that there may be: its acts, its page, what it looks like, and what it would send.

        Controls that are hidden only because they would be of no use are left out.
        """
        texts = f"/meetings/{self.meeting}/texts"
        text, paragraph = f"{texts}/{self.text}", self.paragraph_by_id(self.one)
        page, about = f"{text}/p/{self.one}", {"paragraph": self.one, "seen": paragraph.changed}
        yield "text.opened", texts, "", {"title": "Another text"}
        yield "proposal.made", text, "", {"kind": "addition", "wording": "One more."}
        yield "paragraph.added", text, "", {"paragraphs": "One more."}
        yield "paragraph.moved", page, "", {**about, "after": self.two}
        yield "paragraph.redrafted", page, "", {**about, "wording": "Other words."}
        yield "paragraph.reopened", page, "", {"paragraph": self.one, "reason": "We think again"}
        if paragraph.status != "agreed":
            yield "paragraph.closed", page, "", {**about, "how": "agreed"}
        yield "paragraph.linked", page, "", {"paragraph": self.one, "outcome": self.outcome}
        if self.state().status in {"drafting", "silence"}:
            yield "text.discussed", page, "", {"paragraph": self.one}
        more = {"paragraph": self.one, "revision": paragraph.revision, "wording": f"{paragraph.wording} So it was."}
        yield PROPOSING, page, r"/acts/(proposal\.(made|revised)|compromise\.offered)\" data-preview", more
        for kind in ("note", "draft"):
            note = {"paragraph": self.one, "kind": kind, "wording": "For us alone"}
            yield "note.kept", page, form_with("note.kept", kind), note
        for name in self.names:
            yield from self.controls_of(self.proposal(name), text)

    def controls_of(self, proposal: Proposal, text: str):
        name, page, paragraph = proposal.id, f"{text}/p/{proposal.paragraph}", self.paragraph_by_id(proposal.paragraph)
        about = {"proposal": name, "seen": proposal.changed}
        inputs_by_act = {
            "proposal.joined": {"proposal": name},
            "proposal.withdrawn": {"proposal": name},
            "proposal.repaired": {**about, "how": "keep"},
            "proposal.incorporated": {"proposal": name, "seen": paragraph.changed},
            "proposal.taken_up": {"proposal": name},
        }
        if proposal.status != "flagged":
            inputs_by_act["position.taken"] = {**about, "stand": "supports"}
        if (
            proposal.status != "flagged" and proposal.by != "CHAIR"
        ):  # a head in the chair has one form, for its own words
            inputs_by_act["proposal.revised"] = {**about, "wording": f"{proposal.wording} So it was."}
        for act, inputs in inputs_by_act.items():
            yield act, page, form_with(act, name), inputs
        aside = {"proposal": name, "reason": "Not in this text"}
        yield "proposal.set_aside", page, rf"/acts/proposal\.set_aside\?[^\"]*proposal={name}&", aside
        amendment = {"paragraph": proposal.paragraph, "amends": name, "seen": proposal.worded}
        amendment |= {"wording": f"{proposal.wording} So it was."}
        yield PROPOSING, page, rf"\?amend={name}#", amendment
        if proposal.package:
            yield "package.untied", page, form_with("package.untied", proposal.package), {"package": proposal.package}

    def offers(self, person: str, act: str, page: str, look: str) -> bool:
        """The same, each page looked at once."""
        if (person, page) not in self.looked_at:
            self.monkeypatch.setattr("suhbat.application.actor_of", lambda *_: self.people[person])
            self.client.cookies.set(COOKIE, person)
            self.looked_at[person, page] = self.client.get(page).text
        return re.search(look or rf"/acts/{re.escape(act)}[\"?]", self.looked_at[person, page]) is not None


def form_with(act: str, value: str) -> str:
    """A form for an act with this value in it."""
    return rf'(?s)/acts/{re.escape(act)}"(?:(?!</form>).)*value="{re.escape(value)}"'


@pytest.fixture
def scene(sitting, app, convene, client, monkeypatch, clock):
    scene = Negotiation(app, convene(app), client, monkeypatch, clock)
    monkeypatch.setattr(outcome_links, "outcome_titles", lambda *_: {scene.outcome: "Grants"})
    app.door.perform(scene.at.secretariat, "stage.seated", {"meeting": scene.meeting})
    return scene


ALWAYS = {"text.opened", "paragraph.linked", "note.kept"}
DRAFTED = {*ALWAYS, "proposal.made", "paragraph.added", "text.discussed"}
OPEN = {*DRAFTED, "paragraph.moved", "paragraph.redrafted", PROPOSING}
MOVED = {
    *OPEN,
    "position.taken",
    "proposal.joined",
    "proposal.withdrawn",
    "proposal.set_aside",
    "proposal.incorporated",
}
LIVE = {*MOVED, "proposal.revised"}


@pytest.mark.parametrize(
    ("steps", "there"),
    [
        ([], {*OPEN, "paragraph.closed"}),
        (["proposed"], LIVE),
        (["proposed", "joined"], LIVE - {"position.taken", "proposal.joined"}),
        (["proposed", "amended"], LIVE),
        (["proposed", "objected"], LIVE - {"proposal.incorporated"}),
        (["proposed", "flagged"], {*OPEN, "proposal.withdrawn", "proposal.set_aside", "proposal.repaired"}),
        (["proposed", "joined", "flagged"], {*OPEN, "proposal.withdrawn", "proposal.set_aside", "proposal.repaired"}),
        (["proposed", "set_aside"], {*OPEN, "paragraph.closed", "proposal.taken_up"}),
        (["proposed", "withdrawn"], {*OPEN, "paragraph.closed"}),
        (["proposed", "tied"], {*LIVE, "package.untied"}),
        (["proposed", "compromise"], LIVE),
        (["moved"], MOVED),
        (["closed"], {*DRAFTED, "paragraph.reopened"}),
        (["closed_for_now"], {*DRAFTED, "paragraph.reopened", "paragraph.closed"}),
        (["referring"], OPEN),
        (["one_silent"], DRAFTED),
        (["silent"], {*ALWAYS, "text.discussed"}),
        (["asked"], ALWAYS),
        (["silent", "held"], ALWAYS),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_offered_is_accepted_and_what_is_hidden_is_refused(scene, steps, there):
    for name in steps:
        getattr(scene, name)()
    offered = set()
    for person in scene.people:
        for acts, page, look, inputs in scene.controls():
            is_shown = scene.offers(person, acts, page, look)
            acts_to_try = acts.split(" or ")[
                : 1 if person == "both" else 2
            ]  # a head in the chair speaks for the delegation here
            accepted = any(scene.accepts(person, act, inputs) for act in acts_to_try)
            assert (person, acts, inputs, is_shown) == (person, acts, inputs, accepted)
            offered |= {acts} if is_shown else set()
    assert offered == there


def test_two_proposals_can_be_tied_by_their_holder_and_by_the_chair(scene):
    text = f"/meetings/{scene.meeting}/texts/{scene.text}"
    offered = []
    for label in ("1", "2"):
        scene.names.append(scene.propose("KZ", label, "The", "All"))
        scene.looked_at.clear()
        offered.append([person for person in scene.people if scene.offers(person, "package.tied", text, "")])
    assert offered == [[], ["chair", "KZ", "both"]]
    assert scene.accepts("KZ", "package.tied", {"title": "All of it", "proposals": scene.names})


def test_where_nobody_is_invited_no_text_is_opened(scene):
    with scene.app.database.reading() as session:
        meeting = session.get_one(Meeting, scene.meeting)
        assert scene.app.door.offers(scene.people["chair"], "text.opened", meeting, invited_to(session, meeting.id))
        assert not scene.app.door.offers(scene.people["chair"], "text.opened", meeting, [])


def test_a_draft_stays_readable_when_the_text_is_adopted(scene):
    scene.do("KZ", "note.kept", paragraph=scene.one, kind="draft", wording="Our words for the grant")
    scene.silent()
    scene.held()
    scene.offers("KZ", "note.kept", page := f"/meetings/{scene.meeting}/texts/{scene.text}/p/{scene.one}", "")
    assert '<p class="wording" lang="en">Our words for the grant</p>' in scene.looked_at["KZ", page]


def test_what_a_proposal_is_taken_with_is_the_same_for_the_page_and_the_rule(scene):
    scene.proposed()
    scene.tied()
    scene.objected()
    with scene.app.database.reading() as session:
        text = session.get_one(Text, f"{scene.meeting}/{scene.text}")
        proposal = session.get_one(Proposal, scene.names[0])
        deals = [
            ([(passage.paragraph.id, part.id) for passage, part in deal.parts], list(deal.objecting))
            for deal in (deal_of(session, text, proposal), sheet_of(session, text).deal(proposal))
        ]
    assert deals[0] == deals[1] == ([(scene.one, scene.names[0]), (scene.two, scene.names[1])], ["KZ"])
