"""Faults that a program can find in the texts of a language: missing, lost, mixed or left in English."""

import re
from collections.abc import Callable, Iterator

from babel.messages import Catalog, Message
from scripts import (
    translation_catalogues,
    translation_contexts,
    translation_forms,
    translation_letters,
    translation_phrasing,
    translation_terms,
)

LETTER = re.compile(r"[^\W\d_]")
ALIKE = {"tk": {"Administrator", "Format"}, "uz": {"Format"}}
"""Words that are spelt as in English."""
ONE_ALONE = {"kk", "ky", "tg", "tk", "uz"}
"""Languages whose first plural form is for 1 alone and may leave out the number; in Russian it is for 21 too."""
NEAR_RUSSIAN = ("kk", "ky", "tg")
"""Languages in Cyrillic letters, where the letters do not give a Russian text away."""
WORDS = re.compile(r"[^\W\d_]{2,}")
FIGURES = {"%(n)s", "%(num)s", "%(count)s"}


def faults() -> list[str]:
    """Every fault of every language, a line for each."""
    template = translation_catalogues.texts_in_source()
    catalogues = {code: translation_catalogues.read(code) for code in translation_catalogues.LANGUAGES}
    lines = list(translation_contexts.faults(template, translation_contexts.one_meaning()))
    for code, catalogue in catalogues.items():
        lines += _missing(code, template, catalogue)
    for code in NEAR_RUSSIAN:
        lines += _left_in_russian(code, catalogues[code], catalogues["ru"])
    for code, catalogue in catalogues.items():
        lines += faults_in(code, catalogue)
    return lines


def faults_in(code: str, catalogue: Catalog) -> Iterator[str]:
    """The faults in the texts that a language has, a line for each."""
    for message in catalogue:
        if not message.id:
            continue
        for check in CHECKS:
            for fault in check(code, message):
                yield f"{code}: {_named(message)}: {fault}"
        if isinstance(message.string, tuple | list) and len(message.string) != catalogue.num_plurals:
            yield f"{code}: {_named(message)}: {len(message.string)} plural forms, not {catalogue.num_plurals}"


def _missing(code: str, template: Catalog, catalogue: Catalog) -> Iterator[str]:
    for message in template:
        if message.id and not _has(catalogue, message):
            yield f"{code}: missing {_named(message)}"


def _has(catalogue: Catalog, message: Message) -> bool:
    translated = catalogue.get(translation_catalogues.one_id(message), message.context)
    return translated is not None and translation_catalogues.is_translated(translated)


def _named(message: Message) -> str:
    return repr(translation_catalogues.one_id(message)) + (f" ({message.context})" if message.context else "")


def _left_in_english(code: str, message: Message) -> Iterator[str]:
    for form in translation_forms.translated(message):
        as_in_english = form in translation_forms.english(message) and form not in ALIKE.get(code, ())
        if as_in_english and LETTER.search(translation_forms.bare(form)):
            yield "left in English"


def _left_in_russian(code: str, catalogue: Catalog, russian: Catalog) -> Iterator[str]:
    """Texts of several words that are the Russian ones; single words may be the same (Формат, Энергетика)."""
    for message in catalogue:
        same = russian.get(translation_catalogues.one_id(message), message.context) if message.id else None
        if not same or same.string != message.string:
            continue
        for form in translation_forms.translated(message):
            if len(WORDS.findall(translation_forms.bare(form))) > 1:
                yield f"{code}: {_named(message)}: left in Russian: {form!r}"


def _lost_or_invented(code: str, message: Message) -> Iterator[str]:
    """Every form has the placeholders of the English; a form for 1 alone may leave out the number."""
    english = translation_forms.english(message)
    expected = translation_forms.carried(english[-1])
    for number, form in enumerate(translation_forms.translated(message)):
        carried = translation_forms.carried(form)
        of_one = len(english) > 1 and number == 0 and code in ONE_ALONE
        without_figure = [placeholder for placeholder in expected if placeholder not in FIGURES]
        if carried != expected and not (of_one and carried == without_figure):
            yield f"carries {_row(carried)}, the English {_row(expected)}: {form!r}"


def _row(carried: list[str]) -> str:
    return " ".join(carried) or "nothing"


def _blank_at_the_ends(_code: str, message: Message) -> Iterator[str]:
    english = translation_catalogues.one_id(message)
    for form in translation_forms.translated(message):
        if (form[:1].isspace(), form[-1:].isspace()) != (english[:1].isspace(), english[-1:].isspace()):
            yield f"other blanks at its ends than the English: {form!r}"


CHECKS: tuple[Callable[[str, Message], Iterator[str]], ...] = (
    _left_in_english,
    _lost_or_invented,
    _blank_at_the_ends,
    translation_letters.faults,
    translation_terms.faults,
    translation_phrasing.faults,
)
"""Each checks one text of one language."""
