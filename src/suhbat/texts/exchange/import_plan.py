"""From a delegation's Word file to acts: what would be proposed, revised or cannot be placed; nothing is done here."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from suhbat.formats.state_names import formal_name, state_name
from suhbat.ground.language import LANGUAGES, Lazy, lazy
from suhbat.ground.refusals import Refused
from suhbat.texts.exchange.docx_export import author_of
from suhbat.texts.exchange.docx_import import File, FileParagraph, Mine
from suhbat.texts.exchange.paragraph_matching import matched
from suhbat.texts.place_labels import place_label
from suhbat.texts.text_guard_checks import base_of, fit, fit_for
from suhbat.texts.view.text_view import Line, Sheet
from suhbat.texts.wording.brackets import Compiled, ProposedWording, compiled, together
from suhbat.texts.wording.numbering import typed
from suhbat.texts.wording.unicode_cleaning import cleaned

OTHERS = ("Chair",)
MOST_LETTERS = 8_000
MOST_FRESH = 60
"""New paragraphs that one file may ask for; more than that is another document."""
_WIDE = 0x2E80
"""From this letter on scripts have no spaces between sentences."""


@dataclass(frozen=True)
class Intent:
    """One act that the file asks for, with the brackets it would make."""

    act: str
    inputs: dict[str, Any]
    label: str
    nodes: Compiled
    untracked: bool = False
    """Whether words were changed without tracking."""


@dataclass
class Plan:
    """What a file asks for, and what in it could not be placed."""

    intents: list[Intent] = field(default_factory=list)
    unplaced: list[tuple[str, Lazy | str]] = field(default_factory=list)
    """Words of the file, and why nothing comes of them."""
    left_alone: list[str] = field(default_factory=list)
    """Other parties in whose name there are changes."""
    own_authors: list[str] = field(default_factory=list)
    """Names in Word whose changes count as the delegation's."""


def plan_for(session: Session, sheet: Sheet, file: File, delegation: str) -> Plan:
    """What a file asks for, read as the file of one delegation."""
    parties = [name for state in sheet.text.order for name in _names(state)] + list(OTHERS)
    mine = Mine(state_name(delegation, "en"), parties, _names(delegation))
    plan = Plan(
        left_alone=sorted(name for name in file.authors if not mine(name)),
        own_authors=sorted(name for name in file.authors if mine(name)),
        unplaced=[(words[:200], lazy("Tables and boxes are not read.")) for words in file.unread],
    )
    our_wordings = {
        line.paragraph.id: typed(line.paragraph.wording, sheet.labels) for line in sheet.whole if line.visible
    }
    last: str | None = None
    seen_ids: set[str] = set()
    paragraphs = _in_wanted_order(matched(file, our_wordings), mine)
    skip_next = False
    for n, (paragraph, paragraph_id) in enumerate(paragraphs):
        line = sheet.line(paragraph_id) if paragraph_id else None
        if skip_next:
            skip_next = False
        elif line is None:
            _new_paragraph(sheet, plan, paragraph, mine, last)
        elif mine(paragraph.mark_struck_by) and _joins(paragraph, paragraphs[n + 1 : n + 2], mine):
            _merged(sheet, plan, line, paragraph, paragraphs[n + 1], mine, delegation)
            skip_next = True
        else:
            if paragraph.came_from is not None and line is not sheet.title:
                _moved(plan, line, last, delegation)
            _wording_change(session, sheet, plan, line, paragraph, mine, delegation)
        if line is not None and line is not sheet.title:
            seen_ids.add(paragraph_id)
            last = paragraph_id
    for line in sheet.lines:
        if line.paragraph.wording and line.paragraph.id not in seen_ids:
            missing = lazy("This paragraph is not in the file. Propose to leave it out.")
            plan.unplaced.append((place_label(line.label), missing))
    return plan


def _closed(line: Line) -> Lazy:
    return lazy("Paragraph %(label)s is closed.") % {"label": place_label(line.label)}


def _names(state: str) -> list[str]:
    """Every name a party may have in somebody's Word: short and formal, in all languages, and its code."""
    return [state, *(name(state, code) for code in LANGUAGES for name in (state_name, formal_name))]


