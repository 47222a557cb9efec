"""Every act on a text, by what it is about."""

from suhbat.texts import (
    adopting,
    agreeing,
    answering,
    closing,
    consensus,
    discussing,
    drafting,
    linking,
    opening,
    proposing,
    reminding,
    signing,
    silence,
    standing,
)
from suhbat.texts.languages import acts as languages
from suhbat.texts.languages import terms

__all__ = [
    "adopting",
    "agreeing",
    "answering",
    "closing",
    "consensus",
    "discussing",
    "drafting",
    "languages",
    "linking",
    "opening",
    "proposing",
    "reminding",
    "signing",
    "silence",
    "standing",
    "terms",
]
