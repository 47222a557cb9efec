"""Words as a negotiator sees them: the smallest pieces that a bracket may separate.

A number with its unit, an amount with its currency and a date are one word each: nobody brackets half of
"2 billion yen". A letter is never separated from its accent. Japanese, which has no spaces, is split where the script
changes (kanji, katakana, hiragana). A footnote is one word.
"""

import re
from functools import lru_cache

from suhbat.texts.wording.footnotes import WHOLE

_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a"
    "\ufe00-\ufe0f\ufe20-\ufe2f\uff9e\uff9f\u200d\U0001f3fb-\U0001f3ff"
)
"""Marks that belong to the letter before. Written out, so that no later Unicode table changes an old comparison."""
_KANJI = "\u3005\u3006\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KATAKANA = "\u30a0-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_HIRAGANA = "\u3041-\u309f"
_LETTER = rf"[^\W{_KANJI}{_KATAKANA}{_HIRAGANA}]"
_PURE = rf"[^\W\d_{_KANJI}{_KATAKANA}{_HIRAGANA}]"
_GAP = "[ \u00a0\u202f]"

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|"
    "январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь|"
    "қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан|"
    "январи|феврали|марти|апрели|майи|июни|июли|августи|сентябри|октябри|ноябри|декабри|"
    "yanvar|fevral|mart|aprel|may|iyun|iyul|avgust|sentabr|oktabr|noyabr|dekabr|"
    "ýanwar|fewral|maý|iýun|iýul|awgust|sentýabr|oktýabr|noýabr"
)
_YEAR_WORD = rf"(?:{_GAP}(?:года|год|г\.|жылы|жыл|yil|ýyl|соли))?"
_MAGNITUDES = (
    "hundred|thousand|million|billion|trillion|сто|тысяч[аи]?|тыс\\.|миллион(?:а|ов)?|млн\\.?|"
    "миллиард(?:а|ов)?|млрд\\.?|триллион(?:а|ов)?|трлн\\.?|ming|million|milliard|мың|миң|ҳазор|müň"
)
_UNITS = (
    "(?:US )?dollars?|yen|euros?|pounds?|yuan|won|rupees?|roubles?|rubles?|tenge|soms?|somoni|manats?|sums?|"
    "доллар(?:а|ов)?(?: США)?|иен[аыу]?|евро|юан(?:ь|я|ей)|рубл(?:ь|я|ей)|тенге|сом(?:а|ов)?|сомони|"
    "JPY|USD|EUR|CNY|KZT|KGS|TJS|TMT|UZS|KRW|INR|RUB|GBP|CHF|"
    "per cent|percent|процент(?:а|ов)?|degrees?|°C|km|km²|m²|m³|kg|t|ha|kW|MW|GW|TW|kWh|MWh|GWh|Mt|Gt|"
    "tonnes?|tons?|hectares?|kilometres?|metres?|км|кг|га|кВт|МВт|ГВт|тонн[аы]?|гектар(?:а|ов)?|"
    "years?|months?|days?|hours?|минут|час(?:а|ов)?|дн(?:я|ей)|лет|год(?:а|ов)?"
)
_DIGITS = rf"\d{{1,3}}(?:{_GAP}\d{{3}})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,:/\-–‑]\d+)*"
_NUMBER = (
    rf"(?:[¥$€£₸₽＄￥]{_GAP}?)?(?:{_DIGITS})(?:{_PURE}[{_MARKS}]*)*(?:[-‑]{_PURE}{{1,3}}(?!\w))?"
    rf"(?:{_GAP}(?:{_MAGNITUDES})(?!\w))*(?:{_GAP}?[%‰％]|{_GAP}(?:{_UNITS})(?!\w))?"
)
_JAPANESE_NUMBER = (
    r"\d+(?:[.,，．]\d+)*(?:[兆億万千百]\d*(?:[.,，．]\d+)*)*"
    r"(?:年(?:\d+月(?:\d+日)?)?|月(?:\d+日)?|日|円|ドル|ユーロ|％|%|人|名|[かカヶ]国|回|件|億|万|兆|周年|世紀|時|分)+"
)
_DATE = (
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?:{_GAP}of)?{_GAP}(?:{_MONTHS})(?:,?{_GAP}\d{{4}}{_YEAR_WORD})?(?!\w)|"
    rf"(?=\w+{_GAP}\d)(?:{_MONTHS}){_GAP}"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?:,{_GAP}\d{{4}})?(?!\w)|\d{{4}}{_YEAR_WORD}(?!\w))|"
    r"(?:令和|平成|昭和)(?:元|\d+)年(?:\d+月(?:\d+日)?)?"
)
_PLAIN = (
    rf"{_LETTER}+(?:{_LETTER}|[{_MARKS}])*(?:['’ʼʻ‘\-‐‑]{_LETTER}(?:{_LETTER}|[{_MARKS}])*)*"
    rf"|[{_KANJI}][{_KANJI}{_MARKS}]*|[{_KATAKANA}][{_KATAKANA}{_MARKS}]*|[{_HIRAGANA}][{_HIRAGANA}{_MARKS}]*"
    rf"|.[{_MARKS}]*(?:(?<=\u200d).[{_MARKS}]*)*"
)
_ONE_WORD = rf"\s+|§\{{[0-9a-z]+\}}|{_DATE}|(?=[\d¥$€£₸₽＄￥])(?:{_JAPANESE_NUMBER}|{_NUMBER})|{_PLAIN}"
_WORD = re.compile(_ONE_WORD, re.DOTALL)
_WORD_OR_NOTE = re.compile(rf"{WHOLE}|{_ONE_WORD}", re.DOTALL)
WITH_NOTES = 3
"""From this version of the algorithm on a footnote is one word: a bracket holds the whole of it or nothing."""

