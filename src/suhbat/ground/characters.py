"""Which characters have no place where: one policy, as one table, for acts, texts, names, sums, files and their names.

A character is kept out for one of three reasons: it cannot be written down everywhere, it is a control that no document
has, or nobody sees it and it may make words read otherwise than they stand. A rule is asked when something is given,
never of what the record holds: what was taken before is replayed as it is.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

CONTROLS = "\x00-\x08\x0b\x0e-\x1f"
"""The oldest controls: all but tab, line end, carriage return and form feed."""
FORM_FEED, CARRIAGE_RETURN = "\x0c", "\r"
LATER_CONTROLS = "\x7f-\x9f"
LINE_SIGNS = "\u2028\u2029"
"""Ends of lines and paragraphs that nobody types."""
HALVES = "\ud800-\udfff"
"""Halves of characters: no encoding can hold one by itself."""
NO_CHARACTERS = "\ufffe\uffff"
TURNING = "\u202a-\u202e\u2066-\u2069"
"""What turns the direction of all that follows: figures can be turned round."""
BYTE_ORDER_MARK = "\ufeff"
FORM_CHOOSERS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""What chooses a letter's form: unseen by itself, and needed in names and words (kanji variants)."""
MISLEADING = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u206f\ufff9-\ufffb"
    f"\U000e0000-\U000e00ff\U000e01f0-\U000e0fff{TURNING}{BYTE_ORDER_MARK}"
)
"""What nobody sees and no document needs: soft hyphens, signs without width, fillers, marks of direction, tags."""


def _one_of(*sets: str) -> re.Pattern[str]:
    return re.compile(f"[{''.join(sets)}]")


UNSEEN = _one_of(MISLEADING, FORM_CHOOSERS)
"""Every character that a reader cannot see, whether a document needs it or not."""


class Place(Enum):
    """Where characters may stand."""

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
    """What a place keeps out: signs one by one, and whole kinds of them by Unicode's general category."""

    signs: re.Pattern[str]
    kinds: frozenset[str] = frozenset()

    def keeps_out(self, sign: str) -> bool:
        """Whether a sign has no place there."""
        return bool(self.signs.match(sign)) or unicodedata.category(sign) in self.kinds


RULES: dict[Place, Rule] = {
    Place.ACT: Rule(_one_of(CONTROLS, FORM_FEED, HALVES, NO_CHARACTERS)),
    Place.WORDING: Rule(_one_of(CONTROLS, FORM_FEED, CARRIAGE_RETURN, LATER_CONTROLS, HALVES, NO_CHARACTERS)),
    Place.TITLE: Rule(_one_of(MISLEADING)),
    Place.NAME: Rule(_one_of(MISLEADING), frozenset({"Cc", "Cf", "Co", "Cs"})),
    Place.AS_SAID: Rule(_one_of(MISLEADING), frozenset({"Cf"})),
    Place.RECORD_FILE: Rule(
        _one_of(CONTROLS, FORM_FEED, LATER_CONTROLS, LINE_SIGNS, TURNING, BYTE_ORDER_MARK, HALVES, NO_CHARACTERS)
    ),
    Place.FILE_NAME: Rule(_one_of(MISLEADING), frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})),
    Place.TEXT_FILE: Rule(_one_of(CONTROLS, LATER_CONTROLS)),
}
"""The policy: which place keeps out what."""


def misplaced(text: str, place: Place) -> list[str]:
    """The signs of a text that have no place there, in their order."""
    rule = RULES[place]
    return [sign for sign in text if rule.keeps_out(sign)] if rule.kinds else rule.signs.findall(text)


def fits(text: str, place: Place) -> bool:
    """Whether every sign of a text may stand there."""
    rule = RULES[place]
    return not rule.signs.search(text) and (not rule.kinds or not any(map(rule.keeps_out, set(text))))


def fitted(text: str, place: Place) -> str:
    """The text without what has no place there, for what a machine names and nobody typed, such as a file's name."""
    return "".join(sign for sign in text if not RULES[place].keeps_out(sign))
