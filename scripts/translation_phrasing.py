"""Endings that do not fit every placeholder, and phrases that no ministry writes: patterns for each language.

The value of `%(date)s` or `%(state)s` is known only when a page is made. An ending attached to it fits some values and
not others (5-den but 6-dan), and a verb agrees with some and not with others (Япония просит, США просят). Such a text
needs another wording: a noun after the date, a name after a colon.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from babel.messages import Message
from scripts import translation_catalogues, translation_forms


class Turn(NamedTuple):
    """A pattern of a wrong phrase, and why it is wrong; `spared` are English texts where it is right."""

    pattern: str
    why: str
    spared: tuple[str, ...] = ()


GLUED = Turn(r"%\(\w+\)s[^\W\d_]", "an ending glued to a placeholder fits some words only")
TURNS: dict[str, list[Turn]] = {
    "ru": [
        GLUED,
        Turn(
            r"%\((state|who|by|name)s?\)s [а-яё]+(ет|ит|ёт|ют|ят|л|ла|ло|ли|л бы)\b",
            "the verb agrees with some states and not with others",
            ("%(name)s took the seat: %(role)s",),  # one person, and the present tense: it agrees with everyone
        ),
        Turn(
            r"(?<![Тт]екст )(?<![Вв]стреча )(?<![Фф]ормат )«%\(\w+\)s» "
            r"(принят|опубликован|открыт|снят|подписан|изменён|создан|учреждён|созван)",
            "the participle agrees with some titles and not with others",
        ),
        Turn(r"%\(\w+\)s-(го|й|м|х|му|ми|я|е)\b", "an ordinal's ending fits some numbers only"),
    ],
    "ja": [
        Turn("あなた|私たち|許す", "to a minister: 貴代表団, 当代表団, or nothing"),
        Turn("[一二三四五六七八九十]+(分|時間|日|か国|代表団|議題|文字|週間|回)", "papers set across write figures"),
        Turn(r"(?:[ぁ-んァ-ヶ一-龥]|%\(\w+\)s): |[、。] ", "： 、 and 。 have no blanks"),
    ],
    "kk": [
        GLUED,
        Turn(
            r"%\(\w+\)s (дейін|бастап|бері|ішінен|қабылданды|жарияланды|келісілді|шектейді)\b",
            "the word governs a case which the placeholder has not",
        ),
    ],
    "ky": [
        GLUED,
        Turn(
            r"%\(\w+\)s (чейин|баштап|бери|ичинен|кабыл алынды|жарыяланды|макулдашылды|чектейт)\b",
            "the word governs a case which the placeholder has not",
        ),
    ],
    "tg": [
        GLUED,
        Turn(r"^(Аз|Ба|Барои|Дар зери|Пеш аз|Пас аз|Аз ҷониби):?$", "a preposition alone is no label"),
        Turn(r"(%\(\w+\)s|»)-(анд|аст|ам|ед|ем)\b", "the verb stands apart: ҳастанд"),
    ],
    "tk": [
        GLUED,
        Turn(
            r"%\(\w+\)s[”»]?(-\w+| (ni|ny|ga|ge|da|de|dan|den|çenli|içinde|yzynda|aýryl\w*)\b)",
            "the ending fits some words only: “%(label)s belgili bent” fits all",
        ),
        Turn(r"%\((year|since|from|until|first)\)s ýyl", "a year is an ordinal: 2001-nji ýyl"),
    ],
    "uz": [
        GLUED,
        Turn(r"%\(\w+\)s[”»]-?(ga|qa|ka|gacha|qacha|kacha)\b", "ga becomes qa after q and ka after k"),
        Turn(r"%\((?!time|last)\w+\)s (ga|da|dan|gacha|ning)\b", "the ending fits some words only; a time has figures"),
    ],
}


def faults(code: str, message: Message) -> Iterator[str]:
    """Every wrong phrase in a text."""
    for turn in TURNS.get(code, []):
        if translation_catalogues.one_id(message) in turn.spared:
            continue
        for form in translation_forms.translated(message):
            if wrong := re.search(turn.pattern, form):
                yield f"{wrong.group()!r} in {form!r}: {turn.why}"
