"""Square brackets that a delegation types itself: its words get brackets anyway, until all agree to them."""

from typing import Annotated

from msgspec import Meta

from suhbat.ground.language import lazy
from suhbat.ground.refusals import invalid

BracketsMeant = Annotated[
    bool, Meta(title="The square brackets belong to the words themselves", extra={"widget": "question"})
]


def ask_about_brackets(wording: str, present: str, *, meant: bool) -> None:
    """Ask, if proposed words have more square brackets than the present ones: they would stand doubled."""
    if not meant and wording.count("[") > present.count("["):
        raise invalid(
            meant=lazy(
                "You typed square brackets. Leave them out: your words stand in brackets by themselves until all agree."
                " Or tick that they belong to the words."
            )
        )
