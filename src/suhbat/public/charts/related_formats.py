"""Related formats: other formats in which the same states meet, with which partners and since when."""

from bisect import bisect_left
from typing import Any

from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.fact_types import Format, Meeting

Joining = tuple[Format, int, int]
"""A format, how many of the region's states belong to it, and how many states the region has."""
KINDS = ("n-plus-one", "n-plus-zero", "organisation", "initiative")
"""The kinds of formats in the order of the list: with one partner, without a partner, wider frameworks."""

WIDER = {"organisation", "initiative"}


MOST = 24
"""Dialogues that are listed, at most, and as many wider frameworks; of the rest only the number is shown."""


def company(almanac: Almanac, meeting: Meeting) -> tuple[list[dict[str, Any]], int]:
    """The formats to which the states of this region belong, by kind and by first recorded meeting.

    The states of the region are the members of the meeting's own format. A dialogue is listed if all of them belong to
    it, a wider framework if most of them do (`joined` of `all`). Each row has the first meeting of the format, and its
    last meeting before this one (`last_before`), if that is a different meeting. A format without a recorded meeting
    is left out, because it is not known when it first met. The list has a limit; the number of further formats is
    returned too.
    """
    own_format = almanac.formats.get(meeting.format)
    if own_format is None or own_format.kind != "n-plus-one":
        return [], 0
    listed, more = almanac.remember(("company", own_format.id), lambda: _limit(_joining(almanac, own_format)))
    return [_related_row(almanac, meeting, own_format, *joining) for joining in listed], more


def _limit(joining: list[Joining]) -> tuple[list[Joining], int]:
    dialogues = [row for row in joining if row[0].kind not in WIDER]
    wider = [row for row in joining if row[0].kind in WIDER]
    listed = dialogues[:MOST] + wider[:MOST]
    return listed, len(joining) - len(listed)


def _joining(almanac: Almanac, own_format: Format) -> list[Joining]:
    """Formats with the number of the region's states in them, in the order of the list."""
    region = _states_in(own_format, {"member"})
    rows = []
    for format_ in almanac.formats.values():
        joined = len(region & _states_in(format_, {"member", "partner", "observer", "dialogue-partner"}))
        fits = joined == len(region) or (format_.kind in WIDER and joined * 2 > len(region))
        if region and fits and almanac.of_format.get(format_.id):
            rows.append((format_, joined, len(region)))
    return sorted(rows, key=lambda row: (KINDS.index(row[0].kind), almanac.of_format[row[0].id][0].starts, row[0].id))


def _related_row(
    almanac: Almanac, meeting: Meeting, own_format: Format, format_: Format, joined: int, all_states: int
) -> dict[str, Any]:
    meetings = almanac.of_format[format_.id]
    count_before = bisect_left(meetings, meeting.starts, key=lambda m: m.starts)
    first, last = meetings[0], meetings[count_before - 1] if count_before else None
    return {
        "id": format_.id, "name": format_.name, "native_names": format_.native_names, "path": format_.path,
        "kind": format_.kind, "own": format_.id == own_format.id,
        "joined": joined, "all": all_states, "first": _meeting_brief(first),
        "last_before": _meeting_brief(last) if last and last.id not in {first.id, meeting.id} else None,
    }  # fmt: skip


def _meeting_brief(meeting: Meeting) -> dict[str, Any]:
    return {"starts": meeting.starts, "city": meeting.city, "mode": meeting.mode, "path": meeting.path}


def _states_in(format_: Format, roles: set[str]) -> frozenset[str]:
    return frozenset(member.state for member in format_.members if member.role in roles)
