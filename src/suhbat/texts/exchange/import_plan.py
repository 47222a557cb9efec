"""From a delegation's Word file to acts: what would be proposed, revised or cannot be placed; nothing is done here."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from suhbat.formats.state_names import formal_name, state_name
from suhbat.ground.language import LANGUAGES, Lazy, lazy
from suhbat.ground.refusals import Refused
from suhbat.texts.exchange.docx_export import author_of
from suhbat.texts.exchange.docx_import import File, Mine, Read
from suhbat.texts.exchange.paragraph_matching import matched
from suhbat.texts.place_labels import place_said
from suhbat.texts.text_lookup import base_of, fit, fit_for
from suhbat.texts.view.text_view import Line, Sheet
from suhbat.texts.wording.brackets import Asked, Compiled, compiled, together
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


def plan(session: Session, sheet: Sheet, file: File, delegation: str) -> Plan:
    """Read a file as one delegation's."""
    parties = [name for state in sheet.text.order for name in _names(state)] + list(OTHERS)
    mine = Mine(state_name(delegation, "en"), parties, _names(delegation))
    made = Plan(
        left_alone=sorted(name for name in file.authors if not mine(name)),
        own_authors=sorted(name for name in file.authors if mine(name)),
        unplaced=[(words[:200], lazy("Tables and boxes are not read.")) for words in file.unread],
    )
    known = {line.paragraph.id: typed(line.paragraph.wording, sheet.labels) for line in sheet.whole if line.shown}
    last: str | None = None
    seen: set[str] = set()
    reads = _named(matched(file, known), mine)
    joined = False
    for n, (read, name) in enumerate(reads):
        line = sheet.line(name) if name else None
        if joined:
            joined = False
        elif line is None:
            _fresh(sheet, made, read, mine, last)
        elif mine(read.mark_struck_by) and _joins(read, reads[n + 1 : n + 2], mine):
            _merged(sheet, made, line, read, reads[n + 1], mine, delegation)
            joined = True
        else:
            if read.came_from is not None and line is not sheet.title:
                _moved(made, line, last, delegation)
            _one(session, sheet, made, line, read, mine, delegation)
        if line is not None and line is not sheet.title:
            seen.add(name)
            last = name
    for line in sheet.lines:
        if line.paragraph.wording and line.paragraph.id not in seen:
            missing = lazy("This paragraph is not in the file. Propose to leave it out.")
            made.unplaced.append((place_said(line.label), missing))
    return made


def _closed(line: Line) -> Lazy:
    return lazy("Paragraph %(label)s is closed.") % {"label": place_said(line.label)}


def _names(state: str) -> list[str]:
    """Every name a party may have in somebody's Word: short and formal, in all languages, and its code."""
    return [state, *(name(state, code) for code in LANGUAGES for name in (state_name, formal_name))]


def _named(found: list[tuple[Read, str]], mine: Mine) -> list[tuple[Read, str]]:
    """The paragraphs in the order that the delegation wants: where it moved one away, that stands only where it went.

    Moves by others are undone.
    """
    names = {id(read): name for read, name in found}
    made = []
    for read, name in found:
        if read.came_from is None:
            if not (read.went and mine(read.went)):
                made.append((read, name))
        elif mine(read.came_from.went):
            made.append((read, name or names.get(id(read.came_from), "")))
    return made


def _moved(made: Plan, line: Line, after: str | None, delegation: str) -> None:
    held = [each for each in line.live if each.kind == "move" and delegation in each.holders]
    if any((each.after or "") == (after or "") for each in held):
        return
    if held:
        made.unplaced.append((place_said(line.label), lazy("You hold several proposals here. Revise them one by one.")))
        return
    if line.paragraph.state != "open":
        made.unplaced.append((place_said(line.label), _closed(line)))
        return
    inputs = {"kind": "move", "paragraph": line.paragraph.id, "revision": line.paragraph.revision, "after": after}
    made.intents.append(Intent("proposal.made", inputs, line.label, (line.paragraph.wording,)))


def _joins(read: Read, following: list[tuple[Read, str]], mine: Mine) -> bool:
    """Whether a paragraph whose end was taken away runs on into another; where one is empty, nothing is joined."""
    return bool(following and read.as_held_by(mine) and following[0][1] and following[0][0].as_held_by(mine))


def _merged(
    sheet: Sheet, made: Plan, line: Line, read: Read, following: tuple[Read, str], mine: Mine, delegation: str
) -> None:
    """Two paragraphs as one, where somebody took away the end of the first."""
    first, second = read.as_held_by(mine), following[0].as_held_by(mine)
    given = first + ("" if ord(first[-1]) >= _WIDE else " ") + second
    held = [each for each in sheet.lines if each.paragraph.wording]
    at = next((n for n, each in enumerate(held) if each is line), -1)
    beside = held[at + 1] if 0 <= at < len(held) - 1 else None
    if _fitting(made, given, sheet.labels) is None:
        return
    if beside is None or beside.paragraph.id != following[1] or following[0].mark_struck_by:
        made.unplaced.append((given[:200], lazy("Only a paragraph and the one that follows it can be joined.")))
    elif {line.paragraph.state, beside.paragraph.state} != {"open"}:
        made.unplaced.append((given[:200], _closed(line)))
    elif any(delegation in each.holders for each in [*line.open, *beside.open]):
        made.unplaced.append((given[:200], lazy("You hold several proposals here. Revise them one by one.")))
    else:
        inputs = {"kind": "merge", "paragraph": line.paragraph.id, "revision": line.paragraph.revision}
        inputs |= {"wording": given, "note": _note(read, mine)}
        made.intents.append(Intent("proposal.made", inputs, line.label, _preview(sheet, line, given, delegation)))


