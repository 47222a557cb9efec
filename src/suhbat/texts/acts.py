"""Every act on a text, by what it is about."""

from suhbat.texts.adoption import consensus, publication, question, signatures, silence, silence_reminders
from suhbat.texts.languages import acts as languages
from suhbat.texts.languages import term_acts
from suhbat.texts.negotiation import (
    close_paragraph,
    drafting_desk,
    open_text,
    outcome_links,
    positions,
    proposals,
    propose,
    under_discussion,
)

__all__ = [
    "close_paragraph",
    "consensus",
    "drafting_desk",
    "languages",
    "open_text",
    "outcome_links",
    "positions",
    "proposals",
    "propose",
    "publication",
    "question",
    "signatures",
    "silence",
    "silence_reminders",
    "term_acts",
    "under_discussion",
]
