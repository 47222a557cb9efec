"""Which of the five states met, and with whom: by the delegations on record, or else by membership.

Sources name only some of the delegations; that a state is not named does not mean that it was absent. So a meeting
counts as *named* only if the delegations on record are enough: all of the five are named, or all of them that belong
to the format; and if others belong to the format too, at least one of them. For a meeting held here, the record says
who was present at the opening or spoke. If attendance is not recorded, membership on that day (or the invitation)
counts instead and is shown separately. If membership is not known either, the meeting counts as unknown.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from suhbat.ground.language import gettext as _
from suhbat.ground.language import ngettext
from suhbat.ground.name_lists import sentences
from suhbat.public.charts.chart_geometry import stacks
from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.fact_types import HELD, Format, Meeting

FIVE = frozenset({"KZ", "KG", "TJ", "TM", "UZ"})
"""The five states of Central Asia."""
ROOMS = ("alone", "one", "several", "some", "unknown")
"""Kinds of meetings: all five among themselves, with one partner, with several others; only some; not known."""
ALL_FIVE = ROOMS[:3]
BELONGING = frozenset({"member", "partner"})
NOT_YET = frozenset({"draft", "convened", "cancelled"})
"""Statuses of meetings held here that have not taken place."""

ChartData = dict[str, Any]
Counts = dict[tuple[str, bool], Counter[int]]


class Belonging:
    """Who belongs to a format on a day. A partial date (a month or a year) counts for every day in it."""

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
        if self._for_good and day >= self._latest:  # the usual case, and a fast one
            return self._all
        return frozenset(state for state, since, until in self._dated if _within(since, day, until))


def _within(since: str, day: str, until: str) -> bool:
    precision_since, precision_until = min(len(since), len(day)), min(len(until), len(day))
    return since[:precision_since] <= day[:precision_since] and not (
        until and until[:precision_until] < day[:precision_until]
    )


def room_of(format_: Belonging, meeting: Meeting) -> tuple[str, bool] | None:
    """Which of `ROOMS` a meeting was, and whether named attendance proves it.

    None if the five have no part in it, or if the meeting has not taken place.
    """
    if meeting.origin == HELD and meeting.status in NOT_YET:
        return None
    named = {d.state for d in meeting.delegations}
    if meeting.chair:
        named.add(meeting.chair.state)
    if meeting.origin == HELD and (meeting.present is not None or meeting.delegations):
        present = set(named if meeting.present is None else meeting.present)  # invited, or present
        return (_room(format_, present), meeting.present is not None) if present & FIVE else None
    members = format_.on(meeting.starts)
    present = named | members
    expected = FIVE if named >= FIVE else members & FIVE
    among_themselves = format_.kind == "n-plus-zero" and members <= FIVE
    if expected and (not present <= FIVE or among_themselves):
        return _room(format_, present), expected <= named and (among_themselves or not named <= FIVE)
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


def rooms(almanac: Almanac, years: Sequence[int]) -> ChartData:
    """How often the five met among themselves, with one partner, with several others; over all formats."""
    counts: Counts = almanac.remember("rooms", lambda: _counted(almanac))
    highest = max([1, *(counts[room, True][y] + counts[room, False][y] for room in ROOMS for y in years)])
    names = {
        "alone": _("the five among themselves"),
        "one": _("the five with one partner or guest"),
        "several": _("the five with several others"),
        "some": _("only some of the five"),
        "unknown": _("who was there is not known"),
    }
    rows: list[ChartData] = []
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


def _counted(almanac: Almanac) -> Counts:
    counts: Counts = {(room, how): Counter() for room in ROOMS for how in (True, False)}
    for id_, meetings in almanac.of_format.items():
        if format_ := almanac.formats.get(id_):
            belonging = Belonging(format_)
            for meeting in meetings:
                if room := room_of(belonging, meeting):
                    counts[room][meeting.year] += 1
    return counts


def _sentences(rows: Sequence[ChartData], counts: Counts, years: Sequence[int]) -> list[str]:
    row_of = {row["id"]: row for row in rows}
    if not any(row["total"] for row in rows):
        return [_("No meeting of the five is on record.")]
    texts = [
        _("All five are named together at %(all)s meetings: %(alone)s among themselves, %(one)s with one partner or guest, %(several)s with several others.")  # noqa: E501
        % {"all": sum(row_of[room]["named"] for room in ALL_FIVE), **{room: row_of[room]["named"] for room in ALL_FIVE}}
    ]  # fmt: skip
    if assumed := sum(row_of[room]["assumed"] for room in ALL_FIVE):
        texts.append(
            _("Attendance not recorded, all five belonging to the format at the time: %(all)s more (%(alone)s, %(one)s and %(several)s).")  # noqa: E501
            % {"all": assumed, **{room: row_of[room]["assumed"] for room in ALL_FIVE}}
        )  # fmt: skip
    if row_of["some"]["total"] or row_of["unknown"]["total"]:
        texts.append(
            _("Only some of the five belonged or came: %(some)s; not known who came: %(unknown)s.")
            % {"some": row_of["some"]["total"], "unknown": row_of["unknown"]["total"]}
        )
    years_ahead = [y for y in years if counts["one", True][y] > counts["several", True][y]]
    if years_ahead:
        texts.append(
            ngettext(
                "By attendance on record, one partner was more frequent than several others in %(count)s year (%(first)s).",  # noqa: E501
                "By attendance on record, one partner was more frequent than several others in %(count)s years, the first of them %(first)s.",  # noqa: E501
                len(years_ahead),
            )
            % {"count": len(years_ahead), "first": years_ahead[0]}
        )
    return texts
