"""Random acts by six delegations and the chair's drafter, one after the other, for the property tests."""

import random
from typing import Any

from sqlalchemy import select

from suhbat.texts.models import Proposal, Text
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.view.text_view import Sheet, sheet_of
from suhbat.texts.wording.tokens import tokens

SIX = ("JP", "KZ", "KG", "TJ", "TM", "UZ")
PASTED = (
    "Recalling the Dialogue,\n\n1. The Ministers met and agreed.\n\n"
    "2. They thanked their experts for the report of 2 billion yen.\n\n3. They will meet again."
)
WORDS = ("warmly", "2 billion yen", "in 2021", "experts", "§1", "и", "協力", "[", "–", "{note: As of 11 August 2020.}")

ON_PARAGRAPHS = (
    "propose", "propose", "propose", "add", "add at the end", "leave out", "ask to move", "part", "part", "join two",
    "compromise", "redraft", "redraft in parts", "strike", "move", "close", "reopen", "hush", "break", "lift",
)  # fmt: skip
ON_PROPOSALS = (
    "amend", "amend", "revise", "join", "withdraw", "fix", "fix", "answer", "take", "take", "set aside", "take up",
    "fold in", "tie", "tie", "untie",
)  # fmt: skip


def current_sheet(table: Table) -> Sheet:
    """The text as it is now, detached from the database."""
    with table.app.database.reading() as session:
        sheet = sheet_of(session, session.get_one(Text, table.state().id))
        session.expunge_all()
        return sheet


def proposals_of(table: Table) -> list[Proposal]:
    """All that was ever proposed, by number."""
    with table.app.database.reading() as session:
        query = select(Proposal).where(Proposal.text == table.state().id).order_by(Proposal.number)
        proposals = list(session.scalars(query))
        session.expunge_all()
        return proposals


def other_words(wording: str, dice: random.Random) -> str:
    """A wording that a drafter could make of another: a few words changed, left out or put in."""
    words = list(tokens(wording))
    at = dice.randrange(len(words) + 1)
    words[at : at + dice.randrange(3)] = [dice.choice(WORDS), " "] if dice.random() < 0.8 else []
    return "".join(words).strip() or "Words."


def in_parts(wording: str, dice: random.Random) -> str:
    """The wording with a blank line in it, and perhaps other words."""
    words = tokens(other_words(wording, dice) if dice.random() < 0.3 else wording)
    at = dice.randrange(len(words) + 1)
    return "".join(words[:at]).strip() + "\n\n" + "".join(words[at:]).strip()


