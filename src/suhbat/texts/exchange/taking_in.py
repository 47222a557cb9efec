"""From a delegation's Word file to acts: what would be proposed, revised or cannot be placed; nothing is done here."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from suhbat.formats.names import state_name
from suhbat.ground.language import Lazy, lazy
from suhbat.ground.refusals import Refused
from suhbat.texts.exchange.word_in import File, Mine, Read, matched
from suhbat.texts.finding import base_of, fit
from suhbat.texts.sheet import Line, Sheet
from suhbat.texts.wording.brackets import Asked, Compiled, compiled, together
from suhbat.texts.wording.cleaning import cleaned
from suhbat.texts.wording.numbering import typed

OTHERS = ("Chair",)


@dataclass(frozen=True)
class Intent:
    """One act that the file asks for, with the brackets it would make."""

    act: str
    wish: dict[str, Any]
    label: str
    nodes: Compiled
    untracked: bool = False
    """Whether words were changed without tracking."""


@dataclass
class Plan:
    """What a file asks for, and what in it could not be placed."""

    intents: list[Intent] = field(default_factory=list)
    unplaced: list[tuple[str, Lazy]] = field(default_factory=list)
    """Words of the file, and why nothing comes of them."""
    left_alone: list[str] = field(default_factory=list)
    """Other parties in whose name there are changes."""
    own_authors: list[str] = field(default_factory=list)
    """Names in Word whose changes count as the delegation's."""


def plan(session: Session, sheet: Sheet, file: File, delegation: str) -> Plan:
    """Read a file as one delegation's."""
    parties = [state_name(state, "en") for state in sheet.text.order] + list(OTHERS)
    mine = Mine(state_name(delegation, "en"), parties)
    made = Plan(
        left_alone=sorted(name for name in file.authors if not mine(name)),
        own_authors=sorted(name for name in file.authors if mine(name)),
        unplaced=[(words[:200], lazy("Tables and boxes are not read.")) for words in file.unread],
    )
    known = {line.paragraph.id: typed(line.paragraph.wording, sheet.labels) for line in sheet.lines if line.shown}
    last: str | None = None
    seen: set[str] = set()
    for read, name in matched(file, known):
        line = sheet.line(name) if name else None
        if line is None:
            _fresh(sheet, made, read, mine, last)
        else:
            _one(session, sheet, made, line, read, mine, delegation)
            seen.add(name)
            last = name
    for line in sheet.lines:
        if line.paragraph.wording and line.paragraph.id not in seen:
            made.unplaced.append((line.label, lazy("This paragraph is not in the file. Propose to leave it out.")))
    return made


def _one(session: Session, sheet: Sheet, made: Plan, line: Line, read: Read, mine: Mine, delegation: str) -> None:
    held = [each for each in line.open if delegation in each.holders]
    now = together(line.paragraph.wording, [each.wording for each in held], sheet.text.algorithm)
    given = read.as_held_by(mine)
    if given == typed(now, sheet.labels):
        _loose_comments(made, line, read, mine)
        return
    try:
        wording = fit(given, sheet.labels)
    except Refused as refusal:
        made.unplaced.append((given[:200], lazy("%(why)s") % {"why": refusal.fields.get("wording", refusal.why)}))
        return
    if line.paragraph.state != "open":
        made.unplaced.append((given[:200], lazy("Paragraph %(label)s is closed.") % {"label": line.label}))
        return
    revision = _revision(read, line)
    base = typed(base_of(session, line.paragraph, revision), sheet.labels)
    untracked = read.base() != base
    wish: dict[str, Any] = {"wording": wording, "note": _note(read, mine)}
    if not wording:
        act, wish = "proposal.made", {"kind": "deletion", "paragraph": line.paragraph.id, "revision": revision}
    elif not held:
        act, wish = "proposal.made", wish | {"paragraph": line.paragraph.id, "revision": revision}
    elif len(held) == 1 and held[0].by == delegation and held[0].kind in {"wording", "addition"}:
        act, wish = "proposal.revised", wish | {"proposal": held[0].id, "seen": held[0].changed}
    else:
        made.unplaced.append((given[:200], lazy("You hold several proposals here. Revise them one by one.")))
        return
    if act == "proposal.revised" and wording == line.paragraph.wording:
        made.unplaced.append((given[:200], lazy("You no longer ask for a change here: withdraw your proposal.")))
        return
    made.intents.append(Intent(act, wish, line.label, _preview(sheet, line, wording, delegation), untracked))


def _revision(read: Read, line: Line) -> int:
    number = read.mark.rpartition("_")[2]
    return int(number) if number.isdigit() and int(number) <= line.paragraph.revision else line.paragraph.revision


def _preview(sheet: Sheet, line: Line, wording: str, delegation: str) -> Compiled:
    asked = [Asked("file", (delegation,), wording)]
    return compiled(line.paragraph.wording, asked, sheet.order, sheet.text.algorithm)


def _fresh(sheet: Sheet, made: Plan, read: Read, mine: Mine, last: str | None) -> None:
    """A paragraph of the file that is none of ours: a new one, unless it is the title."""
    given = read.as_held_by(mine)
    if not given or given == sheet.text.title:
        return
    if last is None:
        made.unplaced.append((given[:200], lazy("It stands before the first paragraph; propose it there by hand.")))
        return
    kind = "section" if read.style.startswith("Heading") else "operative"
    wish = {"kind": "addition", "paragraph": last, "new_kind": kind, "wording": given, "note": _note(read, mine)}
    nodes = compiled("", [Asked("file", (mine.own,), given)], [mine.own], sheet.text.algorithm)
    tracked = any(mine(piece.inserted_by) for piece in read.pieces)
    made.intents.append(Intent("proposal.made", wish, sheet.labels[last], nodes, not tracked))


def _note(read: Read, mine: Mine) -> str:
    return "\n".join(words for author, words in read.comments if mine(author))[:2_000]


def _loose_comments(made: Plan, line: Line, read: Read, mine: Mine) -> None:
    """Own comments that are new: those that went out as reasons of proposals come back as they were."""
    known = {cleaned(each.note) for each in line.live}
    for author, words in read.comments:
        if author and mine(author) and cleaned(words) not in known:
            made.unplaced.append((words[:200], lazy("A comment without a change; keep it as a note of your own.")))