def _in_wanted_order(matches: list[tuple[FileParagraph, str]], mine: Mine) -> list[tuple[FileParagraph, str]]:
    """The paragraphs in the order that the delegation wants: where it moved one away, that stands only where it went.

    Moves by others are undone.
    """
    ids = {id(paragraph): paragraph_id for paragraph, paragraph_id in matches}
    ordered = []
    for paragraph, paragraph_id in matches:
        if paragraph.came_from is None:
            if not (paragraph.went and mine(paragraph.went)):
                ordered.append((paragraph, paragraph_id))
        elif mine(paragraph.came_from.went):
            ordered.append((paragraph, paragraph_id or ids.get(id(paragraph.came_from), "")))
    return ordered


def _moved(plan: Plan, line: Line, after: str | None, delegation: str) -> None:
    own_moves = [proposal for proposal in line.live if proposal.kind == "move" and delegation in proposal.holders]
    if any((proposal.after or "") == (after or "") for proposal in own_moves):
        return
    if own_moves:
        plan.unplaced.append(
            (place_label(line.label), lazy("You hold several proposals here. Revise them one by one."))
        )
        return
    if line.paragraph.status != "open":
        plan.unplaced.append((place_label(line.label), _closed(line)))
        return
    inputs = {"kind": "move", "paragraph": line.paragraph.id, "revision": line.paragraph.revision, "after": after}
    plan.intents.append(Intent("proposal.made", inputs, line.label, (line.paragraph.wording,)))


def _joins(paragraph: FileParagraph, following: list[tuple[FileParagraph, str]], mine: Mine) -> bool:
    """Whether a paragraph whose end was taken away runs on into another; where one is empty, nothing is joined."""
    return bool(following and paragraph.as_held_by(mine) and following[0][1] and following[0][0].as_held_by(mine))


def _merged(
    sheet: Sheet,
    plan: Plan,
    line: Line,
    paragraph: FileParagraph,
    following: tuple[FileParagraph, str],
    mine: Mine,
    delegation: str,
) -> None:
    """Two paragraphs as one, where somebody took away the end of the first."""
    first, second = paragraph.as_held_by(mine), following[0].as_held_by(mine)
    wording = first + ("" if ord(first[-1]) >= _WIDE else " ") + second
    lines = [other for other in sheet.lines if other.paragraph.wording]
    at = next((n for n, other in enumerate(lines) if other is line), -1)
    beside = lines[at + 1] if 0 <= at < len(lines) - 1 else None
    if _fitting(plan, wording, sheet.labels) is None:
        return
    if beside is None or beside.paragraph.id != following[1] or following[0].mark_struck_by:
        plan.unplaced.append((wording[:200], lazy("Only a paragraph and the one that follows it can be joined.")))
    elif {line.paragraph.status, beside.paragraph.status} != {"open"}:
        plan.unplaced.append((wording[:200], _closed(line)))
    elif any(delegation in proposal.holders for proposal in [*line.open, *beside.open]):
        plan.unplaced.append((wording[:200], lazy("You hold several proposals here. Revise them one by one.")))
    else:
        inputs = {"kind": "merge", "paragraph": line.paragraph.id, "revision": line.paragraph.revision}
        inputs |= {"wording": wording, "note": _note(paragraph, mine)}
        plan.intents.append(Intent("proposal.made", inputs, line.label, _preview(sheet, line, wording, delegation)))


