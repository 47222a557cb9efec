"""Who chairs and who hosts, format by format: the five, others, or not known."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from suhbat.formats.state_names import state_name, state_sort_key
from suhbat.ground.language import gettext as _
from suhbat.ground.name_lists import sentences
from suhbat.public.charts.attendance import FIVE
from suhbat.public.charts.chart_geometry import heat, shares
from suhbat.public.presentation.format_titles import short_title_of
from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.fact_types import Format

MOST_STATES = 20
"""States in the tables on the page, at most; the CSV has them all."""

ChartData = dict[str, Any]
Tally = dict[str, Counter[str]]
TASKS = ("chair", "host")


def chairs(almanac: Almanac, formats: Sequence[Format]) -> ChartData:
    """Who chairs and who hosts in each format. A meeting by video has no host."""
    rows: list[ChartData] = []
    tallies: list[Tally] = []
    for f in formats:
        tally = almanac.remember(("chairs", f.id), lambda f=f: _tally(almanac, f))  # type: ignore[misc]
        tallies.append(tally)
        rows.append({
            "format": f.id, "name": f.name, "path": f.path, "meetings": tally["all"].total(),
            "placed": tally["all"]["placed"], **{task: _side(tally, task) for task in TASKS},
        })  # fmt: skip
    return {
        "rows": rows,
        "states": {task: _states(formats, tallies, task) for task in TASKS},
        "sentence": _sentence(rows),
        "columns": ["format", "meetings", "chair_known", "chair_five", "chair_others", "not_by_video", "host_known",
                    "host_five", "host_others"],
        "table": [[r["format"], r["meetings"], *_cells(r["chair"]), r["placed"], *_cells(r["host"])] for r in rows],
        "state_columns": ["format", "state", "chair", "host"],
        "state_table": [
            [f.id, state, tally["chair"][state], tally["host"][state]]
            for f, tally in zip(formats, tallies, strict=True)
            for state in sorted(tally["chair"] | tally["host"])
        ],
    }  # fmt: skip


def _tally(almanac: Almanac, format_: Format) -> Tally:
    tally: Tally = {"chair": Counter(), "host": Counter(), "all": Counter()}
    for m in almanac.of_format.get(format_.id, []):
        tally["all"]["video" if m.mode == "video" else "placed"] += 1
        if m.chair:
            tally["chair"][m.chair.state] += 1
        if m.country and m.mode != "video":
            tally["host"][m.country] += 1
    return tally


def _side(tally: Tally, task: str) -> ChartData:
    """How often one of the five, how often others, how often not known; with the positions in the chart."""
    five = sum(n for state, n in tally[task].items() if state in FIVE)
    others = tally[task].total() - five
    total = tally["all"].total() if task == "chair" else tally["all"]["placed"]
    return {"known": five + others, "five": five, "others": others, "not_known": total - five - others,
            "parts": shares({"five": five, "others": others}, total)}  # fmt: skip


def _cells(side: ChartData) -> list[int]:
    return [side["known"], side["five"], side["others"]]


def _states(formats: Sequence[Format], tallies: Sequence[Tally], task: str) -> ChartData:
    """A table of states by formats, the most frequent state first."""
    sums: Counter[str] = Counter()
    for tally in tallies:
        sums.update(tally[task])
    order = sorted(sums, key=lambda state: (-sums[state], state_sort_key(state)))
    highest = max((n for tally in tallies for n in tally[task].values()), default=0)
    return {
        "heads": [short_title_of(f) for f in formats],
        "more": len(order[MOST_STATES:]),
        "rows": [
            {"id": state, "name": state_name(state),
             "cells": [{"n": t[task][state], "heat": heat(t[task][state], highest)} for t in tallies]}
            for state in order[:MOST_STATES]
        ],
    }  # fmt: skip


def _sentence(rows: Sequence[ChartData]) -> str:
    chairs_known, places_known = (sum(r[task]["known"] for r in rows) for task in TASKS)
    if not chairs_known and not places_known:
        return _("No chair or place is on record.")
    first = _("Of %(total)s meetings the chair is known for %(named)s and the place for %(placed)s; one of the five was in the chair at %(chaired)s and host of %(hosted)s.") % {  # noqa: E501
        "total": sum(r["meetings"] for r in rows), "named": chairs_known, "placed": places_known,
        "chaired": sum(r["chair"]["five"] for r in rows), "hosted": sum(r["host"]["five"] for r in rows),
    }  # fmt: skip
    shared = [sum(1 for r in rows if r[task]["five"] and r[task]["others"]) for task in TASKS]
    second = _("Among the %(all)s formats shown, the chair is known to have gone to the five and to others in %(chairs)s, and the place in %(places)s.") % {  # noqa: E501
        "all": len(rows), "chairs": shared[0], "places": shared[1],
    }  # fmt: skip
    return sentences([first, second])
