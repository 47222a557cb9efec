"""A summary record set for paper: every word in its language, ready for the printed page and the Word file."""

from typing import Any

from suhbat.formats.names import state_name
from suhbat.ground.dates import show_date
from suhbat.ground.language import LANGUAGES, Lazy, _, lazy, ngettext, reading_in
from suhbat.ground.money import show_amount, show_as_said
from suhbat.minutes.document import Document, Line, digest
from suhbat.minutes.leavings import Leaving
from suhbat.minutes.times import clock_time, on_day

LEVELS: dict[str, Lazy] = {
    "summit": lazy("Summit"),
    "ministerial": lazy("Ministerial meeting"),
    "senior-officials": lazy("Meeting of senior officials"),
    "expert": lazy("Meeting of experts"),
    "business": lazy("Business forum"),
    "intellectual": lazy("Intellectual dialogue"),
}
MODES: dict[str, Lazy] = {
    "video": lazy("by video conference"),
    "in-person": lazy("in person"),
    "hybrid": lazy("in person and by video conference"),
}
KINDS: dict[str, Lazy] = {
    "pledge": lazy("Pledge"),
    "decision": lazy("Decision"),
    "recommendation": lazy("Recommendation for the next meeting"),
    "announcement": lazy("Announcement"),
    "project": lazy("Project"),
    "next-meeting": lazy("Next meeting"),
}
TURNS: dict[str, Lazy] = {
    "reply": lazy("in right of reply"),
    "point-of-order": lazy("on a point of order"),
    "question": lazy("with a question"),
}


def sheet(document: Document) -> dict[str, Any]:
    """The document as strings in its own language: facts, delegations, agenda, blocks, outcomes, statements, foot."""
    with reading_in(document.language):
        meeting = document.meeting
        published = document.published
        lines = document.lines
        return {
            "language": document.language,
            "title": meeting.title,
            "format": document.format,
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
            "blocks": _blocks(lines),
            "outcomes_title": _("Outcomes"),
            "outcomes": [_outcome(each, draft=published is None) for each in document.outcomes],
            "no_outcomes": _("No outcome was confirmed."),
            "statements_title": _("Annex: statements as filed"),
            "statements": [
                {
                    "state": state_name(each["delegation"]),
                    "title": each["title"],
                    "language": each["language"],
                    "language_name": LANGUAGES.get(each["language"], each["language"]),
                    "text": each["text"],
                    "entries": _entries([each["entry"]]),
                }
                for each in document.statements
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
    day = show_date(meeting.starts)
    if meeting.ends and meeting.ends != meeting.starts:
        day = f"{day} – {show_date(meeting.ends)}"
    place = ", ".join(
        part for part in (meeting.city or "", state_name(meeting.country) if meeting.country else "") if part
    )
    mode = str(MODES.get(meeting.mode or "", ""))
    chair = ", ".join(
        part
        for part in (
            meeting.chair_name or "",
            meeting.chair_office or "",
            state_name(meeting.chair_state) if meeting.chair_state else "",
        )
        if part
    )
    told = [
        (_("Date"), day),
        (_("Place"), ", ".join(part for part in (place, mode) if part)),
        (_("Chair"), chair),
        (_("Format"), document.format),
        (_("Number"), str(meeting.number) if meeting.number else ""),
    ]
    return [{"label": label, "text": text} for label, text in told if text]


def _blocks(lines: list[Line]) -> list[dict[str, Any]]:
    """The paragraphs in order; the items of the agenda are counted."""
    made: list[dict[str, Any]] = []
    for line in lines:
        if line.kind != "delegation":
            made.append({**_block(line), "ordinal": sum(each["kind"] == "item" for each in made) + 1})
    return made


def _block(line: Line) -> dict[str, Any]:
    """A paragraph with its lead: who spoke, in which office and as what."""
    block: dict[str, Any] = {
        "name": line.name,
        "kind": line.kind,
        "number": line.number,
        "text": line.text,
        "lead": "",
        "who": "",
        "entries": _entries(line.entries),
        "statements": [
            _("Statement filed: “%(title)s” (%(language)s)")
            % {"title": each["title"], "language": LANGUAGES.get(each["language"], each["language"])}
            for each in line.about.get("statements", [])
        ],
    }
    if line.kind == "intervention":
        block["lead"] = state_name(line.delegation)
        turn = TURNS.get(line.about.get("kind", ""))
        told = [line.about.get("speaker", ""), line.about.get("office", ""), str(turn) if turn else ""]
        block["who"] = ", ".join(word for word in told if word)
    if line.outcome is not None:
        block["text"] = short(line.outcome)
        block["entries"] = _entries(line.outcome.entries)
    return block


def short(outcome: Leaving) -> str:
    """An outcome in one line: kind, title, amount as it was said."""
    written = outcome.written
    parts = [str(written["title"]), show_as_said(written["amount"])]
    told = ", ".join(part for part in parts if part)
    return f"{KINDS.get(written['kind'], written['kind'])}: {told}"


def _outcome(outcome: Leaving, *, draft: bool) -> dict[str, Any]:
    written = outcome.written
    amount = written["amount"]
    return {
        "kind": str(KINDS.get(written["kind"], written["kind"])),
        "title": written["title"],
        "text": written["summary"] if written["summary"] != written["title"] else "",
        "by": ", ".join(state_name(code) for code in written["by"]),
        "to": ", ".join(state_name(code) for code in written["to"]),
        "to_label": _("to"),
        "amount": show_as_said(amount),
        "figures": show_amount(amount) if amount and amount["as_said"] else "",
        "due": (_("Due: %(date)s") % {"date": show_date(written["due"])}) if written["due"] else "",
        "standing": _("not confirmed; not to be published") if draft and not outcome.confirmed else "",
        "entries": _entries(outcome.entries),
    }


def _entries(numbers: list[int]) -> str:
    """The entries that something rests on, as a reader's note."""
    if not numbers:
        return ""
    said = ngettext("entry %(numbers)s", "entries %(numbers)s", len(numbers))
    return said % {"numbers": ", ".join(map(str, numbers))}


def _colophon(document: Document) -> list[str]:
    """What stands at the end: who agreed, where the entries are, the digest."""
    told = []
    if document.agreed:
        states = ", ".join(state_name(code) for code in document.agreed)
        told.append(_("Agreed by: %(states)s.") % {"states": states})
    if waiting := document.not_agreed:
        states = ", ".join(state_name(code) for code in waiting)
        told.append(_("Not agreed by: %(states)s.") % {"states": states})
    told.append(_("The numbers in the margin name the entries of the record on which each paragraph rests."))
    if document.published is not None:
        told.append(
            _("Published by entry %(number)s at %(time)s.")
            % {
                "number": document.published.number,
                "time": clock_time(document.published.time, document.meeting.zone),
            }
        )
    told.append(_("SHA-256 of the content: %(digest)s") % {"digest": digest(document)})
    return told
