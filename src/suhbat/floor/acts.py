"""All acts of the floor: importing this module registers them."""

from suhbat.floor import (
    extend_or_end,
    give_floor,
    intervention_summaries,
    meeting_control,
    open_discussion,
    open_item,
    requests,
    shared_statements,
    speakers_list_rulings,
    statements,
)

__all__ = [
    "extend_or_end",
    "give_floor",
    "intervention_summaries",
    "meeting_control",
    "open_discussion",
    "open_item",
    "requests",
    "shared_statements",
    "speakers_list_rulings",
    "statements",
]
