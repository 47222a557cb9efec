"""A text laid out for reading: all that a page, a panel or an export needs, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from markupsafe import Markup
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from suhbat.texts.models import OutcomeLink, OwnNote, Package, Paragraph, Position, Proposal, Silence, Text
from suhbat.texts.negotiation.cross_references import left_hanging, referring, translated_wordings
from suhbat.texts.negotiation.package_incorporation import Deal, objecting
from suhbat.texts.text_guard_checks import (
    CHAIR,
    LIVE,
    TITLE,
    Passage,
    positions_on,
    proposed_wordings,
    title_and_paragraphs,
)
from suhbat.texts.view.negotiation_board import Row, Tally, row, tally
from suhbat.texts.wording import numbering
from suhbat.texts.wording.brackets import Compiled, as_held_by, compiled


@dataclass
class Line:
    """One paragraph with its proposals, answers and notes."""

    paragraph: Paragraph
    label: str
    live: list[Proposal]
    settled: list[Proposal]
    nodes: Compiled
    row: Row
    notes: dict[str, tuple[str, int]] = field(default_factory=dict)
    """The reader's delegation's own `note` and `draft`: the words, and the entry that saved them."""
    waits: Mapping[str, Sequence[Proposal]] = field(default_factory=dict)
    """By delegation, what waits for it here: proposals to answer, and own ones to repair."""
    html_cache: dict[str, Markup] = field(default_factory=dict)
    """By language, the brackets as HTML; `bracket_html.line_brackets` fills it."""
    outcomes: list[str] = field(default_factory=list)
    """The outcomes of the meeting that it puts into words."""

    @property
    def open(self) -> list[Proposal]:
        """The proposals that stand in brackets."""
        return [proposal for proposal in self.live if proposal.status == "open" and proposal.kind != "move"]

    @property
    def visible(self) -> bool:
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
    """The title, with its proposals."""
    translations: list[tuple[str, str]] = field(default_factory=list)
    """The wordings in the further languages of the text, each with the paragraph's id; if they were loaded."""

    @property
    def whole(self) -> list[Line]:
        """The title and all paragraphs."""
        return [*([self.title] if self.title else []), *self.lines]

    @property
    def rows(self) -> list[Line]:
        """What there is to decide: the paragraphs, and the title where somebody would have another."""
        return [*([self.title] if self.title and self.title.live else []), *self.visible_lines]

    @cached_property
    def leading_labels(self) -> dict[str, str]:
        """The labels as they are written in the leading language."""
        return {paragraph: numbering.label_in(label, self.text.language) for paragraph, label in self.labels.items()}

    @cached_property
    def referring(self) -> dict[str, list[str]]:
        """By paragraph, the paragraphs whose present wording, in any loaded language, refers to it."""
        return referring([*((line.paragraph.id, line.paragraph.wording) for line in self.whole), *self.translations])

    @cached_property
    def hanging(self) -> set[str]:
        """The paragraphs that refer to one that is not in the text."""
        present = (line.paragraph.id for line in self.lines if line.paragraph.wording)
        return set(left_hanging(self.referring, present))

    @property
    def order(self) -> list[str]:
        """All who may hold words, in the order in which they are named."""
        return [CHAIR, *self.text.order]

    @cached_property
    def visible_lines(self) -> list[Line]:
        """The paragraphs that are in the text or proposed."""
        return [line for line in self.lines if line.visible]

    @cached_property
    def tally(self) -> Tally:
        """How the paragraphs stand."""
        return tally(line.row for line in self.rows)

    @property
    def silence(self) -> Silence | None:
        """The silence over the whole text that runs now."""
        return next((s for s in self.silences if s.status == "running" and s.paragraph is None), None)

    @property
    def paragraph_silences(self) -> list[tuple[Line, Silence]]:
        """The silences over single paragraphs that run now."""
        running = {s.paragraph: s for s in self.silences if s.status == "running" and s.paragraph}
        return [(line, running[line.paragraph.id]) for line in self.whole if line.paragraph.id in running]

    def line(self, paragraph: str) -> Line | None:
        """A paragraph by its id."""
        return next((line for line in self.whole if line.paragraph.id == paragraph), None)

    def passage(self, line: Line) -> Passage:
        """A paragraph as guards take it."""
        return Passage(self.text, line.paragraph, line.live, self.silences)

    def deal(self, proposal: Proposal) -> Deal:
        """What a proposal is taken with, as guards take it."""
        parts = [
            (self.passage(line), part)
            for line in self.whole
            for part in line.live
            if part.id == proposal.id or (proposal.package and part.package == proposal.package)
        ]
        parts.sort(key=lambda pair: pair[1].number)
        positions = (answer for _passage, part in parts for answer in self.positions.get(part.id, {}).values())
        return Deal(proposal, parts, objecting(positions))

    def following(self, line: Line) -> Line | None:
        """The paragraph that could be joined to this one: the next that has words."""
        worded = [other for other in self.lines if other.paragraph.wording]
        return next((worded[n + 1] for n, other in enumerate(worded[:-1]) if other is line), None)

    def untied(self, delegation: str = "") -> list[Proposal]:
        """The live proposals that are in no package; of a delegation, those that it holds."""
        live = (proposal for line in self.whole for proposal in line.live if not proposal.package)
        return [proposal for proposal in live if not delegation or delegation in proposal.holders]

    def points_of(self, delegation: str) -> list[tuple[Line, Proposal]]:
        """What waits for a delegation: proposals to answer, and own ones to repair."""
        return [(line, proposal) for line in self.rows for proposal in line.waits.get(delegation, ())]

    def with_notes(self, notes: Mapping[str, dict[str, tuple[str, int]]]) -> "Sheet":
        """A copy with a delegation's own notes, by paragraph; the shared sheet is not changed."""
        if not notes:
            return self
        lines = [
            replace(line, notes=notes[line.paragraph.id]) if line.paragraph.id in notes else line for line in self.whole
        ]
        title = lines.pop(0) if self.title else None
        return _with_cached(replace(self, lines=lines, title=title), self, "tally", *_OF_WORDS)

    def lines_as_proposed_by(self, delegation: str) -> list[Line]:
        """The paragraphs in the order that a delegation would have; for their words see `Line.held_by`."""
        lines = list(self.lines)
        moves = [(move, line) for line in lines for move in line.live if move.kind == "move" and move.status == "open"]
        for move, line in sorted(moves, key=lambda pair: pair[0].number):
            if delegation in move.holders:
                lines.remove(line)
                at = next((n + 1 for n, other in enumerate(lines) if other.paragraph.id == move.after), 0)
                lines.insert(at, line)
        return [line for line in lines if line.visible]

    def alone(self, line: Line, proposal: Proposal) -> Compiled:
        """A paragraph with one proposal only in brackets."""
        wordings = proposed_wordings(other for other in line.live if other.id in {proposal.id, proposal.amends})
        return compiled(line.paragraph.wording, wordings, self.order, self.text.algorithm)


