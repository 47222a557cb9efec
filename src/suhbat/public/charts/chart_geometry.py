"""The geometry of charts: positions and sizes that the templates draw as SVG.

Positions are in per cent of the chart's width, so that one drawing fits a small and a large screen.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from suhbat.ground.dates import first_day
from suhbat.public.read_model.fact_types import Meeting

STEPS = ((1, 12), (2, 30), (5, 60), (10, 120), (20, 240), (100, 1200), (1000, 12000))
"""Which years have a label below a time axis: a step, and the greatest number of years for it. A small screen shows
every second label."""
MOST_YEARS = 80
"""Years that are shown one by one in a table or as bars, at most; the latest years are shown."""
CROWDED = 300
"""If a row has more marks than this, marks of the same level at the same position are drawn only once."""
MIDDLE = {4: 182, 7: 15}
"""Days that are added to a partial date, so that the mark is in the middle of the year or month."""

Row = tuple[dict[str, Any], Sequence[Meeting]]
Table = tuple[Sequence[str], list[list[Any]]]


class Years:
    """A time axis, from 1 January of the first year to 31 December of the last year."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, min(max(last, first), date.max.year - 1)
        self._from = date(first, 1, 1)
        self._days = (date(self.last + 1, 1, 1) - self._from).days

    def at(self, partial: str) -> float:
        """The position of a date, in per cent."""
        days = (first_day(partial) - self._from).days + MIDDLE.get(len(partial), 0)
        return round(100 * min(max(days / self._days, 0), 1), 2)

    def marks(self) -> list[dict[str, Any]]:
        """The labels of the axis. Only those with `major` are shown on a small screen."""
        count = self.last - self.first + 1
        step = next(step for step, most in STEPS if count <= most)
        return [
            {"year": year, "x": self.at(f"{year}-01-01"), "major": year % (2 * step) == 0}
            for year in range(self.first, self.last + 1)
            if year % step == 0
        ]


def years_of(meetings: Iterable[Meeting], today: date) -> Years:
    """The axis from the first meeting to today."""
    years = [meeting.year for meeting in meetings]
    return Years(min(years, default=today.year), max([*years, today.year]))


def timeline(rows: Iterable[Row], years: Years, today: date, *, linked: bool = False) -> dict[str, Any]:
    """Rows of marks, one for each meeting, and the number of meetings by year.

    With `linked`, a mark has the address, day and city of its meeting.
    """
    shown_years = list(range(max(years.first, years.last - MOST_YEARS + 1), years.last + 1))
    chart_rows = []
    for row, meetings in rows:
        marks: list[dict[str, Any]] = []
        for meeting in apart(meetings, years):
            mark: dict[str, Any] = {"x": years.at(meeting.starts), "level": meeting.level}
            if linked:
                mark |= {"path": meeting.path, "starts": meeting.starts, "city": meeting.city or ""}
            marks.append(mark)
        by_year = Counter(meeting.year for meeting in meetings)
        chart_rows.append(row | {"marks": marks, "by_year": [by_year[year] for year in shown_years]})
    return {"years": years.marks(), "today": years.at(today.isoformat()), "rows": chart_rows, "told_years": shown_years}


def apart(meetings: Sequence[Meeting], years: Years) -> Sequence[Meeting]:
    """The meetings of a row. In a crowded row, only one of the meetings whose marks would cover each other."""
    if len(meetings) <= CROWDED:
        return meetings
    return list({(round(4 * years.at(m.starts)), m.level): m for m in meetings}.values())


def year_table(picture: dict[str, Any], name: str) -> Table:
    """A timeline as a table of meetings by year."""
    return (name, *map(str, picture["told_years"])), [[row[name], *row["by_year"]] for row in picture["rows"]]


def bars(values: dict[int, int], years: Sequence[int], most: int | None = None) -> list[dict[str, Any]]:
    """Bars of counts by year: position and width in per cent of the chart's width, height in per cent of its height."""
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
    """Stacked bars of two counts; the upper part has a height of its own, `above_height`."""
    return [
        bar | {"above": above.get(bar["year"], 0), "above_height": round(100 * above.get(bar["year"], 0) / most, 1)}
        for bar in bars(below, years, most)
    ]


def shares(parts: dict[str, int], whole: int) -> list[dict[str, Any]]:
    """How a total divides: position and width of each part in per cent. The rest is not known."""
    segments, start = [], 0
    for name, count in parts.items():
        segments.append({"name": name, "count": count, "x": round(100 * start / max(whole, 1), 2),
                     "width": round(100 * count / max(whole, 1), 2)})  # fmt: skip
        start += count
    return segments


def heat(value: int, most: int) -> int:
    """How dark a cell of a table is, 0 to 5. The number is shown in the cell too."""
    return 0 if not value else max(1, min(5, -(-5 * value // max(most, 1))))
