"""Names of months and weekdays in the form that each language needs in a date, in lower case where it uses lower case.

The library (CLDR) does not know the endings of a month in a Kyrgyz, Tajik or Turkmen date, nor after "since" and
"until". `calendar_words.json` has for each language its source and, by form, the twelve months: `date` in a date;
`alone` without a day; `before year` if the word for the year follows only after a second day; `from` and `until` with
the endings of a beginning and of an end; `short` for clocks and narrow tables; and the seven days from Monday, `full`
and `short`. If a language does not have a form of a month, the form `date` is used.
"""

import json
from functools import cache
from pathlib import Path


@cache
def _words() -> dict[str, dict[str, dict[str, tuple[str, ...]]]]:
    """The tables `months` and `weekdays`, each by language and form."""
    tables = json.loads((Path(__file__).parent / "calendar_words.json").read_text(encoding="utf-8"))
    return {
        kind: {
            language: {form: tuple(words.split()) for form, words in table[kind].items()}
            for language, table in tables.items()
        }
        for kind in ("months", "weekdays")
    }


def month(language: str, form: str, number: int) -> str:
    """The name of a month, 1 to 12, in one of the forms above."""
    forms = _words()["months"][language]
    return forms.get(form, forms["date"])[number - 1]


def weekday(language: str, form: str, number: int) -> str:
    """The name of a weekday, `full` or `short`; 0 is Monday, as in `date.weekday`."""
    return _words()["weekdays"][language][form][number]
