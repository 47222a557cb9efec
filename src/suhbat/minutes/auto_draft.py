"""The summary record that writes itself: a meeting's entries, from its opening to its closing, as paragraphs.

Each paragraph names the entries it rests on. It is read from the record alone, in one language, and changes nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from suhbat.acts import body_of
from suhbat.formats.state_names import state_name
from suhbat.ground.dates import show_date
from suhbat.ground.language import _, ngettext, pgettext
from suhbat.ground.name_lists import in_a_row, listed, sentences
from suhbat.meetings.models import Meeting
from suhbat.minutes.drafted_paragraph import AnnexedStatement, DraftedParagraph, ParagraphFacts
from suhbat.minutes.outcomes_in_log import MAKING
from suhbat.minutes.person_names import in_one_line
from suhbat.minutes.time_format import clock_time, on_day, span
from suhbat.record.entries import Entry
from suhbat.record.reading import PARTICIPANTS, PUBLIC

OPEN_TO_READ = {PUBLIC, PARTICIPANTS}
"""Audiences whose entries a summary record rests on; what one delegation alone may see is not told to the others."""


@dataclass
class Part:
    """A paragraph in the making."""

    kind: str
    text: str = ""
    entries: list[int] = field(default_factory=list)
    delegation: str = ""
    about: dict[str, Any] = field(default_factory=dict)
    """By the names of `ParagraphFacts`."""

    def written(self, name: str) -> DraftedParagraph:
        """The paragraph as the entry carries it."""
        return DraftedParagraph(
            name=name,
            kind=self.kind,
            text=self.text,
            entries=sorted(set(self.entries)),
            delegation=self.delegation,
            about=ParagraphFacts(**self.about),
        )


class Draft:
    """Walks through a meeting's entries and writes as it goes."""

    def __init__(self, meeting: Meeting, entries: Iterable[Entry]) -> None:
        self.meeting = meeting
        record = list(entries)
        self.entries = [entry for entry in record if entry.audience in OPEN_TO_READ]
        self.statements = {
            statement.statement: statement
            for statement in (_annexed(entry) for entry in record if entry.act == "statement.filed")
        }
        self.parts: list[Part] = []
        self.turns: dict[int, Part] = {}
        """Interventions by the number of the entry that gave the floor."""
        self.given: dict[str, int] = {}
        """The same, by the intervention's id."""

    def write(self) -> list[DraftedParagraph]:
        """All paragraphs, in order."""
        for entry in self.entries:
            if tell := WRITERS.get(entry.act):
                body = body_of(entry)
                for turn in getattr(body, "ends", ()):
                    self.ended(entry, turn)
                tell(self, entry, body)
        for turn in self.turns.values():
            if not turn.text:
                turn.text = _("Spoke for %(span)s; no summary was noted.") % {"span": span(turn.about["seconds"])}
        return [part.written(f"p{n:03}") for n, part in enumerate(self.parts, 1)]

    def add(self, kind: str, text: str, entry: Entry, **more: Any) -> Part:
        """Write one more paragraph that rests on an entry."""
        part = Part(kind, text, [entry.number], **more)
        self.parts.append(part)
        return part

    def opened(self, entry: Entry, body: Any) -> None:
        """Who opened the meeting, when; who was there; what was on the agenda."""
        self.add("heading", _("Opening"), entry)
        told = _("The meeting was opened on %(day)s at %(time)s by %(who)s, in the chair.") % {
            "day": show_date(on_day(entry.time, self.meeting.zone)),
            "time": clock_time(entry.time, self.meeting.zone),
            "who": in_one_line(entry.name, entry.office, entry.delegation),
        }
        self.add("text", told, entry)
        self._delegations(entry, body.present)
        self._agenda(entry)

    def _delegations(self, entry: Entry, present: list[str]) -> None:
        known = {delegation.state: delegation for delegation in self.meeting.delegations}
        if present:
            said = ngettext("%(count)s delegation was present.", "%(count)s delegations were present.", len(present))
            self.add("text", said % {"count": len(present)}, entry)
        spoke = {turn.delegation: turn for turn in reversed([body for _, body in self._of("floor.given")])}
        """By delegation, its first intervention."""
        credentials = self._of("credentials.presented")
        for state in present:
            head, first = known.get(state), spoke.get(state)
            name = (head.head_name if head else "") or (first.speaker if first else "")
            office = (head.head_office if head else "") or (first.office if first else "")
            observer = _("observer") if head is not None and head.observer else ""
            told = [in_one_line(name, office), observer]
            part = self.add("delegation", in_a_row(word for word in told if word), entry, delegation=state)
            part.entries += [number for number, body in credentials if body.state == state]

    def _of(self, act: str) -> list[tuple[int, Any]]:
        """The entries of an act: their numbers and bodies."""
        return [(entry.number, body_of(entry)) for entry in self.entries if entry.act == act]

    def _agenda(self, entry: Entry) -> None:
        items = [item for item in self.meeting.agenda if item.parent is None]
        agendas = [e for e in self.entries if e.act in {"agenda.released", "meeting.convened"}]
        if items:
            rests = agendas[-1] if agendas else entry
            self.add("text", _("The meeting had before it the following agenda:"), rests)
            for item in items:
                self.add("item", item.title, rests)

    def item(self, entry: Entry, body: Any) -> None:
        """A new item: a heading; again where the meeting comes back to one."""
        title = body.title
        if any(part.kind == "heading" and part.about.get("item") == body.item for part in self.parts):
            title = _("%(title)s (resumed)") % {"title": title}
        self.add("heading", title, entry, about={"item": body.item})

    def speaks(self, entry: Entry, body: Any) -> None:
        """An intervention: who, in which office, as what; the statements that were offered with it."""
        named = [offer.statement for offer in body.statements]
        offered = [self.statements[statement] for statement in named if statement in self.statements]
        part = self.add(
            "intervention",
            "",
            entry,
            delegation=body.delegation,
            about={
                "speaker": body.speaker,
                "office": body.office,
                "kind": body.kind,
                "seconds": 0,
                "statements": offered,
            },
        )
        part.entries += [statement.entry for statement in offered]
        self.turns[entry.number] = part
        self.given[body.given] = entry.number

    def ended(self, entry: Entry, body: Any) -> None:
        """The end of an intervention, with the time it took."""
        turn = self.turns.get(self.given.get(body.given, 0))
        if turn is not None:
            turn.about["seconds"] = body.seconds
            turn.entries.append(entry.number)

    def summed_up(self, entry: Entry, body: Any) -> None:
        """The note-taker's summary; the last one counts, and only it is rested on."""
        turn = self.turns.get(body.given_entry)
        if turn is not None:
            if earlier := turn.about.pop("summary", 0):
                turn.entries.remove(earlier)
            turn.text, turn.about["summary"] = body.text, entry.number
            turn.entries.append(entry.number)

    def filed(self, entry: Entry, body: Any) -> None:
        """A statement filed in or after the intervention it belongs to."""
        turn = self.turns.get(body.with_)
        if turn is not None:
            turn.about["statements"] = [*turn.about["statements"], self.statements[body.statement]]
            turn.entries.append(entry.number)

    def leave(self, _entry: Entry, body: Any) -> None:
        """An outcome, told where it was said: after the intervention it came from, else where the meeting was."""
        outcome = body.outcome
        part = Part("outcome", "", [], outcome.delegation, {"outcome": outcome.id})
        turn = self.turns.get(outcome.intervention or 0)
        at = self.parts.index(turn) + 1 if turn is not None else len(self.parts)
        while turn is not None and at < len(self.parts) and self.parts[at].kind == "outcome":
            at += 1
        self.parts.insert(at, part)

    def suspended(self, entry: Entry, _body: Any) -> None:
        """The meeting rests."""
        at = clock_time(entry.time, self.meeting.zone)
        self.add("text", _("The meeting was suspended at %(time)s.") % {"time": at}, entry)

    def resumed(self, entry: Entry, _body: Any) -> None:
        """The meeting goes on."""
        at = clock_time(entry.time, self.meeting.zone)
        self.add("text", _("The meeting was resumed at %(time)s.") % {"time": at}, entry)

    def to_all(self, entry: Entry, _body: Any) -> None:
        """Open discussion."""
        self.add("text", _("The chair opened the discussion to all delegations."), entry)

    def declared_adopted(self, entry: Entry, body: Any) -> None:
        """A text that the chair declared adopted; who kept silent, who was not there."""
        told = [
            pgettext("summary record", "The Chair heard no objection and declared “%(title)s” adopted by consensus.")
            % {"title": body.title},
        ]
        if silent := body.silent:
            names = listed(map(state_name, silent))
            told.append(pgettext("summary record", "Without an answer after the last call: %(who)s.") % {"who": names})
        if absent := body.absent:
            told.append(pgettext("summary record", "Absent: %(who)s.") % {"who": listed(map(state_name, absent))})
        self.add("text", sentences(told), entry)

    def agreed_to(self, entry: Entry, body: Any) -> None:
        """A text that the last delegation's answer has made the meeting's own."""
        if body.all:
            told = pgettext("summary record", "All delegations agreed, and “%(title)s” was adopted by consensus.")
            self.add("text", told % {"title": body.title}, entry)

    def silence_held(self, entry: Entry, body: Any) -> None:
        """A text that was adopted because nobody broke the silence."""
        if not body.paragraph:
            told = pgettext("summary record", "No delegation broke the silence: “%(title)s” was adopted by silence.")
            self.add("text", told % {"title": body.title}, entry)

    def closed(self, entry: Entry, body: Any) -> None:
        """When the meeting was closed, how much was said, who was not reached."""
        self.add("heading", _("Closing"), entry)
        seconds = sum(turn.about["seconds"] for turn in self.turns.values())
        told = [
            _("The chair declared the meeting closed at %(time)s.")
            % {"time": clock_time(entry.time, self.meeting.zone)},
        ]
        if self.turns:
            count = len(self.turns)
            said = ngettext(
                "There had been %(count)s intervention, %(span)s in all.",
                "There had been %(count)s interventions, %(span)s in all.",
                count,
            )
            told.append(said % {"count": count, "span": span(seconds)})
        self.add("text", sentences(told), entry)
        if waiting := list(dict.fromkeys(request.delegation for request in body.lapsed)):
            names = listed(map(state_name, waiting))
            self.add("text", _("Requests for the floor that were not reached: %(names)s.") % {"names": names}, entry)


def _annexed(entry: Entry) -> AnnexedStatement:
    body = body_of(entry)
    return AnnexedStatement(
        statement=body.statement,
        title=body.title,
        language=body.language,
        delegation=body.delegation,
        entry=entry.number,
    )


WRITERS: dict[str, Callable[[Draft, Entry, Any], None]] = {
    "meeting.opened": Draft.opened,
    "item.opened": Draft.item,
    "floor.given": Draft.speaks,
    "floor.ended": Draft.ended,
    "floor.opened_to_all": Draft.to_all,
    "summary.noted": Draft.summed_up,
    "statement.filed": Draft.filed,
    "meeting.suspended": Draft.suspended,
    "meeting.resumed": Draft.resumed,
    "meeting.closed": Draft.closed,
    "text.adopted": Draft.declared_adopted,
    "adoption.answered": Draft.agreed_to,
    "silence.held": Draft.silence_held,
    **dict.fromkeys(MAKING, Draft.leave),
}
"""What of the record is told, and how. The bodies are those of other rooms, which this one does not import."""
