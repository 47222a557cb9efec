"""Every act on a text, by what it is about."""

from suhbat.texts import (
    adopting,
    answering,
    closing,
    discussing,
    drafting,
    opening,
    proposing,
    signing,
    silence,
    standing,
)
from suhbat.texts.languages import acts as languages

__all__ = [
    "adopting",
    "answering",
    "closing",
    "discussing",
    "drafting",
    "languages",
    "opening",
    "proposing",
    "signing",
    "silence",
    "standing",
]
