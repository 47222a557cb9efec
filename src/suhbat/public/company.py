"""In whose company the same states meet: with which partners, since when, and inside which wider frameworks."""

from typing import Any

from suhbat.public.almanac import Almanac
from suhbat.public.facts import Format, Meeting

KINDS = ("n-plus-one", "n-plus-zero", "organisation", "initiative")
"""One partner, none, wider frameworks: the order in which they are told."""

WIDER = {"organisation", "initiative"}


def company(known: Almanac, meeting: Meeting) -> list[dict[str, Any]]:
    """The formats that join the states of the region that met here, by kind and by their first recorded meeting.

    The states of the region are the members of the meeting's own format. Dialogues are told if they join all of them,
    wider frameworks if they join most of them (`joined` of `all`). With each its first meeting, and the last one it
    held before this (`last_before`), if that is another. A format without a recorded meeting is left out:
    nothing is known of when it first met.
    """
    own = known.formats.get(meeting.format)
    region = _joined(own, {"member"}) if own else frozenset()
    if own is None or own.kind != "n-plus-one" or not region:
        return []
    made = []
    for each in known.formats.values():
        met = known.of_format.get(each.id, ())
        joined = len(region & _joined(each, {"member", "partner", "observer", "dialogue-partner"}))
        if met and (joined == len(region) or (each.kind in WIDER and joined * 2 > len(region))):
            first = met[0]
            last = next((one for one in reversed(met) if one.starts < meeting.starts), None)
            made.append({
                "id": each.id, "name": each.name, "path": each.path, "kind": each.kind, "own": each.id == own.id,
                "joined": joined, "all": len(region),
                "first": _told(first),
                "last_before": _told(last) if last and last.id not in {first.id, meeting.id} else None,
            })  # fmt: skip
    return sorted(made, key=lambda each: (KINDS.index(each["kind"]), each["first"]["starts"], each["id"]))


def _told(meeting: Meeting) -> dict[str, Any]:
    return {"starts": meeting.starts, "city": meeting.city, "mode": meeting.mode, "path": meeting.path}


def _joined(format_: Format, roles: set[str]) -> frozenset[str]:
    return frozenset(each.state for each in format_.members if each.role in roles)
