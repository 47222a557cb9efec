"""The print view of a summary record: all texts in its language, for the PDF, the Word file and the page."""

from typing import Any

import msgspec

from suhbat.formats.city_names import city_name
from suhbat.formats.format_names import format_name
from suhbat.formats.state_names import state_name
from suhbat.formats.vocabulary import LEVELS, MODES, OUTCOME_KINDS
from suhbat.ground.date_phrases import show_days
from suhbat.ground.dates import show_date
from suhbat.ground.language import Lazy, _, language, lazy, ngettext, pgettext, reading_in
from suhbat.ground.language_names import language_label, language_name
from suhbat.ground.money import show_amount, show_as_said
from suhbat.ground.name_lists import in_a_row, labelled, listed
from suhbat.minutes.outcomes_in_log import LoggedOutcome
from suhbat.minutes.person_names import in_one_line
from suhbat.minutes.summary_record import Document, Line, digest
from suhbat.minutes.time_format import clock_time, on_day

IN_BRACKETS = {"ja": "（{}）"}
"""Brackets around the description of a speaker, for languages that do not use a space and half-width brackets."""
TURNS: dict[str, Lazy] = {
    "reply": lazy("in right of reply"),
    "point-of-order": lazy("on a point of order"),
    "question": lazy("with a question"),
}


def print_view(document: Document) -> dict[str, Any]:
    """The document as strings in its language: facts, delegations, blocks, outcomes, statements, colophon."""
    with reading_in(document.language):
        meeting = document.meeting
        published = document.published
        lines = document.lines
        return {
            "language": document.language,
            "title": meeting.title,
            "format": format_name(meeting.format, document.format, document.native_names),
            "kicker": _("Summary record"),
            "level": str(LEVELS.get(meeting.level, meeting.level)),
            "standing": _standing(document),
            "draft": published is None,
            "rehearsal": _("Rehearsal: no record of a real meeting") if meeting.rehearsal else "",
            "facts": _facts(document),
            "delegations_title": _("Delegations"),
            "delegations": [
                {"state": state_name(line.delegation), "people": line.text}
                for line in lines
                if line.kind == "delegation"
            ],
            "states": {line.delegation: state_name(line.delegation) for line in lines if line.delegation},
            "blocks": _blocks(lines),
            "outcomes_title": _("Outcomes"),
            "outcomes": [_outcome(outcome, draft=published is None) for outcome in document.outcomes],
            "no_outcomes": _("No outcome was confirmed."),
            "statements_title": _("Annex: statements as filed"),
            "statements": [
                {
                    "state": state_name(statement["delegation"]),
                    "title": statement["title"],
                    "language": statement["language"],
                    "language_name": language_label(statement["language"]),
                    "text": statement["text"],
                    "entries": _entries([statement["entry"]]),
                }
                for statement in document.statements
            ],
            "colophon": _colophon(document),
        }


def _standing(document: Document) -> str:
    if document.published is not None:
        day = show_date(on_day(document.published.time, document.meeting.zone))
        return _("Published on %(day)s, version %(version)s") % {"day": day, "version": document.version}
    return _("Draft, version %(version)s: not agreed, not for circulation") % {"version": document.version}


def _facts(document: Document) -> list[dict[str, str]]:
    meeting = document.meeting
    place = [
        city_name(meeting.city) if meeting.city else "",
        state_name(meeting.country) if meeting.country else "",
        str(MODES.get(meeting.mode or "", "")),
    ]
    chair = in_one_line(meeting.chair_name or "", meeting.chair_office or "", meeting.chair_state or "")
    facts = [
        (_("Date"), show_days(meeting.starts, meeting.ends)),
        (_("Place"), in_a_row(part for part in place if part)),
        (pgettext("a person", "Chair"), chair),
        (_("Format"), format_name(meeting.format, document.format, document.native_names)),
        (_("Number"), str(meeting.number) if meeting.number else ""),
    ]
    return [{"label": label, "text": text} for label, text in facts if text]


