"""Pictures as numbers: where on a line of years each meeting stands. The templates draw them as SVG.

Positions are in per cent of the picture's width, so that one drawing fits a telephone and a wall.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from suhbat.ground.dates import first_day
from suhbat.public.read_model.facts import Meeting

STEPS = ((1, 12), (2, 30), (5, 60), (10, 120), (20, 240), (100, 1200), (1000, 12000))
"""Which years are written below a line: every year, every second …, and of how many years at most. On a telephone
every second of them."""
MOST_YEARS = 80
"""Years told one by one in a table or as bars, at most: the latest."""
CROWDED = 300
"""Marks of a row from which on those of one level that stand at the same place are drawn once."""
MIDDLE = {4: 182, 7: 15}
"""Days added to a year or a month, so that a mark stands in the middle of what its source says."""

Row = tuple[dict[str, Any], Sequence[Meeting]]
Table = tuple[Sequence[str], list[list[Any]]]


class Years:
    """A line of years, from the first of January of the first to the last of December of the last."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, min(max(last, first), date.max.year - 1)
        self._from = date(first, 1, 1)
        self._days = (date(self.last + 1, 1, 1) - self._from).days

    def at(self, partial: str) -> float:
        """Where a date stands, in per cent."""
        days = (first_day(partial) - self._from).days + MIDDLE.get(len(partial), 0)
        return round(100 * min(max(days / self._days, 0), 1), 2)

    def marks(self) -> list[dict[str, Any]]:
        """The years to write below: all of few, every fifth of many; `major` ones also on a telephone."""
        count = self.last - self.first + 1
        step = next(step for step, most in STEPS if count <= most)
        return [
            {"year": year, "x": self.at(f"{year}-01-01"), "major": year % (2 * step) == 0}
            for year in range(self.first, self.last + 1)
            if year % step == 0
        ]


def years_of(meetings: Iterable[Meeting], today: date) -> Years:
    """The years from the first meeting to today."""
    every = [meeting.year for meeting in meetings]
    return Years(min(every, default=today.year), max([*every, today.year]))


def timeline(rows: Iterable[Row], years: Years, today: date, *, linked: bool = False) -> dict[str, Any]:
    """Rows of marks, one per meeting, by level, and how many each year had. `linked` marks carry address and name."""
    told = list(range(max(years.first, years.last - MOST_YEARS + 1), years.last + 1))
    made = []
    for about, meetings in rows:
        marks: list[dict[str, Any]] = []
        for meeting in apart(meetings, years):
            mark: dict[str, Any] = {"x": years.at(meeting.starts), "level": meeting.level}
            if linked:
                mark |= {"path": meeting.path, "starts": meeting.starts, "city": meeting.city or ""}
            marks.append(mark)
        by_year = Counter(meeting.year for meeting in meetings)
        made.append(about | {"marks": marks, "by_year": [by_year[year] for year in told]})
    return {"years": years.marks(), "today": years.at(today.isoformat()), "rows": made, "told_years": told}


def apart(meetings: Sequence[Meeting], years: Years) -> Sequence[Meeting]:
    """All meetings of a row; where it is crowded, one of those of a level whose marks would cover each other."""
    if len(meetings) <= CROWDED:
        return meetings
    return list({(round(4 * years.at(m.starts)), m.level): m for m in meetings}.values())


def year_table(picture: dict[str, Any], name: str) -> Table:
    """A timeline as a table: meetings by year."""
    return (name, *map(str, picture["told_years"])), [[row[name], *row["by_year"]] for row in picture["rows"]]


def bars(values: dict[int, int], years: Sequence[int], most: int | None = None) -> list[dict[str, Any]]:
    """Bars of counts by year: place and width in per cent of the width, height in per cent of the height."""
    highest = max([*(values.get(year, 0) for year in years), most or 0, 1])
    width = 100 / max(len(years), 1)
    return [
        {
            "year": year,
            "count": values.get(year, 0),
            "x": round(n * width + width * 0.12, 2),
            "width": round(width * 0.76, 2),
            "height": round(100 * values.get(year, 0) / highest, 1),
        }
        for n, year in enumerate(years)
    ]


def stacks(below: dict[int, int], above: dict[int, int], years: Sequence[int], most: int) -> list[dict[str, Any]]:
    """Bars of two counts, one standing on the other: `above` has a height of its own."""
    return [
        bar | {"above": above.get(bar["year"], 0), "above_height": round(100 * above.get(bar["year"], 0) / most, 1)}
        for bar in bars(below, years, most)
    ]


def shares(parts: dict[str, int], whole: int) -> list[dict[str, Any]]:
    """How a whole divides: place and width of each part in per cent; what is left over is not known."""
    made, at = [], 0
    for name, count in parts.items():
        made.append({"name": name, "count": count, "x": round(100 * at / max(whole, 1), 2),
                     "width": round(100 * count / max(whole, 1), 2)})  # fmt: skip
        at += count
    return made


def heat(value: int, most: int) -> int:
    """How dark a cell is, 0 to 5; the number stands in it too."""
    return 0 if not value else max(1, min(5, -(-5 * value // max(most, 1))))