def sheet_of(session: Session, text: Text, delegation: str = "", *, translated: bool = False) -> Sheet:
    """A text laid out for reading; `delegation` is the reader's own, whose notes are added.

    `translated` also loads what refers to paragraphs in further languages.
    """
    paragraphs = title_and_paragraphs(session, text.id)
    labels = numbering.numbers(paragraphs)
    proposals, positions = _proposals_and_answers(session, Proposal.text == text.id)
    silences = list(session.scalars(select(Silence).where(Silence.text == text.id).order_by(Silence.started)))
    packages = {package.id: package for package in session.scalars(select(Package).where(Package.text == text.id))}
    notes = notes_of(session, text.id, delegation) if delegation else {}
    outcomes = outcomes_of(session, text.id)
    lines = [_line(text, p, labels[p.id], proposals[p.id], positions, outcomes[p.id]) for p in paragraphs]
    title = next((line for line in lines if line.paragraph.kind == TITLE), None)
    others = [line for line in lines if line is not title]
    translations = translated_wordings(session, text, labels) if translated else []
    return Sheet(text, others, labels, positions, silences, packages, title, translations).with_notes(notes)


def updated_sheet(session: Session, text: Text, old: Sheet, touched: Collection[str]) -> Sheet:
    """A sheet updated after acts that proposed or answered something in these paragraphs and changed no base."""
    if not touched:
        return _with_cached(replace(old, text=text), old, "tally", "visible_lines", *_OF_WORDS)
    proposals, fresh = _proposals_and_answers(session, Proposal.paragraph.in_(touched))
    outdated = {proposal.id for line in old.whole if line.paragraph.id in touched for proposal in line.live}
    positions = {proposal: answers for proposal, answers in old.positions.items() if proposal not in outdated} | fresh
    lines = [
        _line(text, line.paragraph, line.label, proposals[line.paragraph.id], fresh, line.outcomes)
        if line.paragraph.id in touched
        else line
        for line in old.whole
    ]
    title = lines.pop(0) if old.title else None
    return _with_cached(replace(old, text=text, lines=lines, positions=positions, title=title), old, *_OF_WORDS)


