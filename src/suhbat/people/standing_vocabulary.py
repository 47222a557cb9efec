"""The subjects that standing seats answer for, and their ranks, with their labels."""

from typing import Annotated, Literal

from msgspec import Meta

from suhbat.ground.language import Lazy, lazy

SUBJECTS: dict[str, Lazy] = {
    "promises": lazy("Promises and projects"),
    "health": lazy("Information on infectious diseases"),
    "consular": lazy("Repatriation of citizens"),
    "travel": lazy("Business mobility"),
}
RANKS: dict[str, Lazy] = {
    "chief": lazy("Chief", context="rank of a standing seat"),
    "main": lazy("Focal point", context="rank of a standing seat"),
    "alternate": lazy("Alternate", context="rank of a standing seat"),
    "validator": lazy("Validator", context="rank of a standing seat"),
}
Subject = Annotated[Literal["promises", "health", "consular", "travel"], Meta(extra={"labels": SUBJECTS})]
Rank = Annotated[Literal["chief", "main", "alternate", "validator"], Meta(extra={"labels": RANKS})]
SOLE_RANKS = frozenset({"chief", "main"})
"""Ranks that a state has only once for a subject in a format."""
EVERY = 182
"""Days after which it is tested again whether a seat answers: twice a year."""
PATIENCE = 30
"""Days for an answer. After them the chief and the secretariat are asked what to do with the seat."""
