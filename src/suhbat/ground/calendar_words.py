"""Names of months and weekdays as each language needs them in a date, small letters where it writes small letters.

The library knows neither the endings that a month takes inside a Kyrgyz, Tajik or Turkmen date nor those that it takes
after "since" and "until". `calendar_words.json` holds for each language its source and, by form, the twelve months:
`date` inside a date; `alone` without a day; `before year` where the word for the year follows only after another day;
`from` and `until` with the endings of a beginning and of an end; `short` for clocks and narrow tables; and the seven
days from Monday, `full` and `short`. A form of a month that a language lacks is as in `date`.
"""

import json
from functools import cache
from pathlib import Path


@cache
def _words() -> dict[str, dict[str, dict[str, tuple[str, ...]]]]:
    """`months` or `weekdays`, by language and form."""
    held = json.loads((Path(__file__).parent / "calendar_words.json").read_text(encoding="utf-8"))
    return {
        kind: {
            language: {form: tuple(words.split()) for form, words in told[kind].items()}
            for language, told in held.items()
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