_OF_WORDS = ("leading_labels", "referring", "hanging")
"""Cached properties that depend only on the numbers and the present words."""


def _with_cached(sheet: Sheet, other: Sheet, *names: str) -> Sheet:
    """The sheet with cached properties of another that are the same for both."""
    sheet.__dict__.update({name: getattr(other, name) for name in names})
    return sheet


Positions = dict[str, dict[str, Position]]


def _proposals_and_answers(
    session: Session, condition: ColumnElement[bool]
) -> tuple[dict[str, list[Proposal]], Positions]:
    """Proposals by paragraph, in the order of their numbers, and the answers to the live ones."""
    by_paragraph: dict[str, list[Proposal]] = defaultdict(list)
    for proposal in session.scalars(select(Proposal).where(condition).order_by(Proposal.number)):
        by_paragraph[proposal.paragraph].append(proposal)
    positions: Positions = defaultdict(dict)
    live = [proposal.id for group in by_paragraph.values() for proposal in group if proposal.status in LIVE]
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
    live = [proposal for proposal in proposals if proposal.status in LIVE]
    return Line(
        paragraph,
        label,
        live,
        [proposal for proposal in proposals if proposal.status not in LIVE],
        compiled(paragraph.wording, proposed_wordings(live), [CHAIR, *text.order], text.algorithm),
        row(paragraph, live, positions, text.order),
        waits={state: _waits(state, live, positions) for state in text.order} if paragraph.status == "open" else {},
        outcomes=outcomes,
    )


def _waits(delegation: str, live: Sequence[Proposal], positions: Positions) -> list[Proposal]:
    return [
        proposal
        for proposal in live
        if (proposal.status == "flagged" and proposal.by == delegation)
        or (
            proposal.status == "open"
            and delegation not in proposal.holders
            and delegation not in positions.get(proposal.id, {})
        )
    ]


def outcomes_of(session: Session, text: str) -> dict[str, list[str]]:
    """By paragraph, the outcomes that it puts into words, in the order in which they were linked."""
    query = select(OutcomeLink.paragraph, OutcomeLink.outcome).join(Paragraph, Paragraph.id == OutcomeLink.paragraph)
    outcomes: dict[str, list[str]] = defaultdict(list)
    for paragraph, outcome in session.execute(query.where(Paragraph.text == text).order_by(OutcomeLink.id)):
        outcomes[paragraph].append(outcome)
    return outcomes


def notes_of(session: Session, text: str, delegation: str) -> dict[str, dict[str, tuple[str, int]]]:
    """By paragraph of a text (its id), a delegation's own `note` and `draft` as in `Line.notes`."""
    query = select(OwnNote).join(Paragraph, Paragraph.id == OwnNote.paragraph)
    notes: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
    for note in session.scalars(query.where(Paragraph.text == text, OwnNote.delegation == delegation)):
        notes[note.paragraph][note.kind] = (note.wording, note.entry)
    return notes
