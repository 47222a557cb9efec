"""What templates may ask of texts: brackets, differences, names of stands and states."""

from jinja2 import Environment

from suhbat.texts.adoption.capital_times import capitals_at, in_utc
from suhbat.texts.adoption.signed_copy import fingerprint_of
from suhbat.texts.place_labels import place_said
from suhbat.texts.text_labels import CELLS, KINDS, SETTLED, STATES, STATUSES
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
    """Give templates what texts need."""
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
        holder=bracket_html.name,
        holder_within=bracket_html.name_within,
        plainly=plainly,
        text_fingerprint=fingerprint_of,
        text_label=place_said,
        in_utc=in_utc,
        text_kind=lambda word: KINDS.get(word, word),
        text_state=lambda word: STATES.get(word, word),
        text_status=lambda word: STATUSES.get(word, word),
        text_settled=lambda word: SETTLED.get(word, word),
        text_stand=lambda word: CELLS.get(word, word),
        text_chip=lambda word: CHIPS.get(word, "unknown"),
    )
