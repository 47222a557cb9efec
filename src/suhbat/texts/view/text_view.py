"""A text laid out for reading: everything a page, a panel or an export needs of it, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from markupsafe import Markup
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from suhbat.texts.models import OutcomeLink, OwnNote, Package, Paragraph, Position, Proposal, Silence, Text
from suhbat.texts.negotiation.cross_references import left_hanging, referring
from suhbat.texts.negotiation.taken_together import Deal, objecting
from suhbat.texts.text_lookup import CHAIR, LIVE, TITLE, Passage, asked_of, positions_on, whole_of
from suhbat.texts.view.negotiation_board import Row, Tally, row, tally
from suhbat.texts.wording import numbering
from suhbat.texts.wording.brackets import Compiled, as_held_by, compiled


@dataclass
class Line:
    """One paragraph with all that hangs on it."""

    paragraph: Paragraph
    label: str
    live: list[Proposal]
    settled: list[Proposal]
    nodes: Compiled
    row: Row
    notes: dict[str, tuple[str, int]] = field(default_factory=dict)
    """The reader's delegation's own `note` and `draft`: the words, and the entry in which they were kept."""
    waits: Mapping[str, Sequence[Proposal]] = field(default_factory=dict)
    """By delegation, what waits for it here: proposals to answer, and own ones to repair."""
    set_out: dict[str, Markup] = field(default_factory=dict)
    """By language, the brackets as they were set out before; see `typesetting.line_brackets`."""
    outcomes: list[str] = field(default_factory=list)
    """The outcomes of the meeting that it puts into words."""

    @property
    def open(self) -> list[Proposal]:
        """The proposals that stand in brackets."""
        return [each for each in self.live if each.state == "open" and each.kind != "move"]

    @property
    def shown(self) -> bool:
        """Whether there is anything to see."""
        return bool(self.paragraph.wording or self.live)

    def held_by(self, delegation: str) -> str:
        """The paragraph as a delegation would have it; empty: not at all."""
        return as_held_by(self.nodes, delegation)


@dataclass
class Sheet:
    """The whole text."""

    text: Text
    lines: list[Line]
    labels: dict[str, str]
    positions: dict[str, dict[str, Position]]
    silences: list[Silence]
    packages: dict[str, Package]
    title: Line | None = None
    """The title, with what hangs on it."""

    @property
    def whole(self) -> list[Line]:
        """The title and all paragraphs."""
        return [*([self.title] if self.title else []), *self.lines]

    @property
    def rows(self) -> list[Line]:
        """What there is to decide: the paragraphs, and the title where somebody would have another."""
        return [*([self.title] if self.title and self.title.live else []), *self.shown]

    @cached_property
    def said(self) -> dict[str, str]:
        """The numbers as they are said in the leading language."""
        return {name: numbering.said(label, self.text.language) for name, label in self.labels.items()}

    @cached_property
    def referring(self) -> dict[str, list[str]]:
        """By paragraph, the paragraphs whose present wording refers to it."""
        return referring((line.paragraph.id, line.paragraph.wording) for line in self.lines)

    @cached_property
    def hanging(self) -> set[str]:
        """The paragraphs that refer to one that is not in the text."""
        there = (line.paragraph.id for line in self.lines if line.paragraph.wording)
        return set(left_hanging(self.referring, there))

    @property
    def order(self) -> list[str]:
        """All who may hold words, in the order in which they are named."""
        return [CHAIR, *self.text.order]

    @cached_property
    def shown(self) -> list[Line]:
        """The paragraphs that are in the text or asked for."""
        return [line for line in self.lines if line.shown]

    @cached_property
    def tally(self) -> Tally:
        """How the paragraphs stand."""
        return tally(line.row for line in self.rows)

    @property
    def silence(self) -> Silence | None:
        """The silence over the whole text that runs now."""
        return next((each for each in self.silences if each.state == "running" and each.paragraph is None), None)

    @property
    def paragraph_silences(self) -> list[tuple[Line, Silence]]:
        """The silences over single paragraphs that run now."""
        running = {each.paragraph: each for each in self.silences if each.state == "running" and each.paragraph}
        return [(line, running[line.paragraph.id]) for line in self.whole if line.paragraph.id in running]

    def line(self, paragraph: str) -> Line | None:
        """A paragraph by its id."""
        return next((each for each in self.whole if each.paragraph.id == paragraph), None)

    def passage(self, line: Line) -> Passage:
        """A paragraph as guards are given it."""
        return Passage(self.text, line.paragraph, line.live, self.silences)

    def deal(self, proposal: Proposal) -> Deal:
        """What a proposal is taken with, as the guard is given it."""
        parts = [
            (self.passage(line), part)
            for line in self.whole
            for part in line.live
            if part.id == proposal.id or (proposal.package and part.package == proposal.package)
        ]
        parts.sort(key=lambda pair: pair[1].number)
        positions = (each for _passage, part in parts for each in self.positions.get(part.id, {}).values())
        return Deal(proposal, parts, objecting(positions))

    def following(self, line: Line) -> Line | None:
        """The paragraph that a paragraph could be made one with: the next that has words."""
        worded = [other for other in self.lines if other.paragraph.wording]
        return next((worded[n + 1] for n, other in enumerate(worded[:-1]) if other is line), None)

    def untied(self, delegation: str) -> list[Proposal]:
        """What a delegation holds and could tie to a package."""
        return [each for line in self.whole for each in line.live if delegation in each.holders and not each.package]

    def points_of(self, delegation: str) -> list[tuple[Line, Proposal]]:
        """What waits for a delegation: proposals to answer, and own ones to repair."""
        return [(line, each) for line in self.rows for each in line.waits.get(delegation, ())]

    def with_notes(self, notes: Mapping[str, dict[str, tuple[str, int]]]) -> "Sheet":
        """The same with a delegation's own notes, by paragraph, laid beside it; what is shared stays as it is."""
        if not notes:
            return self
        lines = [
            replace(line, notes=notes[line.paragraph.id]) if line.paragraph.id in notes else line for line in self.whole
        ]
        title = lines.pop(0) if self.title else None
        return _as_worked_out(replace(self, lines=lines, title=title), self, "tally", *_OF_WORDS)

    def as_entered(self, delegation: str) -> list[Line]:
        """The paragraphs in the order that a delegation would have, each as it would have it: `Line.held_by`."""
        made = list(self.lines)
        moves = [(each, line) for line in made for each in line.live if each.kind == "move" and each.state == "open"]
        for move, line in sorted(moves, key=lambda pair: pair[0].number):
            if delegation in move.holders:
                made.remove(line)
                made.insert(next((n + 1 for n, each in enumerate(made) if each.paragraph.id == move.after), 0), line)
        return [line for line in made if line.shown]

    def alone(self, line: Line, proposal: Proposal) -> Compiled:
        """A paragraph with one proposal only in brackets."""
        asked = asked_of(each for each in line.live if each.id in {proposal.id, proposal.amends})
        return compiled(line.paragraph.wording, asked, self.order, self.text.algorithm)


