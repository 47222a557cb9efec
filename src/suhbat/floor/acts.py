"""All acts of the floor: importing this module registers them."""

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
