"""Filters and functions of texts for templates: brackets, differences, names of positions and statuses."""

from collections.abc import Iterable

from jinja2 import Environment

from suhbat.ground.clock import instant
from suhbat.meetings.capital_times import SharedTime, shared_times
from suhbat.texts.adoption.signed_copy import fingerprint_of
from suhbat.texts.adoption.utc_times import in_utc
from suhbat.texts.holder_names import holder_name, holder_name_within
from suhbat.texts.negotiation.open_text import KINDS
from suhbat.texts.place_labels import place_label
from suhbat.texts.text_labels import CELLS, PARAGRAPH_STATUSES, PROPOSAL_STATUSES, TEXT_STATUSES
from suhbat.texts.view import bracket_html
from suhbat.texts.wording.footnotes import Notes
from suhbat.texts.wording.table_rows import rows_of
from suhbat.texts.wording.unicode_cleaning import plainly

CHIPS = {
    "agreed": "kept", "clean": "kept", "ad-referendum": "kept", "adopted": "kept", "ready": "underway",
    "open": "underway", "reserved": "underway", "repair": "overdue", "blocked": "overdue", "drafting": "underway",
    "silence": "underway", "asked": "underway",
}  # fmt: skip


def install(environment: Environment) -> None:
    """Add the filters and functions of texts to the templates."""
    environment.globals.update(
        text_words=bracket_html.words,
        text_numbered=bracket_html.numbered,
        text_with_marks=bracket_html.with_marks,
        text_endnotes=bracket_html.endnotes,
        text_notes=Notes,
        text_rows=rows_of,
        text_brackets=bracket_html.brackets,
        line_brackets=bracket_html.line_brackets,
        text_excerpt=bracket_html.excerpt,
        text_changes=bracket_html.changes,
        capitals_at=capitals_at,
    )
    environment.filters.update(
        holder=holder_name,
        holder_within=holder_name_within,
        plainly=plainly,
        text_fingerprint=fingerprint_of,
        text_label=place_label,
        in_utc=in_utc,
        text_kind=lambda word: KINDS.get(word, word),
        text_status=lambda word: TEXT_STATUSES.get(word, word),
        paragraph_status=lambda word: PARAGRAPH_STATUSES.get(word, word),
        proposal_status=lambda word: PROPOSAL_STATUSES.get(word, word),
        text_stand=lambda word: CELLS.get(word, word),
        text_chip=lambda word: CHIPS.get(word, "unknown"),
    )


def capitals_at(stamp: str, states: Iterable[str]) -> list[SharedTime]:
    """An instant (`clock.stamp`) in the capitals of the states."""
    return shared_times(states, instant(stamp))
