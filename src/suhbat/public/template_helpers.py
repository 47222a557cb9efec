"""What templates of the public pages may ask."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from babel.numbers import format_decimal
from jinja2 import Environment
from markupsafe import Markup, escape

from suhbat.formats import format_names
from suhbat.formats.city_names import city_language, city_name
from suhbat.ground.date_periods import period, show_days
from suhbat.ground.language import gettext as _
from suhbat.ground.language import language
from suhbat.ground.money import show_amount, show_money
from suhbat.people.office_titles import office_in_words
from suhbat.public.presentation import code_labels
from suhbat.public.presentation.caption_sentences import clauses
from suhbat.public.presentation.format_titles import is_foreign, short_title_of, title_of
from suhbat.public.presentation.giver_and_receivers import between, group, party_to_party, states
from suhbat.public.presentation.outcome_view import span
from suhbat.public.presentation.provenance import in_short
from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.facts import REPORTED, Format, Outcome


def install(environment: Environment) -> None:
    """Give templates the words of the record, and money in short."""
    for name, table in (
        ("kind", code_labels.KINDS),
        ("level", code_labels.LEVELS),
        ("fate", code_labels.STATES),
        ("fate_help", code_labels.STATE_HELP),
        ("mode", code_labels.MODES),
        ("confidence", code_labels.CONFIDENCE),
        ("confidence_short", code_labels.CONFIDENCE_SHORT),
        ("format_kind", code_labels.FORMAT_KINDS),
        ("role", code_labels.ROLES),
        ("follows_as", code_labels.FOLLOWS),
    ):
        environment.filters[name] = _teller(table)
    environment.filters.update(sums=show_sums, money=_money, host=_host, said=show_said, in_short=in_short)
    environment.filters["rate"] = show_rate
    environment.filters.update(content=content, spelt=spelt, with_names=with_names, format_name=format_name)
    environment.filters.update(format_title=title_of)
    environment.filters.update(office=office, city=city, place=place, clauses=clauses, short_format=short_format)
    environment.filters["following"] = following
    environment.globals.update(
        states=states, group=group, between=between, party_to_party=party_to_party, period=period, show_days=show_days
    )
    environment.filters["chip"] = code_labels.CHIPS.get
    environment.globals.update(content_language=content_language, span=span)
    environment.globals["LEVELS"] = tuple(code_labels.LEVELS)


def show_rate(value: float) -> str:
    """A rate of exchange in the reader's language, with all of its six places."""
    return format_decimal(value, "#,##0.######", locale=language())


ENGLISH, MARK = "en", "EN"


def _is_english(origin: str) -> bool:
    """Whether words of this origin are English and their reader is not: reported facts have no translation."""
    return origin == REPORTED and language() != ENGLISH


def content_language(origin: str, marked: bool = True) -> Markup:
    """The attributes of an element whose words have no translation: its language, and the mark that says so."""
    if not _is_english(origin):
        return Markup("")
    return Markup(' lang="en" data-shown="{}"').format(MARK) if marked else Markup(' lang="en"')


def content(text: Any, origin: str = REPORTED) -> Any:
    """Words of the record, with their language and the mark that says in which language they are shown."""
    return _within(text, origin, Markup('<span lang="en" data-shown="EN">{}</span>'))


def spelt(text: Any, origin: str = REPORTED) -> Any:
    """A name of the record, with the language in which it is spelt; a name needs no translation, so no mark."""
    return _within(text, origin, Markup('<span lang="en">{}</span>'))


def office(title: str | None, origin: str = REPORTED) -> Any:
    """An office in the reader's language; where the house has no word for it, as the record spells it, marked."""
    told = office_in_words(title) if title and language() != ENGLISH else None
    return told or content(title, origin)


def city(name: str | None, origin: str = REPORTED) -> Any:
    """A city in the reader's language; one that has no name there as it is spelt, marked where the record spells it."""
    if not name or city_language(name) == language():
        return city_name(name or "")
    return spelt(name, origin)


def place(at: Mapping[str, Any]) -> Any:
    """Where a meeting was: its city, or that it met by video; nothing where neither is known."""
    return _("by video") if at["mode"] == "video" else city(at["city"], at.get("origin") or REPORTED)


def format_name(format_: Format | Mapping[str, Any]) -> Any:
    """A format's own name in the reader's language; where it has none, its English one, marked as such.

    A row of a page serves as well; one that says nothing of its origin is a reported one.
    """
    if isinstance(format_, Mapping):
        code, name, own = format_.get("id", ""), format_["name"], format_.get("native_names") or {}
        origin = format_.get("origin") or REPORTED
    else:
        code, name, own, origin = format_.id, format_.name, format_.native_names, format_.origin
    said = format_names.format_name(code, name, own)
    return said if format_names.format_language(code, own) == language() else content(said, origin)


def names_of(known: Almanac) -> Callable[[str], Any]:
    """What a page asks for a format's name in the reader's language, by its id; what is no format names itself."""

    def name_of(code: str) -> Any:
        return format_name(known.formats[code]) if code in known.formats else code

    return name_of


def following(outcome: Outcome, named: Markup) -> Markup:
    """An outcome that takes up an earlier one: how, and its name."""
    return escape(code_labels.say(code_labels.FOLLOWED, outcome.follows_as)) % {"what": named}


def short_format(format_: Format) -> Any:
    """A format's short name in the reader's language; where it has none, the record's, which is in Latin letters."""
    said = short_title_of(format_)
    return spelt(said) if is_foreign(format_) else said


def _within(text: Any, origin: str, around: Markup) -> Any:
    if not text:
        return ""
    return around.format(text) if _is_english(origin) else text


def with_names(sentence: str, named: Iterable[Any]) -> Any:
    """A sentence of the house, with the names that it takes from the record in their own language.

    `named` are things or rows with a `name`; the longest names are looked for first.
    """
    if language() == ENGLISH:
        return sentence
    names = {str(each["name"] if isinstance(each, dict) else each.name) for each in named if each}
    if not names:
        return sentence
    parts = re.split("(" + "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) + ")", sentence)
    return Markup("").join(spelt(part) if part in names else escape(part) for part in parts)


def _teller(table: dict[str, Any]) -> Any:
    return lambda code: code_labels.say(table, code)


def _money(value: int, currency: str) -> str:
    return show_money(value, currency)


def show_sums(sums: dict[str, int]) -> str:
    """Sums of several currencies side by side, never added: `¥1,898,000,000 · €5,000`."""
    return " · ".join(show_money(value, currency) for currency, value in sums.items())


def show_said(amount: dict[str, Any] | None) -> str:
    """An amount in the words in which it was said, if they are known, and in figures: neither stands for the other."""
    said = str(amount.get("as_said") or "") if amount else ""
    if not said:
        return show_amount(amount)
    return Markup('{} <span class="figures">({})</span>').format(said, show_amount(amount))


def _host(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")