def sheet_of(session: Session, text: Text, delegation: str = "") -> Sheet:
    """Lay a text out; `delegation` is the reader's own, whose notes are laid beside."""
    paragraphs = whole_of(session, text.id)
    labels = numbering.numbers(paragraphs)
    proposals, positions = _asked(session, Proposal.text == text.id)
    silences = list(session.scalars(select(Silence).where(Silence.text == text.id).order_by(Silence.started)))
    packages = {each.id: each for each in session.scalars(select(Package).where(Package.text == text.id))}
    notes = notes_of(session, text.id, delegation) if delegation else {}
    linked = outcomes_of(session, text.id)
    lines = [_line(text, each, labels[each.id], proposals[each.id], positions, linked[each.id]) for each in paragraphs]
    title = next((line for line in lines if line.paragraph.kind == TITLE), None)
    others = [line for line in lines if line is not title]
    return Sheet(text, others, labels, positions, silences, packages, title).with_notes(notes)


def brought_up(session: Session, text: Text, old: Sheet, touched: Collection[str]) -> Sheet:
    """A text laid out again after acts that asked or answered something in these paragraphs and changed no words."""
    if not touched:
        return _as_worked_out(replace(old, text=text), old, "tally", "shown", *_OF_WORDS)
    proposals, fresh = _asked(session, Proposal.paragraph.in_(touched))
    gone = {each.id for line in old.whole if line.paragraph.id in touched for each in line.live}
    positions = {name: said for name, said in old.positions.items() if name not in gone} | fresh
    lines = [
        _line(text, line.paragraph, line.label, proposals[line.paragraph.id], fresh, line.outcomes)
        if line.paragraph.id in touched
        else line
        for line in old.whole
    ]
    title = lines.pop(0) if old.title else None
    return _as_worked_out(replace(old, text=text, lines=lines, positions=positions, title=title), old, *_OF_WORDS)


