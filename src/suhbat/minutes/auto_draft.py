"""The automatic draft of a summary record: the entries of a meeting, from its opening to its closing, as paragraphs.

Each paragraph names the entries that it is based on. The draft uses the entries alone, is written in one language, and
changes nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from suhbat.acts import body_of
from suhbat.formats.state_names import state_name
from suhbat.ground.dates import show_date, show_duration
from suhbat.ground.language import _, ngettext, pgettext
from suhbat.ground.name_lists import in_a_row, listed, sentences
from suhbat.meetings.models import Meeting
from suhbat.minutes.delegation_stays import DelegationStay, stays_of_delegations
from suhbat.minutes.drafted_paragraph import AnnexedStatement, DraftedParagraph, ParagraphFacts
from suhbat.minutes.outcomes_in_log import MAKING
from suhbat.minutes.person_names import in_one_line
from suhbat.minutes.time_format import clock_time, on_day
from suhbat.record.audiences import PARTICIPANTS, PUBLIC
from suhbat.record.entries import Entry

READABLE = {PUBLIC, PARTICIPANTS}
"""Audiences whose entries the draft uses; what only one delegation may see is left out."""


@dataclass
class Part:
    """A paragraph that is not finished yet."""

    kind: str
    text: str = ""
    entries: list[int] = field(default_factory=list)
    delegation: str = ""
    about: dict[str, Any] = field(default_factory=dict)
    """Values by the field names of `ParagraphFacts`."""

    def finished(self, name: str) -> DraftedParagraph:
        """The paragraph as an entry stores it."""
        return DraftedParagraph(
            name=name,
            kind=self.kind,
            text=self.text,
            entries=sorted(set(self.entries)),
            delegation=self.delegation,
            about=ParagraphFacts(**self.about),
        )


class Draft:
    """Reads the entries of a meeting in order and writes the paragraphs."""

    def __init__(self, meeting: Meeting, entries: Iterable[Entry]) -> None:
        self.meeting = meeting
        all_entries = list(entries)
        self.entries = [entry for entry in all_entries if entry.audience in READABLE]
        self.statements = {
            statement.statement: statement
            for statement in (_annexed(entry) for entry in all_entries if entry.act == "statement.filed")
        }
        self.parts: list[Part] = []
        self.turns: dict[int, Part] = {}
        """Interventions, by the number of the entry that gave the floor."""
        self.entry_numbers: dict[str, int] = {}
        """The numbers of these entries, by the id of the intervention."""

    def write(self) -> list[DraftedParagraph]:
        """Write all paragraphs, in order."""
        for entry in self.entries:
            if write := WRITERS.get(entry.act):
                body = body_of(entry)
                for turn in getattr(body, "ends", ()):
                    self.floor_ended(entry, turn)
                write(self, entry, body)
        for turn in self.turns.values():
            if not turn.text:
                spoken = show_duration(turn.about["seconds"])
                turn.text = _("Spoke for %(span)s; no summary was noted.") % {"span": spoken}
        return [part.finished(f"p{n:03}") for n, part in enumerate(self.parts, 1)]

    def add(self, kind: str, text: str, entry: Entry, **fields: Any) -> Part:
        """Add a paragraph that is based on an entry."""
        part = Part(kind, text, [entry.number], **fields)
        self.parts.append(part)
        return part

    def opened(self, entry: Entry, body: Any) -> None:
        """The opening: by whom and when; the delegations that were present; the agenda."""
        self.add("heading", _("Opening"), entry)
        sentence = _("The meeting was opened on %(day)s at %(time)s by %(who)s, in the chair.") % {
            "day": show_date(on_day(entry.time, self.meeting.zone)),
            "time": clock_time(entry.time, self.meeting.zone),
            "who": in_one_line(entry.name, entry.office, entry.delegation),
        }
        self.add("text", sentence, entry)
        self._delegations(entry, body.present)
        self._agenda(entry)

    def _delegations(self, entry: Entry, named: list[str]) -> None:
        """Those who were in the room at any time, and those whom the chair named as present on opening.

        The entries about who came and went are not named: publishing the record would release them, and they say of
        everybody, interpreters and advisers too, who was in the room at which minute.
        """
        delegations = {delegation.state: delegation for delegation in self.meeting.delegations}
        stays = stays_of_delegations(self.entries)
        present = [state for state in delegations if state in stays or state in named]
        present += [state for state in named if state not in delegations]
        if present:
            sentence = ngettext(
                "%(count)s delegation was present.", "%(count)s delegations were present.", len(present)
            )
            self.add("text", sentence % {"count": len(present)}, entry)
        first_turns = {turn.delegation: turn for turn in reversed([body for _, body in self._of("floor.given")])}
        credentials = self._of("credentials.presented")
        for state in present:
            delegation, turn = delegations.get(state), first_turns.get(state)
            name = (delegation.head_name if delegation else "") or (turn.speaker if turn else "")
            office = (delegation.head_office if delegation else "") or (turn.office if turn else "")
            observer = _("observer") if delegation is not None and delegation.observer else ""
            hours = self._hours(stays[state]) if state in stays else ""
            texts = [in_one_line(name, office), observer, hours]
            part = self.add("delegation", in_a_row(text for text in texts if text), entry, delegation=state)
            part.entries += [number for number, body in credentials if body.state == state]

    def _hours(self, stay: DelegationStay) -> str:
        """From when to when a delegation was in the room."""
        times = {
            "came": clock_time(stay.came, self.meeting.zone),
            "went": clock_time(stay.went, self.meeting.zone) if stay.went else "",
        }
        return (_("from %(came)s to %(went)s") if stay.went else _("from %(came)s to the end")) % times

    def _of(self, act: str) -> list[tuple[int, Any]]:
        """The numbers and bodies of all entries of an act."""
        return [(entry.number, body_of(entry)) for entry in self.entries if entry.act == act]

    def _agenda(self, entry: Entry) -> None:
        items = [item for item in self.meeting.agenda if item.parent is None]
        agendas = [agenda for agenda in self.entries if agenda.act in {"agenda.released", "meeting.convened"}]
        if items:
            latest = agendas[-1] if agendas else entry
            self.add("text", _("The meeting had before it the following agenda:"), latest)
            for item in items:
                self.add("item", item.title, latest)

    def item_opened(self, entry: Entry, body: Any) -> None:
        """A heading for the item that is opened, marked as resumed if the meeting returns to it."""
        title = body.title
        if any(part.kind == "heading" and part.about.get("item") == body.item for part in self.parts):
            title = _("%(title)s (resumed)") % {"title": title}
        self.add("heading", title, entry, about={"item": body.item})

    def floor_given(self, entry: Entry, body: Any) -> None:
        """An intervention: the speaker, the kind, and the statements that were offered with it."""
        ids = [offer.statement for offer in body.statements]
        offered = [self.statements[id_] for id_ in ids if id_ in self.statements]
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
        self.entry_numbers[body.given] = entry.number

    def floor_ended(self, entry: Entry, body: Any) -> None:
        """The end of an intervention, with the time it took."""
        turn = self.turns.get(self.entry_numbers.get(body.given, 0))
        if turn is not None:
            turn.about["seconds"] = body.seconds
            turn.entries.append(entry.number)

    def summary_noted(self, entry: Entry, body: Any) -> None:
        """The note-taker's summary; a later one replaces an earlier one."""
        turn = self.turns.get(body.given_entry)
        if turn is not None:
            if earlier := turn.about.pop("summary", 0):
                turn.entries.remove(earlier)
            turn.text, turn.about["summary"] = body.text, entry.number
            turn.entries.append(entry.number)

    def statement_filed(self, entry: Entry, body: Any) -> None:
        """A statement that was filed during or after the intervention that it belongs to."""
        turn = self.turns.get(body.with_)
        if turn is not None:
            turn.about["statements"] = [*turn.about["statements"], self.statements[body.statement]]
            turn.entries.append(entry.number)

    def outcome_made(self, _entry: Entry, body: Any) -> None:
        """An outcome, after the intervention that it came from, else at the present place."""
        outcome = body.outcome
        part = Part("outcome", "", [], outcome.delegation, {"outcome": outcome.id})
        turn = self.turns.get(outcome.intervention or 0)
        at = self.parts.index(turn) + 1 if turn is not None else len(self.parts)
        while turn is not None and at < len(self.parts) and self.parts[at].kind == "outcome":
            at += 1
        self.parts.insert(at, part)

    def suspended(self, entry: Entry, _body: Any) -> None:
        """The suspension of the meeting."""
        at = clock_time(entry.time, self.meeting.zone)
        self.add("text", _("The meeting was suspended at %(time)s.") % {"time": at}, entry)

    def resumed(self, entry: Entry, _body: Any) -> None:
        """The resumption of the meeting."""
        at = clock_time(entry.time, self.meeting.zone)
        self.add("text", _("The meeting was resumed at %(time)s.") % {"time": at}, entry)

    def opened_to_all(self, entry: Entry, _body: Any) -> None:
        """The beginning of an open discussion."""
        self.add("text", _("The chair opened the discussion to all delegations."), entry)

    def declared_adopted(self, entry: Entry, body: Any) -> None:
        """A text that the chair declared adopted, and the delegations that did not answer or were absent."""
        texts = [
            pgettext("summary record", "The Chair heard no objection and declared “%(title)s” adopted by consensus.")
            % {"title": body.title},
        ]
        if silent := body.silent:
            names = listed(map(state_name, silent))
            texts.append(pgettext("summary record", "Without an answer after the last call: %(who)s.") % {"who": names})
        if absent := body.absent:
            texts.append(pgettext("summary record", "Absent: %(who)s.") % {"who": listed(map(state_name, absent))})
        self.add("text", sentences(texts), entry)

    def agreed_to(self, entry: Entry, body: Any) -> None:
        """A text that is adopted by the agreement of the last delegation."""
        if body.all:
            sentence = pgettext("summary record", "All delegations agreed, and “%(title)s” was adopted by consensus.")
            self.add("text", sentence % {"title": body.title}, entry)

    def silence_held(self, entry: Entry, body: Any) -> None:
        """A text that was adopted because no delegation broke the silence."""
        if not body.paragraph:
            sentence = pgettext(
                "summary record", "No delegation broke the silence: “%(title)s” was adopted by silence."
            )
            self.add("text", sentence % {"title": body.title}, entry)

    def closed(self, entry: Entry, body: Any) -> None:
        """The closing: the time, the number of interventions, and the delegations that did not get the floor."""
        self.add("heading", _("Closing"), entry)
        seconds = sum(turn.about["seconds"] for turn in self.turns.values())
        texts = [
            _("The chair declared the meeting closed at %(time)s.")
            % {"time": clock_time(entry.time, self.meeting.zone)},
        ]
        if self.turns:
            count = len(self.turns)
            count_sentence = ngettext(
                "There had been %(count)s intervention, %(span)s in all.",
                "There had been %(count)s interventions, %(span)s in all.",
                count,
            )
            texts.append(count_sentence % {"count": count, "span": show_duration(seconds)})
        self.add("text", sentences(texts), entry)
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
    "item.opened": Draft.item_opened,
    "floor.given": Draft.floor_given,
    "floor.ended": Draft.floor_ended,
    "floor.opened_to_all": Draft.opened_to_all,
    "summary.noted": Draft.summary_noted,
    "statement.filed": Draft.statement_filed,
    "meeting.suspended": Draft.suspended,
    "meeting.resumed": Draft.resumed,
    "meeting.closed": Draft.closed,
    "text.adopted": Draft.declared_adopted,
    "adoption.answered": Draft.agreed_to,
    "silence.held": Draft.silence_held,
    **dict.fromkeys(MAKING, Draft.outcome_made),
}
"""By act, the method that writes about its entries. The bodies are those of other packages, which are not imported."""
