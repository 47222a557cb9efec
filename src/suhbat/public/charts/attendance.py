"""Who of the five was in a room, and with whom: by the delegations that the record names, or else by membership.

Sources name only some of those who came; nobody's absence follows from that. So a meeting counts as *named* where the
delegations on record settle it: all of the five are named, or all of them that belong to the format, and one other at
least where others belong to it too. Of a meeting held here the record says who was there at the opening or spoke.
Where attendance is not recorded, membership on that day (or the invitation) is counted instead, and shown apart. Where
not even that is known, it is said.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from suhbat.ground.language import gettext as _
from suhbat.ground.language import ngettext
from suhbat.ground.name_lists import sentences
from suhbat.public.charts.geometry import stacks
from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.facts import HELD, Format, Meeting

FIVE = frozenset({"KZ", "KG", "TJ", "TM", "UZ"})
"""The five states of Central Asia."""
ROOMS = ("alone", "one", "several", "some", "unknown")
"""All five among themselves, with one partner, with several others; only some of the five; not known."""
ALL_FIVE = ROOMS[:3]
BELONGING = frozenset({"member", "partner"})
NOT_YET = frozenset({"draft", "convened", "cancelled"})
"""Meetings held here that nobody has come to yet, or never will."""

Made = dict[str, Any]
Counts = dict[tuple[str, bool], Counter[int]]


class Belonging:
    """Who belongs to a format when, as far as its dates tell; a partial date counts for all it can mean."""

    def __init__(self, format_: Format) -> None:
        self.kind = format_.kind
        self.partners = frozenset(m.state for m in format_.members if m.role == "partner")
        self.ever = frozenset(m.state for m in format_.members)
        self._dated = [(m.state, m.since or "", m.until or "") for m in format_.members if m.role in BELONGING]
        self._latest = max((since for _state, since, _until in self._dated), default="")
        self._for_good = not any(until for _state, _since, until in self._dated)
        self._all = frozenset(state for state, _since, _until in self._dated)

    def on(self, day: str) -> frozenset[str]:
        """Members and partners on a day."""
        if self._for_good and day >= self._latest:  # nearly always, and at once
            return self._all
        return frozenset(state for state, since, until in self._dated if _within(since, day, until))


def _within(since: str, day: str, until: str) -> bool:
    begun, left = min(len(since), len(day)), min(len(until), len(day))
    return since[:begun] <= day[:begun] and not (until and until[:left] < day[:left])


def room_of(format_: Belonging, meeting: Meeting) -> tuple[str, bool] | None:
    """Which of `ROOMS` a meeting was, and whether named attendance settles it.

    None where the five have no part in it, or where nobody has met yet.
    """
    if meeting.origin == HELD and meeting.status in NOT_YET:
        return None
    named = {d.state for d in meeting.delegations}
    if meeting.chair:
        named.add(meeting.chair.state)
    if meeting.origin == HELD and (meeting.present is not None or meeting.delegations):
        present = set(named if meeting.present is None else meeting.present)  # invited, or there
        return (_room(format_, present), meeting.present is not None) if present & FIVE else None
    members = format_.on(meeting.starts)
    present = named | members
    ours = FIVE if named >= FIVE else members & FIVE
    by_themselves = format_.kind == "n-plus-zero" and members <= FIVE
    if ours and (not present <= FIVE or by_themselves):
        return _room(format_, present), ours <= named and (by_themselves or not named <= FIVE)
    return ("unknown", False) if named & FIVE or format_.ever & FIVE else None


def _room(format_: Belonging, present: set[str]) -> str:
    if not present >= FIVE:
        return "some"
    others = present - FIVE
    if not others:
        return "alone"
    if format_.kind == "n-plus-one":  # a partner may be a union of several states
        return "one" if others <= format_.partners else "several"
    return "one" if format_.kind == "n-plus-zero" and len(others) == 1 else "several"


def rooms(known: Almanac, years: Sequence[int]) -> Made:
    """The same five in a room: among themselves, with one partner, with several others. Counted over all formats."""
    counts: Counts = known.remember("rooms", lambda: _counted(known))
    highest = max([1, *(counts[room, True][y] + counts[room, False][y] for room in ROOMS for y in years)])
    names = {
        "alone": _("the five among themselves"),
        "one": _("the five with one partner or guest"),
        "several": _("the five with several others"),
        "some": _("only some of the five"),
        "unknown": _("who was there is not known"),
    }
    rows: list[Made] = []
    for room in ROOMS:
        named, assumed = counts[room, True], counts[room, False]
        rows.append({
            "id": room, "name": names[room], "named": sum(named.values()), "assumed": sum(assumed.values()),
            "total": sum(named.values()) + sum(assumed.values()), "counts": [named[y] for y in years],
            "assumed_counts": [assumed[y] for y in years], "bars": stacks(named, assumed, years, highest),
        })  # fmt: skip
    return {
        "rows": rows,
        "years": list(years),
        "sentence": sentences(_sentences(rows, counts, years)),
        "columns": ["room", "attendance", *map(str, years)],
        "table": [
            [r["id"], how, *r[name]]
            for r in rows
            for how, name in (("named", "counts"), ("not recorded", "assumed_counts"))
        ],
    }


def _counted(known: Almanac) -> Counts:
    made: Counts = {(room, how): Counter() for room in ROOMS for how in (True, False)}
    for id_, meetings in known.of_format.items():
        if format_ := known.formats.get(id_):
            belonging = Belonging(format_)
            for meeting in meetings:
                if room := room_of(belonging, meeting):
                    made[room][meeting.year] += 1
    return made


def _sentences(rows: Sequence[Made], counts: Counts, years: Sequence[int]) -> list[str]:
    of = {row["id"]: row for row in rows}
    if not any(row["total"] for row in rows):
        return [_("No meeting of the five is on record.")]
    made = [
        _("All five are named together at %(all)s meetings: %(alone)s among themselves, %(one)s with one partner or guest, %(several)s with several others.")  # noqa: E501
        % {"all": sum(of[room]["named"] for room in ALL_FIVE), **{room: of[room]["named"] for room in ALL_FIVE}}
    ]  # fmt: skip
    if assumed := sum(of[room]["assumed"] for room in ALL_FIVE):
        made.append(
            _("Attendance not recorded, all five belonging to the format at the time: %(all)s more (%(alone)s, %(one)s and %(several)s).")  # noqa: E501
            % {"all": assumed, **{room: of[room]["assumed"] for room in ALL_FIVE}}
        )  # fmt: skip
    if of["some"]["total"] or of["unknown"]["total"]:
        made.append(
            _("Only some of the five belonged or came: %(some)s; not known who came: %(unknown)s.")
            % {"some": of["some"]["total"], "unknown": of["unknown"]["total"]}
        )
    ahead = [y for y in years if counts["one", True][y] > counts["several", True][y]]
    if ahead:
        made.append(
            ngettext(
                "By attendance on record, one partner was more frequent than several others in %(count)s year (%(first)s).",  # noqa: E501
                "By attendance on record, one partner was more frequent than several others in %(count)s years, the first of them %(first)s.",  # noqa: E501
                len(ahead),
            )
            % {"count": len(ahead), "first": ahead[0]}
        )
    return made