_OF_WORDS = ("said", "referring", "hanging")
"""What rests on the numbers and the present words alone."""


def _as_worked_out(made: Sheet, other: Sheet, *names: str) -> Sheet:
    """Take over what was worked out of the other and holds here too."""
    made.__dict__.update({name: getattr(other, name) for name in names})
    return made


Positions = dict[str, dict[str, Position]]


def _asked(session: Session, which: ColumnElement[bool]) -> tuple[dict[str, list[Proposal]], Positions]:
    """Proposals by paragraph, in the order of their numbers, and the answers to those that live."""
    by_paragraph: dict[str, list[Proposal]] = defaultdict(list)
    for proposal in session.scalars(select(Proposal).where(which).order_by(Proposal.number)):
        by_paragraph[proposal.paragraph].append(proposal)
    positions: Positions = defaultdict(dict)
    live = [each.id for found in by_paragraph.values() for each in found if each.state in LIVE]
    for position in positions_on(session, live):
        positions[position.proposal][position.delegation] = position
    return by_paragraph, dict(positions)


def _line(
    text: Text,
    paragraph: Paragraph,
    label: str,
    proposals: Sequence[Proposal],
    positions: Positions,
    outcomes: list[str],
) -> Line:
    live = [each for each in proposals if each.state in LIVE]
    return Line(
        paragraph,
        label,
        live,
        [each for each in proposals if each.state not in LIVE],
        compiled(paragraph.wording, asked_of(live), [CHAIR, *text.order], text.algorithm),
        row(paragraph, live, positions, text.order),
        waits={state: _waits(state, live, positions) for state in text.order} if paragraph.state == "open" else {},
        outcomes=outcomes,
    )


def _waits(delegation: str, live: Sequence[Proposal], positions: Positions) -> list[Proposal]:
    return [
        each
        for each in live
        if (each.state == "flagged" and each.by == delegation)
        or (each.state == "open" and delegation not in each.holders and delegation not in positions.get(each.id, {}))
    ]


def outcomes_of(session: Session, text: str) -> dict[str, list[str]]:
    """By paragraph, the outcomes that it puts into words, in the order in which they were named."""
    query = select(OutcomeLink.paragraph, OutcomeLink.outcome).join(Paragraph, Paragraph.id == OutcomeLink.paragraph)
    made: dict[str, list[str]] = defaultdict(list)
    for paragraph, outcome in session.execute(query.where(Paragraph.text == text).order_by(OutcomeLink.id)):
        made[paragraph].append(outcome)
    return made


def notes_of(session: Session, text: str, delegation: str) -> dict[str, dict[str, tuple[str, int]]]:
    """By paragraph of a text (its id), a delegation's own `note` and `draft` as in `Line.notes`."""
    query = select(OwnNote).join(Paragraph, Paragraph.id == OwnNote.paragraph)
    made: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
    for each in session.scalars(query.where(Paragraph.text == text, OwnNote.delegation == delegation)):
        made[each.paragraph][each.kind] = (each.wording, each.entry)
    return made
