"""Pictures as numbers: where on a line of years each meeting stands. The templates draw them as SVG.

Positions are in per cent of the picture's width, so that one drawing fits a telephone and a wall.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from suhbat.ground.dates import first_day
from suhbat.public.facts import Meeting

FEW_YEARS, SOME_YEARS = 12, 30
MIDDLE = {4: 182, 7: 15}
"""Days added to a year or a month, so that a mark stands in the middle of what its source says."""

Row = tuple[dict[str, Any], Sequence[Meeting]]


class Years:
    """A line of years, from the first of January of the first to the last of December of the last."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, max(last, first)
        self._from = date(first, 1, 1)
        self._days = (date(self.last + 1, 1, 1) - self._from).days

    def at(self, partial: str) -> float:
        """Where a date stands, in per cent."""
        days = (first_day(partial) - self._from).days + MIDDLE.get(len(partial), 0)
        return round(100 * min(max(days / self._days, 0), 1), 2)

    def marks(self) -> list[dict[str, Any]]:
        """The years to write below: all of few, every fifth of many; `major` ones also on a telephone."""
        count = self.last - self.first + 1
        step = 1 if count <= FEW_YEARS else 2 if count <= SOME_YEARS else 5
        return [
            {"year": year, "x": self.at(f"{year}-01-01"), "major": year % 5 == 0}
            for year in range(self.first, self.last + 1)
            if year % step == 0 or count <= FEW_YEARS
        ]


def years_of(meetings: Iterable[Meeting], today: date) -> Years:
    """The years from the first meeting to today."""
    every = [meeting.year for meeting in meetings]
    return Years(min(every, default=today.year), max([*every, today.year]))


def timeline(rows: Iterable[Row], years: Years, today: date, *, linked: bool = False) -> dict[str, Any]:
    """Rows of marks, one per meeting, by level. `linked` marks carry their address and name."""
    made = []
    for about, meetings in rows:
        marks: list[dict[str, Any]] = []
        for meeting in meetings:
            mark: dict[str, Any] = {"x": years.at(meeting.starts), "level": meeting.level}
            if linked:
                mark |= {"path": meeting.path, "starts": meeting.starts, "city": meeting.city or ""}
            marks.append(mark)
        made.append(about | {"marks": marks})
    return {"years": years.marks(), "today": years.at(today.isoformat()), "rows": made}


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


def heat(value: int, most: int) -> int:
    """How dark a cell is, 0 to 5; the number stands in it too."""
    return 0 if not value else max(1, min(5, -(-5 * value // max(most, 1))))
