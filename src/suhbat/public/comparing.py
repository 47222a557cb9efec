"""Comparing formats: each picture as numbers, with a sentence computed from them that is true for any data."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from suhbat.formats.names import state_name
from suhbat.formats.topics import TOPICS
from suhbat.ground.dates import first_day
from suhbat.ground.language import gettext as _
from suhbat.ground.language import ngettext
from suhbat.public.almanac import Almanac
from suhbat.public.facts import Format, Outcome
from suhbat.public.pictures import bars, heat
from suhbat.public.words import LEVELS

FIVE = frozenset({"KZ", "KG", "TJ", "TM", "UZ"})
"""The five states of Central Asia."""
FEW = 12

Made = dict[str, Any]


def short(format_: Format) -> str:
    """A name that fits a column."""
    return format_.short_name or format_.name


def meetings_by_year(known: Almanac, formats: Sequence[Format], years: Sequence[int]) -> Made:
    """How often each format met, year by year."""
    rows, most = [], 0
    for format_ in formats:
        by_year = Counter(m.year for m in known.of_format.get(format_.id, []))
        most = max([most, *by_year.values()])
        rows.append((format_, by_year))
    made: list[Made] = [
        {"format": f.id, "name": f.name, "path": f.path, "total": sum(c.values()), "counts": [c[y] for y in years],
         "bars": bars(c, years, most)}
        for f, c in rows
    ]  # fmt: skip
    best = max(((row["total"], row["name"]) for row in made), default=(0, ""))
    peak = max(((n, row["name"], y) for row in made for y, n in zip(years, row["counts"], strict=True)), default=None)
    said = _("No meetings to compare.")
    if peak and peak[0]:
        said = _("%(name)s met most often, %(times)s times; the most in one year: %(most)s, %(busy)s in %(year)s.") % {
            "name": best[1], "times": best[0], "most": peak[0], "busy": peak[1], "year": peak[2],
        }  # fmt: skip
    return {"rows": made, "years": list(years), "sentence": said,
            "columns": ["format", *map(str, years)], "table": [[r["format"], *r["counts"]] for r in made]}  # fmt: skip


def _grid(
    rows: Sequence[tuple[str, str, Sequence[int]]], columns: Sequence[Any], names: Sequence[str], said: str
) -> Made:
    most = max((n for _i, _n, counts in rows for n in counts), default=0)
    return {
        "columns": ["", *map(str, columns)],
        "heads": list(names),
        "rows": [
            {"id": id_, "name": name, "cells": [{"n": n, "heat": heat(n, most)} for n in counts]}
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
    top = max(range(len(LEVELS)), key=lambda n: sums[n])
    said = _("%(count)s of these meetings were on the level “%(level)s”, the most frequent one, of %(all)s in all.") % {
        "count": sums[top], "level": str(list(LEVELS.values())[top]), "all": sum(sums),
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
        everywhere = [code for code in order if all(counted[f.id][code] for f in formats)]
        said = _("The topic of most meetings is %(topic)s (%(count)s); %(shared)s of %(all)s topics were taken up by every format shown.") % {  # noqa: E501
            "topic": str(TOPICS[order[0]]), "count": sums[order[0]], "shared": len(everywhere), "all": len(order),
        }  # fmt: skip
    return _grid(rows, [f.id for f in formats], [short(f) for f in formats], said)


def chairs(known: Almanac, formats: Sequence[Format]) -> Made:
    """Who takes the chair, and who hosts."""
    chair: Counter[str] = Counter()
    host: Counter[str] = Counter()
    total = 0
    for f in formats:
        for m in known.of_format.get(f.id, []):
            total += 1
            if m.chair:
                chair[m.chair.state] += 1
            if m.country and m.mode != "video":
                host[m.country] += 1
    order = sorted(set(chair) | set(host), key=lambda s: (-(chair[s] + host[s]), s))
    rows = [(s, state_name(s), [chair[s], host[s]]) for s in order[:20]]
    named, placed = sum(chair.values()), sum(host.values())
    said = _("No chair or place is on record.")
    if rows:
        five = sum(chair[s] for s in FIVE), sum(host[s] for s in FIVE)
        said = _("Of %(total)s meetings the chair is known for %(named)s and the place for %(placed)s; one of the five was in the chair at %(chaired)s and host of %(hosted)s.") % {  # noqa: E501
            "total": total, "named": named, "placed": placed, "chaired": five[0], "hosted": five[1],
        }  # fmt: skip
    return _grid(rows, ["chair", "host"], [_("in the chair"), _("host")], said)


def delays(known: Almanac, formats: Sequence[Format]) -> Made:
    """From the promise to the first report that something was done, in days; only where such a report is known."""
    rows: list[Made] = []
    for f in formats:
        promises = [o for m in known.of_format.get(f.id, []) for o in m.outcomes if o.kind in {"pledge", "project"}]
        days = sorted(d for d in (_first_delivery(o) for o in promises) if d is not None)
        rows.append({
            "format": f.id, "name": f.name, "path": f.path, "promises": len(promises), "known": len(days),
            "median": days[len(days) // 2] if days else None, "least": days[0] if days else None,
            "most": days[-1] if days else None,
        })  # fmt: skip
    longest = max((row["most"] or 0 for row in rows), default=0) or 1
    for row in rows:
        row["x"] = round(100 * row["median"] / longest, 1) if row["median"] is not None else None
        row["from"] = round(100 * row["least"] / longest, 1) if row["least"] is not None else None
        row["to"] = round(100 * row["most"] / longest, 1) if row["most"] is not None else None
    everything = [row for row in rows if row["median"] is not None]
    with_report, all_of = sum(r["known"] for r in rows), sum(r["promises"] for r in rows)
    said = _("For %(known)s of %(all)s pledges and projects a dated first delivery is on record.") % {
        "known": with_report, "all": all_of,
    }  # fmt: skip
    if everything:
        quick = min(everything, key=lambda r: (r["median"], r["name"]))
        said += " " + _("The shortest middle time: %(name)s, %(days)s days (%(known)s known).") % {
            "name": quick["name"], "days": quick["median"], "known": quick["known"],
        }  # fmt: skip
    return {"rows": rows, "sentence": said,
            "columns": ["format", "promises", "with_dated_delivery", "median_days", "least_days", "most_days"],
            "table": [[r[name] for name in _DELAYS] for r in rows]}  # fmt: skip


_DELAYS = ("format", "promises", "known", "median", "least", "most")


def _first_delivery(outcome: Outcome) -> int | None:
    for each in outcome.deliveries:
        if each.date and each.state in {"delivered", "in-progress"} and len(outcome.day) == len("2020-08-11"):
            return max(0, (first_day(each.date) - first_day(outcome.day)).days)
    return None


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
    said = _("Of %(all)s promises of a further meeting %(kept)s are known to be kept, %(dropped)s to be given up.") % {
        "all": all_of, "kept": kept, "dropped": dropped,
    }  # fmt: skip
    return _grid(rows, kinds, [_("kept"), _("given up"), _("not known")], said)


def rooms(known: Almanac, years: Sequence[int]) -> Made:
    """The same five in a room: among themselves, with one partner, or where others are in the majority of members.

    Counted over all formats: the point on which comparisons of N+1 and the organisations rest.
    """
    kinds = ("n-plus-zero", "n-plus-one", "organisation", "initiative")
    by_kind = known.remember("rooms", lambda: _years_by_kind(known, kinds))
    wider = by_kind["organisation"] + by_kind["initiative"]
    shown = {"n-plus-zero": by_kind["n-plus-zero"], "n-plus-one": by_kind["n-plus-one"], "wider": wider}
    most = max((n for counted in shown.values() for n in counted.values()), default=1)
    names = {"n-plus-zero": _("among themselves"), "n-plus-one": _("with one partner (N+1)"),
             "wider": _("in wider organisations and initiatives")}  # fmt: skip
    rows: list[Made] = [
        {"id": kind, "name": names[kind], "total": sum(c.values()), "counts": [c[y] for y in years],
         "bars": bars(dict(c), years, most)}
        for kind, c in shown.items()
    ]  # fmt: skip
    ahead = [y for y in years if shown["n-plus-one"][y] > wider[y]]
    said = _("Since %(first)s the record holds %(one)s meetings with one partner, %(zero)s among the five themselves and %(wider)s in wider bodies.") % {  # noqa: E501
        "first": years[0] if years else "", "zero": rows[0]["total"], "one": rows[1]["total"],
        "wider": rows[2]["total"],
    }  # fmt: skip
    if ahead:
        said += " " + ngettext(
            "In %(count)s year there were more with one partner than in wider bodies, first in %(year)s.",
            "In %(count)s years there were more with one partner than in wider bodies, first in %(year)s.",
            len(ahead),
        ) % {"count": len(ahead), "year": ahead[0]}
    return {"rows": rows, "years": list(years), "sentence": said, "columns": ["room", *map(str, years)],
            "table": [[r["id"], *r["counts"]] for r in rows]}  # fmt: skip


def _years_by_kind(known: Almanac, kinds: Sequence[str]) -> dict[str, Counter[int]]:
    made: dict[str, Counter[int]] = {kind: Counter() for kind in kinds}
    for m in known.meetings:
        format_ = known.formats.get(m.format)
        if format_ and format_.kind in made:
            made[format_.kind][m.year] += 1
    return made


def overlap(formats: Sequence[Format], years: Sequence[int]) -> Made:
    """How many of the five were in each format at the end of each year, as members or partners."""
    shown = [y for y in years if y % 2 == 1] if len(years) > FEW else list(years)
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
    """The years to compare: from the first meeting to the last one or this year."""
    every = [*years, last]
    return list(range(min(every), max(every) + 1))
