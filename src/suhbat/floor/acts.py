"""The acts of the floor, by what they are about."""

from suhbat.floor import (
    give_floor,
    intervention_summaries,
    interventions,
    meeting_control,
    open_discussion,
    open_item,
    requests,
    speakers_list,
    statements,
)

__all__ = [
    "give_floor",
    "intervention_summaries",
    "interventions",
    "meeting_control",
    "open_discussion",
    "open_item",
    "requests",
    "speakers_list",
    "statements",
]
