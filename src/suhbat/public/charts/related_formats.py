"""In whose company the same states meet: with which partners, since when, and inside which wider frameworks."""

from bisect import bisect_left
from typing import Any

from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.facts import Format, Meeting

Joining = tuple[Format, int, int]
"""A format, how many of the region's states it joins, and of how many."""
KINDS = ("n-plus-one", "n-plus-zero", "organisation", "initiative")
"""One partner, none, wider frameworks: the order in which they are told."""

WIDER = {"organisation", "initiative"}


MOST = 24
"""Dialogues told, and as many wider frameworks; how many more there are is said."""


def company(known: Almanac, meeting: Meeting) -> tuple[list[dict[str, Any]], int]:
    """The formats that join the states of the region that met here, by kind and by their first recorded meeting.

    The states of the region are the members of the meeting's own format. Dialogues are told if they join all of them,
    wider frameworks if they join most of them (`joined` of `all`). With each its first meeting, and the last one it
    held before this (`last_before`), if that is another. A format without a recorded meeting is left out: nothing is
    known of when it first met. The first of each sort are told, and how many others there are.
    """
    own = known.formats.get(meeting.format)
    if own is None or own.kind != "n-plus-one":
        return [], 0
    shown, more = known.remember(("company", own.id), lambda: _first_of(_joining(known, own)))
    return [_told_of(known, meeting, own, *each) for each in shown], more


def _first_of(joining: list[Joining]) -> tuple[list[Joining], int]:
    dialogues = [each for each in joining if each[0].kind not in WIDER]
    wider = [each for each in joining if each[0].kind in WIDER]
    shown = dialogues[:MOST] + wider[:MOST]
    return shown, len(joining) - len(shown)


def _joining(known: Almanac, own: Format) -> list[Joining]:
    """Formats, how many of the region's states they join, and of how many; in the order in which they are told."""
    region = _joined(own, {"member"})
    made = []
    for each in known.formats.values():
        joined = len(region & _joined(each, {"member", "partner", "observer", "dialogue-partner"}))
        fits = joined == len(region) or (each.kind in WIDER and joined * 2 > len(region))
        if region and fits and known.of_format.get(each.id):
            made.append((each, joined, len(region)))
    return sorted(made, key=lambda row: (KINDS.index(row[0].kind), known.of_format[row[0].id][0].starts, row[0].id))


def _told_of(known: Almanac, meeting: Meeting, own: Format, each: Format, joined: int, of: int) -> dict[str, Any]:
    met = known.of_format[each.id]
    before = bisect_left(met, meeting.starts, key=lambda one: one.starts)
    first, last = met[0], met[before - 1] if before else None
    return {
        "id": each.id, "name": each.name, "native_names": each.native_names, "path": each.path,
        "kind": each.kind, "own": each.id == own.id,
        "joined": joined, "all": of, "first": _told(first),
        "last_before": _told(last) if last and last.id not in {first.id, meeting.id} else None,
    }  # fmt: skip


def _told(meeting: Meeting) -> dict[str, Any]:
    return {"starts": meeting.starts, "city": meeting.city, "mode": meeting.mode, "path": meeting.path}


def _joined(format_: Format, roles: set[str]) -> frozenset[str]:
    return frozenset(each.state for each in format_.members if each.role in roles)
