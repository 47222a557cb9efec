"""Charts that compare formats: the numbers of each chart, and a caption computed from them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import ceil
from statistics import median
from typing import Any

from suhbat.formats.topics import TOPICS
from suhbat.formats.vocabulary import LEVELS
from suhbat.ground.dates import first_day
from suhbat.ground.language import gettext as _
from suhbat.ground.language import ngettext
from suhbat.ground.money import show_number
from suhbat.ground.name_lists import sentences
from suhbat.public.charts.attendance import FIVE
from suhbat.public.charts.chart_geometry import MOST_YEARS, bars, heat
from suhbat.public.presentation.caption_parts import most, together
from suhbat.public.presentation.format_titles import short_title_of, titles_of
from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.fact_types import Format, Outcome

FEW = 12
"""Up to this number, all years are shown; if there are more, every second year, including the last."""

ChartData = dict[str, Any]


def meetings_by_year(almanac: Almanac, formats: Sequence[Format], years: Sequence[int]) -> ChartData:
    """How often each format met in each year."""
    counts_by_format, highest = [], 0
    for format_ in formats:
        by_year = Counter(m.year for m in almanac.of_format.get(format_.id, []))
        highest = max([highest, *(by_year[year] for year in years)])
        counts_by_format.append((format_, by_year))
    rows: list[ChartData] = [
        {"format": f.id, "name": f.name, "path": f.path, "total": sum(c.values()), "counts": [c[y] for y in years],
         "bars": bars(c, years, highest)}
        for f, c in counts_by_format
    ]  # fmt: skip
    names = titles_of(formats)
    top_formats, top_count = most((names[row["format"]], row["total"]) for row in rows)
    top_years, top_year_count = most(
        (_("%(name)s (%(year)s)") % {"name": names[row["format"]], "year": year}, n)
        for row in rows
        for year, n in zip(years, row["counts"], strict=True)
    )
    caption = _("No meetings to compare.")
    if top_formats:
        caption = _("The most meetings: %(names)s (%(times)s). The most in one year: %(at_once)s, %(busy)s.") % {
            "names": together(top_formats), "times": top_count, "busy": together(top_years), "at_once": top_year_count,
        }  # fmt: skip
    return {"rows": rows, "years": list(years), "sentence": caption,
            "columns": ["format", *map(str, years)], "table": [[r["format"], *r["counts"]] for r in rows]}  # fmt: skip


def _grid(
    rows: Sequence[tuple[str, str, Sequence[int]]], columns: Sequence[Any], names: Sequence[str], caption: str,
    first_column: str = "format",
) -> ChartData:  # fmt: skip
    highest = max((n for _i, _n, counts in rows for n in counts), default=0)
    return {
        "columns": [first_column, *map(str, columns)],
        "heads": list(names),
        "rows": [
            {"id": id_, "name": name, "cells": [{"n": n, "heat": heat(n, highest)} for n in counts]}
            for id_, name, counts in rows
        ],
        "sentence": caption,
        "table": [[id_, *counts] for id_, _name, counts in rows],
    }


def levels(almanac: Almanac, formats: Sequence[Format]) -> ChartData:
    """The levels on which each format meets."""
    rows = []
    for f in formats:
        counter = Counter(m.level for m in almanac.of_format.get(f.id, []))
        rows.append((f.id, f.name, [counter[level] for level in LEVELS]))
    sums = [sum(counts[n] for _i, _n, counts in rows) for n in range(len(LEVELS))]
    names, count = most(zip((str(name) for name in LEVELS.values()), sums, strict=True))
    caption = _("No meetings to compare.")
    if len(names) == 1:
        caption = _("%(count)s of these meetings were on the level “%(level)s”, the most frequent one, of %(all)s in all.") % {  # noqa: E501
            "count": count, "level": names[0], "all": sum(sums),
        }  # fmt: skip
    elif names:
        caption = _("The most frequent levels, with %(count)s of %(all)s meetings each: %(names)s.") % {
            "count": count, "all": sum(sums), "names": together(names),
        }  # fmt: skip
    return _grid(rows, list(LEVELS), [str(name) for name in LEVELS.values()], caption)


def topics(almanac: Almanac, formats: Sequence[Format]) -> ChartData:
    """The topics of each format: meetings with the topic on the agenda, or with an outcome about it."""
    counters = {}
    for f in formats:
        counter: Counter[str] = Counter()
        for m in almanac.of_format.get(f.id, []):
            counter.update(
                set(m.topics) | {i["topic"] for i in m.agenda if i.get("topic")} | {o.topic for o in m.outcomes}
            )
        counters[f.id] = counter
    sums = {code: sum(counter[code] for counter in counters.values()) for code in TOPICS}
    order = sorted((code for code in TOPICS if sums[code]), key=lambda code: -sums[code])
    rows = [(code, str(TOPICS[code]), [counters[f.id][code] for f in formats]) for code in order]
    caption = _("None of these formats has a topic on record.")
    if order:
        names, count = most((str(TOPICS[code]), sums[code]) for code in order)
        in_all_formats = [code for code in order if all(counters[f.id][code] for f in formats)]
        caption = _("The topic of most meetings is %(topic)s (%(count)s); %(shared)s of %(all)s topics were taken up by every format shown.") % {  # noqa: E501
            "topic": together(names), "count": count, "shared": len(in_all_formats), "all": len(order),
        }  # fmt: skip
    return _grid(rows, [f.id for f in formats], [short_title_of(f) for f in formats], caption, "topic")


def delays(almanac: Almanac, formats: Sequence[Format]) -> ChartData:
    """Days from the promise to the first report of action, only if both days are known.

    The first report may be about a beginning only, so the promises reported as delivered are counted separately. Work
    that began before the promise counts as zero days. The median of an even number lies halfway between two values.
    """
    rows: list[ChartData] = []
    for f in formats:
        promises = [o for m in almanac.of_format.get(f.id, []) for o in m.outcomes if o.kind in {"pledge", "project"}]
        reported = [(o, d) for o in promises if (d := _first_report(o)) is not None]
        days = sorted(d for _o, d in reported)
        rows.append({
            "format": f.id, "name": f.name, "path": f.path, "promises": len(promises), "known": len(days),
            "delivered": sum(1 for o, _d in reported if o.state == "delivered"),
            "median": _int_if_whole(median(days)) if days else None, "least": days[0] if days else None,
            "most": days[-1] if days else None,
        })  # fmt: skip
    longest = max((row["most"] or 0 for row in rows), default=0) or 1
    for row in rows:
        for key, value in (("x", row["median"]), ("from", row["least"]), ("to", row["most"])):
            row[key] = round(100 * value / longest, 1) if value is not None else None
    caption = _("For %(known)s of %(all)s pledges and projects a dated first report of action is on record; %(delivered)s of these are by now reported as delivered.") % {  # noqa: E501
        "known": sum(r["known"] for r in rows), "all": sum(r["promises"] for r in rows),
        "delivered": sum(r["delivered"] for r in rows),
    }  # fmt: skip
    if with_median := [row for row in rows if row["median"] is not None]:
        quickest = min(r["median"] for r in with_median)
        titles = titles_of(formats)
        names = [
            _("%(name)s (%(known)s known)") % {"name": titles[r["format"]], "known": r["known"]}
            for r in with_median
            if r["median"] == quickest
        ]
        shortest = _("The shortest middle time: %(names)s, %(days)s.") % {
            "names": together(names),
            "days": ngettext("%(count)s day", "%(count)s days", ceil(quickest)) % {"count": show_number(quickest)},
        }
        caption = sentences([caption, shortest])
    return {"rows": rows, "sentence": caption,
            "columns": ["format", "promises", "with_dated_report", "delivered", "median_days",
                        "least_days", "most_days"],
            "table": [[r[name] for name in _DELAYS] for r in rows]}  # fmt: skip


_DELAYS = ("format", "promises", "known", "delivered", "median", "least", "most")
_DAY = len("2020-08-11")


def _int_if_whole(days: float) -> float:
    """Return a whole number as int, so that only half days are shown with a decimal."""
    return int(days) if days == int(days) else days


def _first_report(outcome: Outcome) -> int | None:
    """Days until the first report of action; None if the report or the promise has no exact date."""
    first = next((delivery for delivery in outcome.deliveries if delivery.state in {"delivered", "in-progress"}), None)
    if first is None or len(first.date or "") != _DAY or len(outcome.day) != _DAY:
        return None
    return max(0, (first_day(first.date or "") - first_day(outcome.day)).days)


def next_meetings(almanac: Almanac, formats: Sequence[Format]) -> ChartData:
    """Promises of a next meeting: kept, given up, or not known."""
    kinds = ("kept", "dropped", "not known")
    rows = []
    for f in formats:
        counter = Counter(
            "kept" if o.fulfilled_by or o.state == "delivered" else "dropped" if o.state == "dropped" else "not known"
            for m in almanac.of_format.get(f.id, [])
            for o in m.outcomes
            if o.kind == "next-meeting"
        )
        rows.append((f.id, f.name, [counter[kind] for kind in kinds]))
    total = sum(sum(counts) for _i, _n, counts in rows)
    kept, dropped = sum(counts[0] for _i, _n, counts in rows), sum(counts[1] for _i, _n, counts in rows)
    caption = _("No promise of a further meeting is on record.")
    if total:
        caption = _("Of %(all)s promises of a further meeting %(kept)s are known to be kept, %(dropped)s to be given up.") % {  # noqa: E501
            "all": total, "kept": kept, "dropped": dropped,
        }  # fmt: skip
    return _grid(rows, kinds, [_("kept"), _("given up"), _("not known")], caption)


def overlap(formats: Sequence[Format], years: Sequence[int]) -> ChartData:
    """How many of the five belonged to each format at the end of each year, as members or partners."""
    years_shown = [y for y in years if (years[-1] - y) % 2 == 0] if len(years) > FEW else list(years)
    rows = [(f.id, f.name, [len(_in(f, year) & FIVE) for year in years_shown]) for f in formats]
    last = years[-1] if years else 0
    with_all_five = sum(1 for f in formats if _in(f, last) >= FIVE)
    caption = _("At the end of %(year)s, %(full)s of the %(all)s formats shown joined all five.") % {
        "year": last, "full": with_all_five, "all": len(formats),
    }  # fmt: skip
    return _grid(rows, years_shown, [str(y) for y in years_shown], caption)


def _in(format_: Format, year: int) -> set[str]:
    last_day = f"{year}-12-31"
    return {
        m.state
        for m in format_.members
        if m.role in {"member", "partner"}
        and (m.since or "0000") <= last_day[: len(m.since or last_day)]
        and (not m.until or m.until > last_day[: len(m.until)])
    }


def first_years(years: Iterable[int], last: int) -> list[int]:
    """The years to compare: from the first meeting to the last one or this year; at most the latest `MOST_YEARS`."""
    all_years = [*years, last]
    return list(range(max(min(all_years), max(all_years) - MOST_YEARS + 1), max(all_years) + 1))
