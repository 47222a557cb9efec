"""What templates may ask of texts: brackets, differences, names of stands and states."""

from jinja2 import Environment

from suhbat.ground.language import Lazy, lazy
from suhbat.texts import typesetting
from suhbat.texts.answering import STANDS
from suhbat.texts.clocks import capitals_at, in_utc
from suhbat.texts.place_labels import place_said
from suhbat.texts.verifying import fingerprint_of
from suhbat.texts.wording.cleaning import plainly
from suhbat.texts.wording.footnotes import Notes
from suhbat.texts.wording.tables import rows_of

KINDS: dict[str, Lazy] = {
    "joint-statement": lazy("Joint statement"),
    "chairs-statement": lazy("Chair’s statement"),
    "action-plan": lazy("Action plan"),
    "recommendations": lazy("Recommendations for the next Dialogue"),
    "corrigendum": lazy("Corrigendum"),
}
STATES: dict[str, Lazy] = {
    "drafting": lazy("under negotiation"),
    "silence": lazy("under silence"),
    "asked": lazy("before the room for adoption"),
    "adopted": lazy("adopted"),
}
STATUSES: dict[str, Lazy] = {
    "agreed": lazy("agreed"),
    "ad-referendum": lazy("agreed ad referendum"),
    "clean": lazy("clean"),
    "ready": lazy("ready to be taken"),
    "reserved": lazy("reserved"),
    "open": lazy("open", context="a paragraph"),
    "blocked": lazy("blocked"),
    "repair": lazy("to be repaired"),
}
SETTLED: dict[str, Lazy] = {
    "open": lazy("open", context="a proposal"),
    "flagged": lazy("words have changed"),
    "incorporated": lazy("in the text"),
    "met": lazy("met by the text"),
    "set-aside": lazy("set aside"),
    "withdrawn": lazy("withdrawn"),
}
CELLS: dict[str, Lazy] = {
    "asks": lazy("asks for a change"),
    "unanswered": lazy("has not answered"),
    "": lazy("nothing to answer"),
    **STANDS,
}
CHIPS = {
    "agreed": "kept", "clean": "kept", "ad-referendum": "kept", "adopted": "kept", "ready": "underway",
    "open": "underway", "reserved": "underway", "repair": "overdue", "blocked": "overdue", "drafting": "underway",
    "silence": "underway", "asked": "underway",
}  # fmt: skip


def install(environment: Environment) -> None:
    """Give templates what texts need."""
    environment.globals.update(
        text_words=typesetting.words,
        text_numbered=typesetting.numbered,
        text_with_marks=typesetting.with_marks,
        text_endnotes=typesetting.endnotes,
        text_notes=Notes,
        text_rows=rows_of,
        text_brackets=typesetting.brackets,
        line_brackets=typesetting.line_brackets,
        text_excerpt=typesetting.excerpt,
        text_changes=typesetting.changes,
        capitals_at=capitals_at,
    )
    environment.filters.update(
        holder=typesetting.name,
        holder_within=typesetting.name_within,
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
