"""Comparing formats: each picture as numbers, with a sentence computed from them that is true for any data."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import ceil
from statistics import median
from typing import Any

from suhbat.formats.topics import TOPICS
from suhbat.ground.dates import first_day
from suhbat.ground.language import gettext as _
from suhbat.ground.language import ngettext
from suhbat.ground.money import show_number
from suhbat.ground.name_lists import sentences
from suhbat.public.charts.attendance import FIVE
from suhbat.public.charts.geometry import MOST_YEARS, bars, heat
from suhbat.public.presentation.caption_sentences import most, together
from suhbat.public.presentation.code_labels import LEVELS
from suhbat.public.presentation.format_titles import short_title_of, titles_of
from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.facts import Format, Outcome

FEW = 12
"""Years all shown; of more every second one, the last among them."""

Made = dict[str, Any]


def meetings_by_year(known: Almanac, formats: Sequence[Format], years: Sequence[int]) -> Made:
    """How often each format met, year by year."""
    rows, highest = [], 0
    for format_ in formats:
        by_year = Counter(m.year for m in known.of_format.get(format_.id, []))
        highest = max([highest, *(by_year[year] for year in years)])
        rows.append((format_, by_year))
    made: list[Made] = [
        {"format": f.id, "name": f.name, "path": f.path, "total": sum(c.values()), "counts": [c[y] for y in years],
         "bars": bars(c, years, highest)}
        for f, c in rows
    ]  # fmt: skip
    names = titles_of(formats)
    best, times = most((names[row["format"]], row["total"]) for row in made)
    busy, at_once = most(
        (_("%(name)s (%(year)s)") % {"name": names[row["format"]], "year": year}, n)
        for row in made
        for year, n in zip(years, row["counts"], strict=True)
    )
    said = _("No meetings to compare.")
    if best:
        said = _("The most meetings: %(names)s (%(times)s). The most in one year: %(at_once)s, %(busy)s.") % {
            "names": together(best), "times": times, "busy": together(busy), "at_once": at_once,
        }  # fmt: skip
    return {"rows": made, "years": list(years), "sentence": said,
            "columns": ["format", *map(str, years)], "table": [[r["format"], *r["counts"]] for r in made]}  # fmt: skip


def _grid(
    rows: Sequence[tuple[str, str, Sequence[int]]], columns: Sequence[Any], names: Sequence[str], said: str,
    what: str = "format",
) -> Made:  # fmt: skip
    highest = max((n for _i, _n, counts in rows for n in counts), default=0)
    return {
        "columns": [what, *map(str, columns)],
        "heads": list(names),
        "rows": [
            {"id": id_, "name": name, "cells": [{"n": n, "heat": heat(n, highest)} for n in counts]}
            for id_, name, counts in rows
        ],
        "sentence": said,
        "table": [[id_, *counts] for id_, _name, counts in rows],
    }


def levels(known: Almanac, formats: Sequence[Format]) -> Made:
    """On which levels each format meets."""
    rows = []
    for f in formats:
        counted = Counter(m.level for m in known.of_format.get(f.id, []))
        rows.append((f.id, f.name, [counted[level] for level in LEVELS]))
    sums = [sum(counts[n] for _i, _n, counts in rows) for n in range(len(LEVELS))]
    names, count = most(zip((str(name) for name in LEVELS.values()), sums, strict=True))
    said = _("No meetings to compare.")
    if len(names) == 1:
        said = _("%(count)s of these meetings were on the level “%(level)s”, the most frequent one, of %(all)s in all.") % {  # noqa: E501
            "count": count, "level": names[0], "all": sum(sums),
        }  # fmt: skip
    elif names:
        said = _("The most frequent levels, with %(count)s of %(all)s meetings each: %(names)s.") % {
            "count": count, "all": sum(sums), "names": together(names),
        }  # fmt: skip
    return _grid(rows, list(LEVELS), [str(name) for name in LEVELS.values()], said)


def topics(known: Almanac, formats: Sequence[Format]) -> Made:
    """Which topics each format takes up: meetings with the topic on the agenda, or outcomes on it."""
    counted = {}
    for f in formats:
        of: Counter[str] = Counter()
        for m in known.of_format.get(f.id, []):
            of.update(set(m.topics) | {i["topic"] for i in m.agenda if i.get("topic")} | {o.topic for o in m.outcomes})
        counted[f.id] = of
    sums = {code: sum(of[code] for of in counted.values()) for code in TOPICS}
    order = sorted((code for code in TOPICS if sums[code]), key=lambda code: -sums[code])
    rows = [(code, str(TOPICS[code]), [counted[f.id][code] for f in formats]) for code in order]
    said = _("None of these formats has a topic on record.")
    if order:
        names, count = most((str(TOPICS[code]), sums[code]) for code in order)
        everywhere = [code for code in order if all(counted[f.id][code] for f in formats)]
        said = _("The topic of most meetings is %(topic)s (%(count)s); %(shared)s of %(all)s topics were taken up by every format shown.") % {  # noqa: E501
            "topic": together(names), "count": count, "shared": len(everywhere), "all": len(order),
        }  # fmt: skip
    return _grid(rows, [f.id for f in formats], [short_title_of(f) for f in formats], said, "topic")


def delays(known: Almanac, formats: Sequence[Format]) -> Made:
    """From the promise to the first report of action, in days; only where both days are known.

    A report of action may tell of a beginning alone: how many are by now reported as delivered is counted apart. Work
    that had begun before it was promised took no days. The middle of an even number lies halfway between two.
    """
    rows: list[Made] = []
    for f in formats:
        promises = [o for m in known.of_format.get(f.id, []) for o in m.outcomes if o.kind in {"pledge", "project"}]
        reported = [(o, d) for o in promises if (d := _first_report(o)) is not None]
        days = sorted(d for _o, d in reported)
        rows.append({
            "format": f.id, "name": f.name, "path": f.path, "promises": len(promises), "known": len(days),
            "delivered": sum(1 for o, _d in reported if o.state == "delivered"),
            "median": _plain(median(days)) if days else None, "least": days[0] if days else None,
            "most": days[-1] if days else None,
        })  # fmt: skip
    longest = max((row["most"] or 0 for row in rows), default=0) or 1
    for row in rows:
        for place, days_ in (("x", row["median"]), ("from", row["least"]), ("to", row["most"])):
            row[place] = round(100 * days_ / longest, 1) if days_ is not None else None
    said = _("For %(known)s of %(all)s pledges and projects a dated first report of action is on record; %(delivered)s of these are by now reported as delivered.") % {  # noqa: E501
        "known": sum(r["known"] for r in rows), "all": sum(r["promises"] for r in rows),
        "delivered": sum(r["delivered"] for r in rows),
    }  # fmt: skip
    if told := [row for row in rows if row["median"] is not None]:
        quickest = min(r["median"] for r in told)
        titles = titles_of(formats)
        names = [
            _("%(name)s (%(known)s known)") % {"name": titles[r["format"]], "known": r["known"]}
            for r in told
            if r["median"] == quickest
        ]
        shortest = _("The shortest middle time: %(names)s, %(days)s.") % {
            "names": together(names),
            "days": ngettext("%(count)s day", "%(count)s days", ceil(quickest)) % {"count": show_number(quickest)},
        }
        said = sentences([said, shortest])
    return {"rows": rows, "sentence": said,
            "columns": ["format", "promises", "with_dated_report", "delivered", "median_days",
                        "least_days", "most_days"],
            "table": [[r[name] for name in _DELAYS] for r in rows]}  # fmt: skip


_DELAYS = ("format", "promises", "known", "delivered", "median", "least", "most")
_DAY = len("2020-08-11")


def _plain(days: float) -> float:
    """Half a day is told; a whole number is written as one."""
    return int(days) if days == int(days) else days


def _first_report(outcome: Outcome) -> int | None:
    """Days until the first report of action; None where it, or the promise, is not dated to the day."""
    first = next((each for each in outcome.deliveries if each.state in {"delivered", "in-progress"}), None)
    if first is None or len(first.date or "") != _DAY or len(outcome.day) != _DAY:
        return None
    return max(0, (first_day(first.date or "") - first_day(outcome.day)).days)


def next_meetings(known: Almanac, formats: Sequence[Format]) -> Made:
    """Promises of a further meeting: held, given up, or not known."""
    kinds = ("kept", "dropped", "not known")
    rows = []
    for f in formats:
        counted = Counter(
            "kept" if o.fulfilled_by or o.state == "delivered" else "dropped" if o.state == "dropped" else "not known"
            for m in known.of_format.get(f.id, [])
            for o in m.outcomes
            if o.kind == "next-meeting"
        )
        rows.append((f.id, f.name, [counted[kind] for kind in kinds]))
    all_of = sum(sum(counts) for _i, _n, counts in rows)
    kept, dropped = sum(counts[0] for _i, _n, counts in rows), sum(counts[1] for _i, _n, counts in rows)
    said = _("No promise of a further meeting is on record.")
    if all_of:
        said = _("Of %(all)s promises of a further meeting %(kept)s are known to be kept, %(dropped)s to be given up.") % {  # noqa: E501
            "all": all_of, "kept": kept, "dropped": dropped,
        }  # fmt: skip
    return _grid(rows, kinds, [_("kept"), _("given up"), _("not known")], said)


def overlap(formats: Sequence[Format], years: Sequence[int]) -> Made:
    """How many of the five were in each format at the end of each year, as members or partners."""
    shown = [y for y in years if (years[-1] - y) % 2 == 0] if len(years) > FEW else list(years)
    rows = [(f.id, f.name, [len(_in(f, year) & FIVE) for year in shown]) for f in formats]
    last = years[-1] if years else 0
    full = sum(1 for f in formats if _in(f, last) >= FIVE)
    said = _("At the end of %(year)s, %(full)s of the %(all)s formats shown joined all five.") % {
        "year": last, "full": full, "all": len(formats),
    }  # fmt: skip
    return _grid(rows, shown, [str(y) for y in shown], said)


def _in(format_: Format, year: int) -> set[str]:
    end = f"{year}-12-31"
    return {
        m.state
        for m in format_.members
        if m.role in {"member", "partner"}
        and (m.since or "0000") <= end[: len(m.since or end)]
        and (not m.until or m.until > end[: len(m.until)])
    }


def first_years(years: Iterable[int], last: int) -> list[int]:
    """The years to compare: from the first meeting to the last one or this year; of very many the latest."""
    every = [*years, last]
    return list(range(max(min(every), max(every) - MOST_YEARS + 1), max(every) + 1))
