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

__all__ = [
    "adopting",
    "answering",
    "closing",
    "discussing",
    "drafting",
    "opening",
    "proposing",
    "signing",
    "silence",
    "standing",
]
