"""Labels of places in a text, in the reader's language: the numbers of paragraphs, and the word for the title."""

from suhbat.ground.language import language, pgettext
from suhbat.texts.wording import numbering


def place_label(label: str) -> str:
    """A label of `numbering.numbers` in the reader's language: PP1, ПП1, 前文1; empty for an empty one."""
    return pgettext("a text's", "Title") if label == numbering.TITLE else numbering.label_in(label, language())
