"""Fields that the inputs of several acts of the floor share."""

from typing import Annotated, Literal

from msgspec import Meta

Seen = Annotated[int, Meta(ge=0, title="What the form had seen", extra={"widget": "hidden"})]
"""The number of the chair's last decision that the form showed; 0 where it showed none."""
Kind = Annotated[
    Literal["speech", "reply", "point-of-order", "question"], Meta(extra={"words_of": "what the floor is for"})
]
Delegation = Annotated[str, Meta(title="Delegation", max_length=20, extra={"choices": "floor.delegations"})]
Item = Annotated[str, Meta(title="Agenda item", max_length=40, extra={"choices": "floor.items"})]
