"""Places in a text as a reader reads them: numbers of paragraphs in his language, and the title by its name."""

from suhbat.ground.language import language, pgettext
from suhbat.texts.wording import numbering


def place_said(label: str) -> str:
    """A label of `numbering.numbers` in the reader's language: PP1, ПП1, 前文1; empty for none."""
    return pgettext("a text's", "Title") if label == numbering.TITLE else numbering.said(label, language())
