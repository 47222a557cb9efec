"""Lists of names and runs of sentences, as each language joins them.

A table of our own: CLDR has no word for "and" in Kazakh, Kyrgyz and Tajik lists of three, and none at all in some.
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
"""By language: what stands between names, between the only two, and before the last of more."""
RUN_ON = {"ja"}
"""Languages that write no blank between sentences."""
COLON = {"ja": "："}
"""What stands between a label and what it labels, where it is not a colon and a blank."""


def listed(names: Iterable[str], language: str = "") -> str:
    """Names as a sentence joins them: `A, B, and C`; those that are markup stay it."""
    each = list(names)
    between, of_two, before_last = JOINTS[language or present_language()]
    if len(each) < 2:  # noqa: PLR2004  (one name needs no joint)
        return each[0] if each else ""
    last = of_two if len(each) == 2 else before_last  # noqa: PLR2004
    return _joined([_joined(each[:-1], between), each[-1]], last)


def in_a_row(names: Iterable[str], language: str = "") -> str:
    """Names in a row of a table or a label, without a word before the last: `A, B, C`."""
    return _joined(list(names), JOINTS[language or present_language()][0])


def sentences(said: Iterable[str]) -> str:
    """Whole sentences one after another; empty ones are left out."""
    return _joined([each for each in said if each], "" if present_language() in RUN_ON else " ")


def labelled(label: str, what: str) -> str:
    """A label and what it labels: `Ministers: 13 times`, 閣僚：13回."""
    return _joined([label, what], COLON.get(present_language(), ": "))


def _joined(each: list[str], between: str) -> str:
    if any(isinstance(one, Markup) for one in each):
        return escape(between).join(escape(one) for one in each)
    return between.join(each)