def _blocks(lines: list[Line]) -> list[dict[str, Any]]:
    """The paragraphs in order; the items of the agenda are numbered."""
    blocks: list[dict[str, Any]] = []
    for line in lines:
        if line.kind != "delegation":
            earlier_items = sum(block["kind"] == "item" for block in blocks)
            blocks.append({**_block(line), "ordinal": earlier_items + 1})
    return blocks


def _block(line: Line) -> dict[str, Any]:
    """A paragraph; an intervention has the speaker, the office and the kind in its lead."""
    block: dict[str, Any] = {
        "name": line.name,
        "kind": line.kind,
        "number": line.number,
        "text": line.text,
        "lead": "",
        "speaker": "",
        "aside": "",
        "entries": _entries(line.entries),
        "statements": [
            _("Statement filed: “%(title)s” (%(language)s)")
            % {"title": statement["title"], "language": language_name(statement["language"])}
            for statement in line.about.get("statements", [])
        ],
    }
    if line.kind == "intervention":
        block["lead"] = state_name(line.delegation)
        turn = TURNS.get(line.about.get("kind", ""))
        speaker = [in_one_line(line.about.get("speaker", ""), line.about.get("office", "")), str(turn) if turn else ""]
        block["speaker"] = in_a_row(part for part in speaker if part)
        block["aside"] = IN_BRACKETS.get(language(), " ({})").format(block["speaker"]) if block["speaker"] else ""
    if line.outcome is not None:
        block["text"] = outcome_line(line.outcome)
        block["entries"] = _entries(line.outcome.entries)
    return block


def outcome_line(outcome: LoggedOutcome) -> str:
    """An outcome in one line: kind, title, amount in the words of the speaker."""
    wording = outcome.wording
    parts = [str(wording.title), show_as_said(msgspec.to_builtins(wording.amount))]
    return labelled(str(OUTCOME_KINDS.get(wording.kind, wording.kind)), in_a_row(part for part in parts if part))


def _outcome(outcome: LoggedOutcome, *, draft: bool) -> dict[str, Any]:
    wording = outcome.wording
    amount = msgspec.to_builtins(wording.amount)
    return {
        "kind": str(OUTCOME_KINDS.get(wording.kind, wording.kind)),
        "title": wording.title,
        "text": wording.summary if wording.summary != wording.title else "",
        "parties": _parties(wording.by, wording.to),
        "amount": show_as_said(amount),
        "figures": show_amount(amount) if amount and amount["as_said"] else "",
        "due": (_("Due: %(date)s") % {"date": show_date(wording.due)}) if wording.due else "",
        "standing": _("not confirmed; not to be published") if draft and not outcome.confirmed else "",
        "entries": _entries(outcome.entries),
    }


def _parties(givers: list[str], receivers: list[str]) -> str:
    """The givers and the receivers of an outcome."""
    giver, receiver = listed(map(state_name, givers)), listed(map(state_name, receivers))
    if not giver or not receiver:
        return giver or receiver
    return pgettext("giver and receiver", "%(giver)s to %(receiver)s") % {"giver": giver, "receiver": receiver}


def _entries(numbers: list[int]) -> str:
    """The entries that a paragraph is based on, as a note for the reader."""
    if not numbers:
        return ""
    note = ngettext("entry %(numbers)s", "entries %(numbers)s", len(numbers))
    return note % {"numbers": in_a_row(map(str, numbers))}


def _colophon(document: Document) -> list[str]:
    """The notes at the end: who agreed, what the numbers mean, the digest."""
    notes = []
    if document.agreed:
        states = listed(map(state_name, document.agreed))
        notes.append(_("Agreed by: %(states)s.") % {"states": states})
    if document.not_agreed:
        states = listed(map(state_name, document.not_agreed))
        notes.append(_("Not agreed by: %(states)s.") % {"states": states})
    notes.append(_("The numbers in the margin name the entries of the record on which each paragraph rests."))
    if document.published is not None:
        notes.append(
            _("Published by entry %(number)s at %(time)s.")
            % {
                "number": document.published.number,
                "time": clock_time(document.published.time, document.meeting.zone),
            }
        )
    notes.append(_("SHA-256 of the content: %(digest)s") % {"digest": digest(document)})
    return notes