def _one(session: Session, sheet: Sheet, made: Plan, line: Line, read: Read, mine: Mine, delegation: str) -> None:
    held = [each for each in line.open if delegation in each.holders]
    now = cleaned(together(line.paragraph.wording, [each.wording for each in held], sheet.text.algorithm))
    given = read.as_held_by(mine)
    if given == typed(now, sheet.labels):
        _loose_comments(made, line, read, mine)
        return
    wording = _fitting(made, given, sheet.labels, line)
    if wording is None:
        return
    if line.paragraph.state != "open":
        made.unplaced.append((given[:200], _closed(line)))
        return
    revision = _revision(read, line)
    base = typed(base_of(session, line.paragraph, revision), sheet.labels)
    untracked = (read.came_from or read).base() != base
    inputs: dict[str, Any] = {"wording": wording, "note": _note(read, mine)}
    if not wording:
        act, inputs = "proposal.made", {"kind": "deletion", "paragraph": line.paragraph.id, "revision": revision}
    elif not held:
        act, inputs = "proposal.made", inputs | {"paragraph": line.paragraph.id, "revision": revision}
    elif len(held) == 1 and held[0].by == delegation and held[0].kind in {"wording", "addition"}:
        act, inputs = "proposal.revised", inputs | {"proposal": held[0].id, "seen": held[0].changed}
    else:
        made.unplaced.append((given[:200], lazy("You hold several proposals here. Revise them one by one.")))
        return
    if act == "proposal.revised" and wording == line.paragraph.wording:
        made.unplaced.append((given[:200], lazy("You no longer ask for a change here: withdraw your proposal.")))
        return
    made.intents.append(Intent(act, inputs, line.label, _preview(sheet, line, wording, delegation), untracked))


def _fitting(made: Plan, given: str, labels: dict[str, str], line: Line | None = None) -> str | None:
    """A wording as a proposal takes it; what no proposal can carry is listed."""
    if len(given) > MOST_LETTERS:
        made.unplaced.append((given[:200], lazy("A paragraph has 8,000 letters at most.")))
        return None
    try:
        return fit_for(line.paragraph, given, labels) if line else fit(given, labels)
    except Refused as refusal:
        made.unplaced.append((given[:200], refusal.fields.get("wording", refusal.why)))
        return None


def _revision(read: Read, line: Line) -> int:
    number = (read.mark or (read.came_from.mark if read.came_from else "")).rpartition("_")[2]
    return int(number) if number.isdigit() and int(number) <= line.paragraph.revision else line.paragraph.revision


def _preview(sheet: Sheet, line: Line, wording: str, delegation: str) -> Compiled:
    asked = [Asked("file", (delegation,), wording)]
    return compiled(line.paragraph.wording, asked, sheet.order, sheet.text.algorithm)


def _fresh(sheet: Sheet, made: Plan, read: Read, mine: Mine, last: str | None) -> None:
    """A paragraph of the file that is none of ours: a new one, unless it is the title."""
    given = read.as_held_by(mine)
    if not given or given == sheet.text.title:
        return
    last = last or (
        sheet.title.paragraph.id if sheet.title else None
    )  # what stands before all others follows the title
    if last is None:
        made.unplaced.append((given[:200], lazy("It stands before the first paragraph; propose it there by hand.")))
        return
    if _fitting(made, given, sheet.labels) is None:
        return
    if sum(each.inputs.get("kind") == "addition" for each in made.intents) >= MOST_FRESH:
        made.unplaced.append((given[:200], lazy("There are too many new paragraphs: is this the right file?")))
        return
    kind = "section" if read.style.startswith("Heading") else "operative"
    inputs = {"kind": "addition", "paragraph": last, "new_kind": kind, "wording": given, "note": _note(read, mine)}
    nodes = compiled("", [Asked("file", (mine.own,), given)], [mine.own], sheet.text.algorithm)
    tracked = any(mine(piece.inserted_by) for piece in read.pieces)
    made.intents.append(Intent("proposal.made", inputs, sheet.labels[last], nodes, not tracked))


def _note(read: Read, mine: Mine) -> str:
    return "\n".join(words for author, words in read.comments if mine(author))[:2_000]


def _loose_comments(made: Plan, line: Line, read: Read, mine: Mine) -> None:
    """Own comments that are new: those that went out as reasons of proposals come back as they were."""
    known = {cleaned(each.note) for each in line.live}
    moves = {author_of(each.holders) for each in line.live if each.kind == "move"}
    for author, words in read.comments:
        if author and mine(author) and cleaned(words) not in known and author not in moves:
            made.unplaced.append((words[:200], lazy("A comment without a change; keep it as a note of your own.")))
