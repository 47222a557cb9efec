"""Beginnings, ends and periods, each as a whole phrase: many languages have cases and endings where English has words.

A sentence that only puts "since" before a date is wrong in five of the eight languages.
"""

from suhbat.ground.dates import DAY, MONTH, fill, first_day, show_date
from suhbat.ground.language import language
from suhbat.ground.ordinals import ordinal

SINCE = {
    "en": "since {date}",
    "ru": "с {date}",
    "ja": "{date}から",
    "kk": "{date} бастап",
    "ky": "{date} баштап",
    "tg": "аз {date}",
    "tk": "{date} bäri",
    "uz": "{date} boshlab",
}
UNTIL = {
    "en": "until {date}",
    "ru": "до {date}",
    "ja": "{date}まで",
    "kk": "{date} дейін",
    "ky": "{date} чейин",
    "tg": "то {date}",
    "tk": "{date} çenli",
    "uz": "{date}",
}
FROM = SINCE | {"en": "from {date}", "kk": "{date}", "ky": "{date}", "tk": "{date}", "uz": "{date}"}
"""A beginning that is followed by an end."""
APART = {"ja": ""}
"""What is between the two ends of a period, if it is not a space."""
YEAR = {
    "kk": {"from": "{year} жылдан", "until": "{year} жылға"},
    "ky": {"from": "{year}-жылдан", "until": "{year}-жылга"},
    "tk": {"from": "{which_year} ýyldan", "until": "{which_year} ýyla"},
    "uz": {"from": "{year}-yildan", "until": "{year}-yilgacha"},
}
DAY_AND_MONTH = {
    "en": "{day} {month}",
    "ru": "{day} {month}",
    "ja": "{month}{day}日",
    "kk": "{day} {month}",
    "ky": "{day}-{month}",
    "tg": "{day} {month}",
    "tk": "{which_day} {month}",
    "uz": "{day}-{month}",
}
YEAR_LAST = {"en", "ru", "tg"}
"""Languages that write the year after the day. The others write it once, before both days."""
DASH = {"ja": "～", "ru": " — "}
"""Between two days; in the other languages an en dash between spaces."""


def since(text: str) -> str:
    """`since August 2020`, с августа 2020 года, 2020 жылғы тамыздан бастап."""
    return _about(_preposed(SINCE, text), text, "from")


def until(text: str) -> str:
    """`until August 2020`, до августа 2020 года, 2020-yil avgustgacha."""
    return _about(UNTIL[language()], text, "until")


def period(beginning: str | None, end: str | None) -> str:
    """`from 2004 until 2010`, or one end alone if the other is not known; empty if neither is known."""
    if not beginning or not end:
        return since(beginning) if beginning else until(end) if end else ""
    return _about(_preposed(FROM, beginning), beginning, "from") + APART.get(language(), " ") + until(end)


def show_days(starts: str, ends: str | None) -> str:
    """The days of a meeting: `11–12 August 2020`; what two days share is written once."""
    if not ends or ends == starts:
        return show_date(starts)
    code, full = language(), len(starts) == len(ends) == len("2020-08-11")
    if full and starts[:7] == ends[:7]:
        dash = DASH["ja"] if code == "ja" else "–"
        return fill(DAY, first_day(ends), code, days=f"{first_day(starts).day}{dash}{first_day(ends).day}")
    first, last = show_date(starts), show_date(ends)
    if full and starts[:4] == ends[:4]:
        if code in YEAR_LAST:
            first = fill(DAY_AND_MONTH, first_day(starts), code, "before year")
        else:
            last = fill(DAY_AND_MONTH, first_day(ends), code)
    return first + DASH.get(code, " – ") + last


def _preposed(patterns: dict[str, str], text: str) -> str:
    """The pattern of a beginning. Russian has со, not с, before второго (the second)."""
    is_second = len(text) == len("2020-08-02") and text.endswith("-02")
    return "со {date}" if language() == "ru" and is_second else patterns[language()]


def _about(pattern: str, text: str, end: str) -> str:
    """A pattern filled with a date that has the ending of a beginning or of an end (`from`, `until`)."""
    code, day = language(), first_day(text)
    if code not in YEAR:
        return pattern.format(date=show_date(text, "genitive"))
    if len(text) == len("2020"):
        inflected = YEAR[code][end].format(year=day.year, which_year=ordinal(day.year, code))
    else:
        inflected = fill(MONTH if len(text) == len("2020-08") else DAY, day, code, end)
    return pattern.format(date=inflected)
