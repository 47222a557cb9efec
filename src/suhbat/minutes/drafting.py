"""The summary record that writes itself: a meeting's entries, from its opening to its closing, as paragraphs.

Each paragraph names the entries it rests on. It is read from the record alone, in one language, and changes nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from suhbat.formats.names import state_name
from suhbat.ground.dates import show_date
from suhbat.ground.language import _, ngettext, pgettext
from suhbat.ground.lists import in_a_row, listed, sentences
from suhbat.meetings.models import Meeting
from suhbat.minutes.leavings import MAKING
from suhbat.minutes.persons import in_one_line
from suhbat.minutes.times import clock_time, on_day, span
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

    def written(self, name: str) -> dict[str, Any]:
        """The paragraph as the entry carries it."""
        return {
            "name": name,
            "kind": self.kind,
            "text": self.text,
            "entries": sorted(set(self.entries)),
            "delegation": self.delegation,
            "about": self.about,
        }


class Draft:
    """Walks through a meeting's entries and writes as it goes."""

    def __init__(self, meeting: Meeting, entries: Iterable[Entry]) -> None:
        self.meeting = meeting
        held = list(entries)
        self.entries = [entry for entry in held if entry.audience in OPEN_TO_READ]
        self.statements = {
            entry.body["statement"]: {
                "statement": entry.body["statement"],
                "title": entry.body["title"],
                "language": entry.body["language"],
                "delegation": entry.body["delegation"],
                "entry": entry.number,
            }
            for entry in held
            if entry.act == "statement.filed"
        }
        self.parts: list[Part] = []
        self.turns: dict[int, Part] = {}
        """Interventions by the number of the entry that gave the floor."""
        self.given: dict[str, int] = {}
        """The same, by the intervention's id."""

    def write(self) -> list[dict[str, Any]]:
        """All paragraphs, in order."""
        for entry in self.entries:
            if wrote := WRITERS.get(entry.act):
                wrote(self, entry)
            if entry.act in MAKING:
                self.leave(entry)
            for ended in entry.body.get("ends", []) if isinstance(entry.body.get("ends"), list) else []:
                self.ended(entry, ended)
        for turn in self.turns.values():
            if not turn.text:
                turn.text = _("Spoke for %(span)s; no summary was noted.") % {"span": span(turn.about["seconds"])}
        return [part.written(f"p{n:03}") for n, part in enumerate(self.parts, 1)]

    def add(self, kind: str, text: str, entry: Entry, **more: Any) -> Part:
        """Write one more paragraph that rests on an entry."""
        part = Part(kind, text, [entry.number], **more)
        self.parts.append(part)
        return part

    def opened(self, entry: Entry) -> None:
        """Who opened the meeting, when; who was there; what was on the agenda."""
        self.add("heading", _("Opening"), entry)
        told = _("The meeting was opened on %(day)s at %(time)s by %(who)s, in the chair.") % {
            "day": show_date(on_day(entry.time, self.meeting.zone)),
            "time": clock_time(entry.time, self.meeting.zone),
            "who": in_one_line(entry.name, entry.office, entry.delegation),
        }
        self.add("text", told, entry)
        self._delegations(entry)
        self._agenda(entry)

    def _delegations(self, entry: Entry) -> None:
        present = [str(state) for state in entry.body.get("present", [])]
        known = {each.state: each for each in self.meeting.delegations}
        if present:
            said = ngettext("%(count)s delegation was present.", "%(count)s delegations were present.", len(present))
            self.add("text", said % {"count": len(present)}, entry)
        for state in present:
            spoke = next((e.body for e in self.entries if e.act == "floor.given" and e.body["delegation"] == state), {})
            head = known.get(state)
            name = (head.head_name if head else "") or str(spoke.get("speaker") or "")
            office = (head.head_office if head else "") or str(spoke.get("office") or "")
            observer = _("observer") if head is not None and head.observer else ""
            told = [in_one_line(name, office), observer]
            part = self.add("delegation", in_a_row(word for word in told if word), entry, delegation=state)
            part.entries += [
                e.number
                for e in self.entries
                if e.act == "credentials.presented" and e.body.get("delegation", e.body.get("state")) == state
            ]

    def _agenda(self, entry: Entry) -> None:
        items = [item for item in self.meeting.agenda if item.parent is None]
        told = [e for e in self.entries if e.act in {"agenda.released", "meeting.convened"}]
        if items:
            rests = told[-1] if told else entry
            self.add("text", _("The meeting had before it the following agenda:"), rests)
            for item in items:
                self.add("item", item.title, rests)

    def item(self, entry: Entry) -> None:
        """A new item: a heading; again where the meeting comes back to one."""
        title = str(entry.body["title"])
        if any(part.kind == "heading" and part.about.get("item") == entry.body["item"] for part in self.parts):
            title = _("%(title)s (resumed)") % {"title": title}
        self.add("heading", title, entry, about={"item": entry.body["item"]})

    def speaks(self, entry: Entry) -> None:
        """An intervention: who, in which office, as what; the statements that were offered with it."""
        body = entry.body
        named = [each["statement"] for each in body.get("statements", [])]
        offered = [self.statements[each] for each in named if each in self.statements]
        part = self.add(
            "intervention",
            "",
            entry,
            delegation=body["delegation"],
            about={
                "speaker": body.get("speaker") or "",
                "office": body.get("office") or "",
                "kind": body.get("kind") or "speech",
                "seconds": 0,
                "statements": offered,
            },
        )
        part.entries += [each["entry"] for each in offered]
        self.turns[entry.number] = part
        self.given[body["given"]] = entry.number

    def ended(self, entry: Entry, body: dict[str, Any] | None = None) -> None:
        """The end of an intervention, with the time it took."""
        body = body or entry.body
        turn = self.turns.get(self.given.get(str(body.get("given")), 0))
        if turn is not None:
            turn.about["seconds"] = int(body.get("seconds") or 0)
            turn.entries.append(entry.number)

    def summed_up(self, entry: Entry) -> None:
        """The note-taker's summary; the last one counts, and only it is rested on."""
        turn = self.turns.get(int(entry.body["given_entry"]))
        if turn is not None:
            if earlier := turn.about.pop("summary", 0):
                turn.entries.remove(earlier)
            turn.text, turn.about["summary"] = str(entry.body["text"]), entry.number
            turn.entries.append(entry.number)

    def filed(self, entry: Entry) -> None:
        """A statement filed in or after the intervention it belongs to."""
        turn = self.turns.get(int(entry.body.get("with") or 0))
        if turn is not None:
            turn.about["statements"] = [*turn.about["statements"], self.statements[entry.body["statement"]]]
            turn.entries.append(entry.number)

    def leave(self, entry: Entry) -> None:
        """An outcome, told where it was said: after the intervention it came from, else where the meeting was."""
        outcome = entry.body["outcome"]
        part = Part("outcome", "", [], outcome["delegation"], {"outcome": outcome["id"]})
        turn = self.turns.get(int(outcome.get("intervention") or 0))
        at = self.parts.index(turn) + 1 if turn is not None else len(self.parts)
        while turn is not None and at < len(self.parts) and self.parts[at].kind == "outcome":
            at += 1
        self.parts.insert(at, part)

    def suspended(self, entry: Entry) -> None:
        """That the meeting was suspended, and when."""
        at = clock_time(entry.time, self.meeting.zone)
        self.add("text", _("The meeting was suspended at %(time)s.") % {"time": at}, entry)

    def resumed(self, entry: Entry) -> None:
        """That the meeting was resumed, and when."""
        at = clock_time(entry.time, self.meeting.zone)
        self.add("text", _("The meeting was resumed at %(time)s.") % {"time": at}, entry)

    def to_all(self, entry: Entry) -> None:
        """That the chair opened the discussion to all."""
        self.add("text", _("The chair opened the discussion to all delegations."), entry)

    def declared_adopted(self, entry: Entry) -> None:
        """A text that the chair declared adopted; who kept silent, who was not there."""
        told = [
            pgettext("summary record", "The Chair heard no objection and declared “%(title)s” adopted by consensus.")
            % {"title": entry.body["title"]},
        ]
        if silent := entry.body["silent"]:
            names = listed(map(state_name, silent))
            told.append(pgettext("summary record", "Without an answer after the last call: %(who)s.") % {"who": names})
        if absent := entry.body.get("absent"):
            told.append(pgettext("summary record", "Absent: %(who)s.") % {"who": listed(map(state_name, absent))})
        self.add("text", sentences(told), entry)

    def agreed_to(self, entry: Entry) -> None:
        """A text that the last delegation's answer has made the meeting's own."""
        if entry.body.get("all"):
            told = pgettext("summary record", "All delegations agreed, and “%(title)s” was adopted by consensus.")
            self.add("text", told % {"title": entry.body["title"]}, entry)

    def silence_held(self, entry: Entry) -> None:
        """A text that was adopted because nobody broke the silence."""
        if not entry.body["paragraph"]:
            told = pgettext("summary record", "No delegation broke the silence: “%(title)s” was adopted by silence.")
            self.add("text", told % {"title": entry.body["title"]}, entry)

    def closed(self, entry: Entry) -> None:
        """When the meeting was closed, how much was said, who was not reached."""
        self.add("heading", _("Closing"), entry)
        for ended in entry.body.get("ends", []):
            self.ended(entry, ended)
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
        if waiting := list(dict.fromkeys(each["delegation"] for each in entry.body.get("lapsed", []))):
            names = listed(map(state_name, waiting))
            self.add("text", _("Requests for the floor that were not reached: %(names)s.") % {"names": names}, entry)


WRITERS: dict[str, Callable[[Draft, Entry], None]] = {
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
}
"""What of the record is told, and how."""