# Version 4. The patterns above never change: older texts are always compared by them.
_SHORT_MONTHS = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|янв|февр?|мар|апр|авг|сент?|окт|нояб?|дек"
_MONTH = rf"(?:(?:{_MONTHS})(?!\w)|(?:{_SHORT_MONTHS})(?:\.(?={_GAP}\d)|(?!\w)))"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DAYS = rf"{_DAY}(?:{_GAP}?[-–—‑]{_GAP}?{_DAY})?"
_WHOLE_DATE = (
    rf"{_DAYS}(?:{_GAP}of)?{_GAP}{_MONTH}(?:,?{_GAP}\d{{4}}(?!\w){_YEAR_WORD}(?!\w))?|"
    rf"(?=\w{{3,9}}\.?{_GAP}\d){_MONTH}{_GAP}(?:{_DAYS}(?!\w)(?:,{_GAP}\d{{4}}(?!\w))?|\d{{4}}{_YEAR_WORD}(?!\w))|"
    r"(?:令和|平成|昭和)(?:元|\d+)年(?:\d+月(?:\d+日)?)?"
)
"""Also days from one to another, and months cut short: `2–3 November 2025`, `Nov. 24, 2025`."""
_SYMBOL = "[¥$€£₸₽＄￥]"
_CODE = "JPY|USD|EUR|CNY|KZT|KGS|TJS|TMT|UZS|KRW|INR|RUB|GBP|CHF"
_BEFORE = rf"(?:(?:{_CODE}|US|A|C|HK|NZ)?{_SYMBOL}{_GAP}?|(?:{_CODE}){_GAP}?|(?<![\w.,)\]])[-−])?(?=\d)"
"""A currency or a minus: `USD 5 million`, `US$2 billion`, `-5 °C`."""
_CARBON = rf"(?:[kMG]?t|tonnes?|tons?)(?:{_GAP}(?:of{_GAP})?)?CO[2₂](?:-?eq?)?"
_ALL_UNITS = (
    rf"{_CARBON}|{_UNITS}|долл\.(?:{_GAP}США)?|руб\.|"
    "mg|µg|μg|g|cm|cm²|cm³|mm|mm²|m|l|L|ml|mL|s|h|min|W|Wh|TWh|kV|Hz|kHz|MHz|GHz|Pa|kPa|MPa|kJ|MJ|GJ|TJ|PJ|"
    "grams?|kilograms?|litres?|liters?|meters?|kilometers?|centimet(?:re|er)s?|millimet(?:re|er)s?|miles?|"
    "мг|г|мм|см|м|м²|м³|км²|л|мл|ч|мин|Вт|кВт·ч|МВт·ч|ГВт·ч|кВ|МПа|"
    "грамм(?:а|ов)?|килограмм(?:а|ов)?|литр(?:а|ов)?|метр(?:а|ов)?|километр(?:а|ов)?"
)
_PER = rf"(?:[/·⋅](?:{_ALL_UNITS}|с|сут|сутки|day|year|yr|capita)(?!\w))*"
_WHOLE_NUMBER = (
    rf"{_BEFORE}(?:{_DIGITS})(?:{_PURE}[{_MARKS}]*)*(?:(?<=CO)2(?:eq?)?(?!\w))?(?:[-‑]{_PURE}{{1,3}}(?!\w))?"
    rf"(?:{_GAP}(?:{_MAGNITUDES}|bn|mn|tn|mln|mlrd|trln)(?!\w))*"
    rf"(?:{_GAP}?(?:[%‰％]|°[CFС]?(?!\w)|{_SYMBOL}(?!{_GAP}?\d))|{_GAP}(?:{_ALL_UNITS})(?!\w))?{_PER}"
)
_WHOLE_QUANTITY = re.compile(
    rf"{WHOLE}|\s+|§\{{[0-9a-z]+\}}|{_WHOLE_DATE}|(?=[\dA-Z\-−]|{_SYMBOL})(?:{_JAPANESE_NUMBER}|{_WHOLE_NUMBER})|{_PLAIN}",
    re.DOTALL,
)
WITH_QUANTITIES = 4
"""From this version on ranges of days, short months, compound units and currencies before a sum belong to the word."""


@lru_cache(maxsize=20_000)
def tokens(text: str, version: int = WITH_QUANTITIES) -> tuple[str, ...]:
    """The words of a text; joined together they are exactly the text."""
    if version >= WITH_QUANTITIES:
        return tuple(_WHOLE_QUANTITY.findall(text))
    return tuple((_WORD if version < WITH_NOTES else _WORD_OR_NOTE).findall(text))


def is_weak(token: str) -> bool:
    """Whether a piece is only space or punctuation, which carries no change of its own."""
    return not any(letter.isalnum() for letter in token)
