"""The negotiating table of the tests: six delegations, a chair, a drafter, one text."""

from typing import Any

from suhbat.acts.app import App
from suhbat.acts.roles_and_seats import Actor
from suhbat.texts.models import Paragraph, Proposal, Text
from suhbat.texts.text_guard_checks import labels_of, live_on, paragraphs_of, proposed_wordings, title_and_paragraphs
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

    def actor(self, name: str) -> Actor:
        actor: Actor = {"chair": self.at.chair, "secretariat": self.at.secretariat}.get(name) or self.at.heads[name]
        return actor

    def do(self, by: str | Actor, act: str, **inputs: Any):
        actor = self.actor(by) if isinstance(by, str) else by
        return self.app.door.perform(actor, act, {"meeting": self.meeting, "text": self.text, **inputs})

    def paragraph(self, label: str) -> Paragraph:
        with self.app.database.reading() as session:
            text = session.get_one(Text, f"{self.meeting}/{self.text}")
            labels = labels_of(session, text)
            paragraph = next(
                paragraph for paragraph in title_and_paragraphs(session, text.id) if labels[paragraph.id] == label
            )
            session.expunge_all()
            return paragraph

    def proposal(self, proposal_id: str) -> Proposal:
        with self.app.database.reading() as session:
            proposal = session.get_one(Proposal, proposal_id)
            session.expunge_all()
            return proposal

    def state(self) -> Text:
        with self.app.database.reading() as session:
            text = session.get_one(Text, f"{self.meeting}/{self.text}")
            session.expunge_all()
            return text

    def propose(self, by: str, label: str, old: str, new: str, **other: Any) -> str:
        paragraph = self.paragraph(label)
        done = self.do(
            by,
            "proposal.made",
            paragraph=paragraph.id,
            revision=paragraph.revision,
            wording=paragraph.wording.replace(old, new),
            **other,
        )
        return str(done.entry.body["proposal"])

    def entitle(self, language: str, title: str, by: str = "KZ") -> None:
        """The title in another language, confirmed by one delegation."""
        entry_number = self.do("secretariat", "version.titled", language=language, title=title).entry.number
        self.do(by, "version.confirmed", paragraph=self.paragraph("Title").id, language=language, seen=entry_number)

    def answer(self, by: str, proposal: str, stand: str, **other: Any):
        last_change = self.proposal(proposal).changed
        return self.do(by, "position.taken", proposal=proposal, stand=stand, seen=last_change, **other)

    def incorporate(self, proposal: str):
        last_change = self.paragraph_by_id(self.proposal(proposal).paragraph).changed
        return self.do("chair", "proposal.incorporated", proposal=proposal, seen=last_change)

    def paragraph_by_id(self, paragraph_id: str) -> Paragraph:
        with self.app.database.reading() as session:
            paragraph = session.get_one(Paragraph, paragraph_id)
            session.expunge_all()
            return paragraph

    def lines(self) -> list[str]:
        """The compiled text, paragraph by paragraph, with its numbers."""
        with self.app.database.reading() as session:
            text = session.get_one(Text, f"{self.meeting}/{self.text}")
            labels = labels_of(session, text)
            lines = []
            for paragraph in paragraphs_of(session, text.id):
                wordings = proposed_wordings(live_on(session, paragraph.id))
                if paragraph.wording or wordings:
                    nodes = compiled(paragraph.wording, wordings, ("CHAIR", *text.order), text.algorithm)
                    lines.append(f"{labels[paragraph.id]}. {printed(nodes)}")
            return lines
