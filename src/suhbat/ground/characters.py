"""Which characters are refused where: one policy, as one table, for acts, texts, names, sums, files and file names.

A character is refused for one of three reasons: it cannot be written everywhere, it is a control character that no
document has, or it is invisible and may change how words are read. The rules are applied to input only, never to the
record: what was accepted before is replayed unchanged.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

CONTROLS = "\x00-\x08\x0b\x0e-\x1f"
"""The C0 control characters, without tab, line feed, carriage return and form feed."""
FORM_FEED, CARRIAGE_RETURN = "\x0c", "\r"
LATER_CONTROLS = "\x7f-\x9f"
LINE_SEPARATORS = "\u2028\u2029"
"""Line and paragraph separators, which nobody types."""
SURROGATES = "\ud800-\udfff"
"""Surrogates: halves of characters, which no encoding can write alone."""
NO_CHARACTERS = "\ufffe\uffff"
DIRECTION_MARKS = "\u202a-\u202e\u2066-\u2069"
"""Characters that change the writing direction of what follows, so that numbers can be reversed."""
BYTE_ORDER_MARK = "\ufeff"
VARIATION_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Variation selectors choose a character's form: invisible, but needed in names and words (kanji variants)."""
MISLEADING = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u206f\ufff9-\ufffb"
    f"\U000e0000-\U000e00ff\U000e01f0-\U000e0fff{DIRECTION_MARKS}{BYTE_ORDER_MARK}"
)
"""Invisible characters that no document needs: soft hyphens, zero-width characters, fillers, direction marks, tags."""


def _any_of(*sets: str) -> re.Pattern[str]:
    return re.compile(f"[{''.join(sets)}]")


UNSEEN = _any_of(MISLEADING, VARIATION_SELECTORS)
"""Every invisible character, whether a document needs it or not."""


class Place(Enum):
    """The places to which the rules apply."""

    ACT = "anything that an act is given or an entry holds"
    WORDING = "a paragraph, a title or a note of a text"
    TITLE = "a text's title and what stands for a whole text: besides what `WORDING` keeps out"
    NAME = "the name or office of a person, the name of a device"
    AS_SAID = "a sum as it was said"
    RECORD_FILE = "a word in a file of the public record"
    FILE_NAME = "the name of a paper's file"
    TEXT_FILE = "a paper that says it is plain text"


@dataclass(frozen=True)
class Rule:
    """What is refused in a place: single characters, and Unicode general categories."""

    characters: re.Pattern[str]
    categories: frozenset[str] = frozenset()

    def refuses(self, character: str) -> bool:
        """Whether a character is refused."""
        return bool(self.characters.match(character)) or unicodedata.category(character) in self.categories


RULES: dict[Place, Rule] = {
    Place.ACT: Rule(_any_of(CONTROLS, FORM_FEED, SURROGATES, NO_CHARACTERS)),
    Place.WORDING: Rule(_any_of(CONTROLS, FORM_FEED, CARRIAGE_RETURN, LATER_CONTROLS, SURROGATES, NO_CHARACTERS)),
    Place.TITLE: Rule(_any_of(MISLEADING)),
    Place.NAME: Rule(_any_of(MISLEADING), frozenset({"Cc", "Cf", "Co", "Cs"})),
    Place.AS_SAID: Rule(_any_of(MISLEADING), frozenset({"Cf"})),
    Place.RECORD_FILE: Rule(
        _any_of(
            CONTROLS,
            FORM_FEED,
            LATER_CONTROLS,
            LINE_SEPARATORS,
            DIRECTION_MARKS,
            BYTE_ORDER_MARK,
            SURROGATES,
            NO_CHARACTERS,
        )
    ),
    Place.FILE_NAME: Rule(_any_of(MISLEADING), frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})),
    Place.TEXT_FILE: Rule(_any_of(CONTROLS, LATER_CONTROLS)),
}
"""The policy: what is refused in each place."""


def misplaced(text: str, place: Place) -> list[str]:
    """The characters of a text that are refused in a place, in their order."""
    rule = RULES[place]
    return (
        [character for character in text if rule.refuses(character)]
        if rule.categories
        else rule.characters.findall(text)
    )


def fits(text: str, place: Place) -> bool:
    """Whether every character of a text is accepted in a place."""
    rule = RULES[place]
    return not rule.characters.search(text) and (not rule.categories or not any(map(rule.refuses, set(text))))


def fitted(text: str, place: Place) -> str:
    """The text without the characters that are refused, for text that nobody typed, such as a file name."""
    return "".join(character for character in text if not RULES[place].refuses(character))