def step(table: Table, sheet: Sheet, kind: str, state: str, dice: random.Random) -> Any:  # noqa: PLR0911, PLR0912  (a case per act)
    """One act, if there is anything to act on; returns what the door returned."""
    if kind in ON_PROPOSALS:
        return _on_proposals(table, kind, state, dice)
    paragraph = dice.choice(sheet.whole if dice.random() < 0.1 else sheet.visible_lines or sheet.lines).paragraph
    silence = next((running.id for _, running in sheet.paragraph_silences), None)
    shown_ids = [line.paragraph.id for line in sheet.visible_lines]
    with_revision = {"paragraph": paragraph.id, "revision": paragraph.revision}
    with_last_change = {"paragraph": paragraph.id, "seen": paragraph.changed}
    words = paragraph.wording
    match kind:
        case "propose":
            return table.do(state, "proposal.made", **with_revision, wording=other_words(words, dice))
        case "part":
            return table.do(state, "proposal.made", **with_revision, wording=in_parts(words, dice))
        case "join two":
            following = next((sheet.lines[n + 1] for n, line in enumerate(sheet.lines[:-1])
                              if line.paragraph.id == paragraph.id), None)  # fmt: skip
            joined = f"{words} {following.paragraph.wording if following else ''}".strip()
            return table.do(state, "proposal.made", kind="merge", **with_revision, wording=joined)
        case "add":
            inputs = {"kind": "addition", "wording": f"{state} adds {dice.randrange(99)}."}
            return table.do(state, "proposal.made", paragraph=paragraph.id, **inputs)
        case "add at the end":
            return table.do(state, "proposal.made", kind="addition", wording=f"{state} ends {dice.randrange(99)}.")
        case "leave out":
            return table.do(state, "proposal.made", kind="deletion", **with_revision)
        case "ask to move":
            return table.do(state, "proposal.made", kind="move", after=dice.choice([None, *shown_ids]), **with_revision)
        case "compromise":
            return table.do("chair", "compromise.offered", **with_revision, wording=other_words(words, dice))
        case "redraft":
            return table.do("chair", "paragraph.redrafted", **with_last_change, wording=other_words(words, dice))
        case "redraft in parts":
            return table.do("chair", "paragraph.redrafted", **with_last_change, wording=in_parts(words, dice))
        case "strike":
            return table.do("chair", "paragraph.redrafted", **with_last_change, strike=True)
        case "move":
            return table.do("chair", "paragraph.moved", **with_last_change, after=dice.choice([None, *shown_ids]))
        case "hush":
            inputs = {"paragraph": paragraph.id, "deadline": "2021-08-13T18:00"}
            return table.do("chair", "silence.started", **inputs)
        case "break" | "lift" if silence is None:
            return None
        case "break":
            return table.do(state, "silence.broken", silence=silence, reason="We need more time.")
        case "lift":
            return table.do("chair", "silence.lifted", silence=silence)
        case "close":
            return table.do(
                "chair", "paragraph.closed", **with_last_change, how=dice.choice(["agreed", "ad-referendum"])
            )
        case _:
            return table.do("chair", "paragraph.reopened", paragraph=paragraph.id, reason="A capital asks.")


def _on_proposals(table: Table, kind: str, state: str, dice: random.Random) -> Any:  # noqa: PLR0911, PLR0912
    every = proposals_of(table)
    statuses = {"set-aside"} if kind == "take up" else {"open", "flagged"}
    candidates = [proposal for proposal in every if proposal.status in statuses]
    if kind == "fix":
        candidates = [proposal for proposal in candidates if proposal.status == "flagged"]
    if kind == "untie":
        candidates = [proposal for proposal in candidates if proposal.package]
    if not candidates:
        return None
    chosen = dice.choice(candidates)
    with_id = {"proposal": chosen.id}
    with_last_change = with_id | {"seen": chosen.changed}
    maker = "chair" if chosen.by == "CHAIR" else chosen.by
    match kind:
        case "amend":
            inputs = {"paragraph": chosen.paragraph, "amends": chosen.id, "seen": chosen.worded}
            return table.do(state, "proposal.made", wording=other_words(chosen.wording, dice), **inputs)
        case "revise":
            return table.do(maker, "proposal.revised", **with_last_change, wording=other_words(chosen.wording, dice))
        case "join":
            return table.do(state, "proposal.joined", **with_id)
        case "withdraw":
            holder = dice.choice(chosen.holders)
            return table.do("chair" if holder == "CHAIR" else holder, "proposal.withdrawn", **with_id)
        case "fix":
            return table.do(maker, "proposal.repaired", **with_last_change, how=dice.choice(["keep", "fit"]))
        case "answer":
            return table.answer(state, chosen.id, dice.choice(["supports", "can-accept", "reserves"]))
        case "take":
            return table.incorporate(chosen.id)
        case "set aside":
            return table.do("chair", "proposal.set_aside", **with_id, reason="Later")
        case "take up":
            return table.do("chair", "proposal.taken_up", **with_id)
        case "fold in":
            paragraph = table.paragraph_by_id(chosen.paragraph)
            inputs = {"paragraph": paragraph.id, "seen": paragraph.changed, "merged": [chosen.id]}
            return table.do("chair", "paragraph.redrafted", **inputs, wording=other_words(chosen.wording, dice))
        case "tie":
            free = [proposal.id for proposal in candidates if not proposal.package]
            deal = dice.sample(free, min(len(free), dice.randrange(2, 4)))
            return table.do("chair", "package.tied", title="A deal", proposals=deal)
        case _:
            return table.do("chair", "package.untied", package=chosen.package)