def _wording_change(
    session: Session, sheet: Sheet, plan: Plan, line: Line, paragraph: FileParagraph, mine: Mine, delegation: str
) -> None:
    own_proposals = [proposal for proposal in line.open if delegation in proposal.holders]
    now = cleaned(
        together(line.paragraph.wording, [proposal.wording for proposal in own_proposals], sheet.text.algorithm)
    )
    file_wording = paragraph.as_held_by(mine)
    if file_wording == typed(now, sheet.labels):
        _loose_comments(plan, line, paragraph, mine)
        return
    wording = _fitting(plan, file_wording, sheet.labels, line)
    if wording is None:
        return
    if line.paragraph.status != "open":
        plan.unplaced.append((file_wording[:200], _closed(line)))
        return
    revision = _revision(paragraph, line)
    base = typed(base_of(session, line.paragraph, revision), sheet.labels)
    untracked = (paragraph.came_from or paragraph).base() != base
    inputs: dict[str, Any] = {"wording": wording, "note": _note(paragraph, mine)}
    if not wording:
        act, inputs = "proposal.made", {"kind": "deletion", "paragraph": line.paragraph.id, "revision": revision}
    elif not own_proposals:
        act, inputs = "proposal.made", inputs | {"paragraph": line.paragraph.id, "revision": revision}
    elif (
        len(own_proposals) == 1
        and own_proposals[0].by == delegation
        and own_proposals[0].kind in {"wording", "addition"}
    ):
        act, inputs = "proposal.revised", inputs | {"proposal": own_proposals[0].id, "seen": own_proposals[0].changed}
    else:
        plan.unplaced.append((file_wording[:200], lazy("You hold several proposals here. Revise them one by one.")))
        return
    if act == "proposal.revised" and wording == line.paragraph.wording:
        plan.unplaced.append((file_wording[:200], lazy("You no longer ask for a change here: withdraw your proposal.")))
        return
    plan.intents.append(Intent(act, inputs, line.label, _preview(sheet, line, wording, delegation), untracked))


def _fitting(plan: Plan, file_wording: str, labels: dict[str, str], line: Line | None = None) -> str | None:
    """A wording as a proposal takes it; what no proposal can carry is listed."""
    if len(file_wording) > MOST_LETTERS:
        plan.unplaced.append((file_wording[:200], lazy("A paragraph has 8,000 letters at most.")))
        return None
    try:
        return fit_for(line.paragraph, file_wording, labels) if line else fit(file_wording, labels)
    except Refused as refusal:
        plan.unplaced.append((file_wording[:200], refusal.fields.get("wording", refusal.why)))
        return None


def _revision(paragraph: FileParagraph, line: Line) -> int:
    number = (paragraph.mark or (paragraph.came_from.mark if paragraph.came_from else "")).rpartition("_")[2]
    return int(number) if number.isdigit() and int(number) <= line.paragraph.revision else line.paragraph.revision


def _preview(sheet: Sheet, line: Line, wording: str, delegation: str) -> Compiled:
    return compiled(
        line.paragraph.wording, [ProposedWording("file", (delegation,), wording)], sheet.order, sheet.text.algorithm
    )


def _new_paragraph(sheet: Sheet, plan: Plan, paragraph: FileParagraph, mine: Mine, last: str | None) -> None:
    """A paragraph of the file that is none of ours: a new one, unless it is the title."""
    wording = paragraph.as_held_by(mine)
    if not wording or wording == sheet.text.title:
        return
    last = last or (
        sheet.title.paragraph.id if sheet.title else None
    )  # what stands before all others follows the title
    if last is None:
        plan.unplaced.append((wording[:200], lazy("It stands before the first paragraph; propose it there by hand.")))
        return
    if _fitting(plan, wording, sheet.labels) is None:
        return
    if sum(intent.inputs.get("kind") == "addition" for intent in plan.intents) >= MOST_FRESH:
        plan.unplaced.append((wording[:200], lazy("There are too many new paragraphs: is this the right file?")))
        return
    kind = "section" if paragraph.style.startswith("Heading") else "operative"
    inputs = {
        "kind": "addition",
        "paragraph": last,
        "new_kind": kind,
        "wording": wording,
        "note": _note(paragraph, mine),
    }
    nodes = compiled("", [ProposedWording("file", (mine.own,), wording)], [mine.own], sheet.text.algorithm)
    tracked = any(mine(piece.inserted_by) for piece in paragraph.pieces)
    plan.intents.append(Intent("proposal.made", inputs, sheet.labels[last], nodes, not tracked))


def _note(paragraph: FileParagraph, mine: Mine) -> str:
    return "\n".join(words for author, words in paragraph.comments if mine(author))[:2_000]


def _loose_comments(plan: Plan, line: Line, paragraph: FileParagraph, mine: Mine) -> None:
    """Own comments that are new: those that went out as reasons of proposals come back as they were."""
    known_notes = {cleaned(proposal.note) for proposal in line.live}
    moves = {author_of(proposal.holders) for proposal in line.live if proposal.kind == "move"}
    for author, words in paragraph.comments:
        if author and mine(author) and cleaned(words) not in known_notes and author not in moves:
            plan.unplaced.append((words[:200], lazy("A comment without a change; keep it as a note of your own.")))
