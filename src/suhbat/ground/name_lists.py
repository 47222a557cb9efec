"""Lists of names and sequences of sentences, joined as each language does.

The table is our own: CLDR has no word for "and" in Kazakh, Kyrgyz and Tajik lists of three, and none at all in some.
"""

from collections.abc import Iterable

from markupsafe import Markup, escape

from suhbat.ground.language import language as present_language

JOINTS: dict[str, tuple[str, str, str]] = {
    "en": (", ", " and ", ", and "),
    "ru": (", ", " и ", " и "),
    "ja": ("、", "、", "、"),
    "kk": (", ", " және ", " және "),
    "ky": (", ", " жана ", " жана "),
    "tg": (", ", " ва ", " ва "),
    "tk": (", ", " we ", " we "),
    "uz": (", ", " va ", " va "),
}
"""By language: the separator between names, between two names, and before the last of more than two."""
RUN_ON = {"ja"}
"""Languages that write no space between sentences."""
COLON = {"ja": "："}
"""What is between a label and its value, if it is not a colon and a space."""


def listed(names: Iterable[str], language: str = "") -> str:
    """Names as a sentence joins them: `A, B, and C`. Markup stays markup."""
    parts = list(names)
    between, of_two, before_last = _joints(language)
    if len(parts) < 2:  # noqa: PLR2004  (one name needs no separator)
        return parts[0] if parts else ""
    last = of_two if len(parts) == 2 else before_last  # noqa: PLR2004
    return _joined([_joined(parts[:-1], between), parts[-1]], last)


def in_a_row(names: Iterable[str], language: str = "") -> str:
    """Names in a row of a table or a label, without a word before the last: `A, B, C`."""
    return _joined(list(names), _joints(language)[0])


def sentences(texts: Iterable[str]) -> str:
    """Sentences one after another; empty ones are left out."""
    return _joined([sentence for sentence in texts if sentence], "" if present_language() in RUN_ON else " ")


def labelled(label: str, value: str) -> str:
    """A label and its value: `Ministers: 13 times`, 閣僚：13回."""
    return _joined([label, value], COLON.get(present_language(), ": "))


def _joints(language: str) -> tuple[str, str, str]:
    """How a language joins names. A text may stand in a language that has no names here: then they are English."""
    return JOINTS.get(language or present_language(), JOINTS["en"])


def _joined(parts: list[str], between: str) -> str:
    if any(isinstance(part, Markup) for part in parts):
        return escape(between).join(parts)
    return between.join(parts)
