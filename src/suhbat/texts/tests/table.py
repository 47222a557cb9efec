"""The negotiating table of the tests: six delegations, a chair, a drafter, one text."""

from typing import Any

from suhbat.acts.app import App
from suhbat.acts.roles_and_seats import Actor
from suhbat.texts.models import Paragraph, Proposal, Text
from suhbat.texts.text_lookup import asked_of, labels_of, live_on, paragraphs_of, whole_of
from suhbat.texts.wording.bracket_notation import printed
from suhbat.texts.wording.brackets import compiled

PASTED = """Recalling that 2020 is the sixteenth year of the Dialogue,

1. The Ministers welcomed the grant of nearly 2 billion yen for medical equipment.

2. They agreed to help each other's citizens to return home.

3. They will meet again in 2021."""


class Table:
    def __init__(self, app: App, convened: Any, pasted: str = PASTED, **other: Any) -> None:
        self.app, self.at, self.meeting = app, convened, convened.meeting
        done = app.door.perform(
            convened.chair,
            "text.opened",
            {"meeting": self.meeting, "title": "Joint Statement", "paragraphs": pasted} | other,
        )
        self.text: str = done.reply["text"]

    def actor(self, who: str) -> Actor:
        found: Actor = {"chair": self.at.chair, "secretariat": self.at.secretariat}.get(who) or self.at.heads[who]
        return found

    def do(self, who: str | Actor, act: str, **inputs: Any):
        actor = self.actor(who) if isinstance(who, str) else who
        return self.app.door.perform(actor, act, {"meeting": self.meeting, "text": self.text, **inputs})

    def paragraph(self, label: str) -> Paragraph:
        with self.app.database.reading() as session:
            text = session.get_one(Text, f"{self.meeting}/{self.text}")
            labels = labels_of(session, text)
            found = next(each for each in whole_of(session, text.id) if labels[each.id] == label)
            session.expunge_all()
            return found

    def proposal(self, name: str) -> Proposal:
        with self.app.database.reading() as session:
            found = session.get_one(Proposal, name)
            session.expunge_all()
            return found

    def state(self) -> Text:
        with self.app.database.reading() as session:
            found = session.get_one(Text, f"{self.meeting}/{self.text}")
            session.expunge_all()
            return found

    def propose(self, who: str, label: str, old: str, new: str, **other: Any) -> str:
        paragraph = self.paragraph(label)
        done = self.do(
            who,
            "proposal.made",
            paragraph=paragraph.id,
            revision=paragraph.revision,
            wording=paragraph.wording.replace(old, new),
            **other,
        )
        return str(done.entry.body["proposal"])

    def entitle(self, language: str, title: str, by: str = "KZ") -> None:
        """The title in another language, confirmed by one delegation."""
        seen = self.do("secretariat", "version.titled", language=language, title=title).entry.number
        self.do(by, "version.confirmed", paragraph=self.paragraph("Title").id, language=language, seen=seen)

    def answer(self, who: str, proposal: str, stand: str, **other: Any):
        seen = self.proposal(proposal).changed
        return self.do(who, "position.taken", proposal=proposal, stand=stand, seen=seen, **other)

    def incorporate(self, proposal: str):
        seen = self.paragraph_by_id(self.proposal(proposal).paragraph).changed
        return self.do("chair", "proposal.incorporated", proposal=proposal, seen=seen)

    def paragraph_by_id(self, name: str) -> Paragraph:
        with self.app.database.reading() as session:
            found = session.get_one(Paragraph, name)
            session.expunge_all()
            return found

    def lines(self) -> list[str]:
        """The compiled text, paragraph by paragraph, with its numbers."""
        with self.app.database.reading() as session:
            text = session.get_one(Text, f"{self.meeting}/{self.text}")
            labels = labels_of(session, text)
            made = []
            for each in paragraphs_of(session, text.id):
                asked = asked_of(live_on(session, each.id))
                if each.wording or asked:
                    nodes = compiled(each.wording, asked, ("CHAIR", *text.order), text.algorithm)
                    made.append(f"{labels[each.id]}. {printed(nodes)}")
            return made
