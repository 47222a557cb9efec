"""Filters and functions for the templates of the public pages."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from babel.numbers import format_decimal
from jinja2 import Environment
from markupsafe import Markup, escape

from suhbat.formats import format_names, vocabulary
from suhbat.formats.city_names import city_language, city_name
from suhbat.ground.date_phrases import period, show_days
from suhbat.ground.language import gettext as _
from suhbat.ground.language import language
from suhbat.ground.money import show_amount, show_money
from suhbat.people.office_titles import office_in_words
from suhbat.public.presentation import code_labels
from suhbat.public.presentation.caption_parts import clauses
from suhbat.public.presentation.format_titles import is_foreign, short_title_of, title_of
from suhbat.public.presentation.giver_and_receivers import between, group, party_to_party, states
from suhbat.public.presentation.outcome_view import span
from suhbat.public.presentation.provenance import in_short
from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.fact_types import REPORTED, Format, Outcome


def install(environment: Environment) -> None:
    """Add the filters and functions to the template environment."""
    for name, table in (
        ("kind", vocabulary.OUTCOME_KINDS),
        ("level", vocabulary.LEVELS),
        ("fate", vocabulary.DELIVERY_STATUSES),
        ("fate_help", code_labels.STATE_HELP),
        ("mode", vocabulary.MODES),
        ("confidence", code_labels.CONFIDENCE),
        ("confidence_short", code_labels.CONFIDENCE_SHORT),
        ("format_kind", vocabulary.FORMAT_KINDS),
        ("role", vocabulary.STATE_ROLES),
        ("follows_as", code_labels.FOLLOWS),
    ):
        environment.filters[name] = _labeller(table)
    environment.filters.update(sums=show_sums, money=_money, host=_host, said=show_amount_as_said, in_short=in_short)
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
    environment.globals["LEVELS"] = tuple(vocabulary.LEVELS)


def show_rate(value: float) -> str:
    """A rate of exchange in the reader's number format, with up to six decimals."""
    return format_decimal(value, "#,##0.######", locale=language())


ENGLISH, MARK = "en", "EN"


def _is_english(origin: str) -> bool:
    """Whether words of this origin are English while the page is not: reported facts have no translation."""
    return origin == REPORTED and language() != ENGLISH


def content_language(origin: str, marked: bool = True) -> Markup:
    """Attributes of an element whose words have no translation: the language, and a mark that readers see."""
    if not _is_english(origin):
        return Markup("")
    return Markup(' lang="en" data-shown="{}"').format(MARK) if marked else Markup(' lang="en"')


def content(text: Any, origin: str = REPORTED) -> Any:
    """Words of the public record, with their language and a mark that names it."""
    return _within(text, origin, Markup('<span lang="en" data-shown="EN">{}</span>'))


def spelt(text: Any, origin: str = REPORTED) -> Any:
    """A name from the public record, with its language. A name needs no translation, so it has no mark."""
    return _within(text, origin, Markup('<span lang="en">{}</span>'))


def office(title: str | None, origin: str = REPORTED) -> Any:
    """An office in the reader's language. Without a translation, it is shown as in the public record and marked."""
    translated = office_in_words(title) if title and language() != ENGLISH else None
    return translated or content(title, origin)


def city(name: str | None, origin: str = REPORTED) -> Any:
    """A city in the reader's language. Without a translation, it is shown as spelt and its language is marked."""
    if not name or city_language(name) == language():
        return city_name(name or "")
    return spelt(name, origin)


def place(at: Mapping[str, Any]) -> Any:
    """Where a meeting was: its city, or "by video"; empty if neither is known."""
    return _("by video") if at["mode"] == "video" else city(at["city"], at.get("origin") or REPORTED)


def format_name(format_: Format | Mapping[str, Any]) -> Any:
    """A format's name in the reader's language; without one, its English name, marked as English.

    A row of a page may be given instead of a format. A row without an origin counts as reported.
    """
    if isinstance(format_, Mapping):
        code, name, own = format_.get("id", ""), format_["name"], format_.get("native_names") or {}
        origin = format_.get("origin") or REPORTED
    else:
        code, name, own, origin = format_.id, format_.name, format_.native_names, format_.origin
    name_shown = format_names.format_name(code, name, own)
    return name_shown if format_names.format_language(code, own) == language() else content(name_shown, origin)


def names_of(almanac: Almanac) -> Callable[[str], Any]:
    """A function that returns the name of a format by its id. An unknown id is returned as it is."""

    def name_of(code: str) -> Any:
        return format_name(almanac.formats[code]) if code in almanac.formats else code

    return name_of


def following(outcome: Outcome, name: Markup) -> Markup:
    """How an outcome takes up an earlier one, with the name of the earlier one."""
    return escape(code_labels.label_of(code_labels.FOLLOWED, outcome.follows_as)) % {"what": name}


def short_format(format_: Format) -> Any:
    """A format's short name in the reader's language; without one, the short name of the public record."""
    short_name = short_title_of(format_)
    return spelt(short_name) if is_foreign(format_) else short_name


def _within(text: Any, origin: str, markup: Markup) -> Any:
    if not text:
        return ""
    return markup.format(text) if _is_english(origin) else text


def with_names(sentence: str, named: Iterable[Any]) -> Any:
    """A translated sentence, in which names from the public record are marked with their own language.

    `named` are objects or rows with a `name`. The longest names are searched first.
    """
    if language() == ENGLISH:
        return sentence
    names = {str(owner["name"] if isinstance(owner, dict) else owner.name) for owner in named if owner}
    if not names:
        return sentence
    parts = re.split("(" + "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) + ")", sentence)
    return Markup("").join(spelt(part) if part in names else escape(part) for part in parts)


def _labeller(table: dict[str, Any]) -> Any:
    return lambda code: code_labels.label_of(table, code)


def _money(value: int, currency: str) -> str:
    return show_money(value, currency)


def show_sums(sums: dict[str, int]) -> str:
    """Sums of several currencies side by side, not added up: `¥1,898,000,000 · €5,000`."""
    return " · ".join(show_money(value, currency) for currency, value in sums.items())


def show_amount_as_said(amount: dict[str, Any] | None) -> str:
    """An amount in the original words, if they are known, followed by the figures."""
    original_words = str(amount.get("as_said") or "") if amount else ""
    if not original_words:
        return show_amount(amount)
    return Markup('{} <span class="figures">({})</span>').format(original_words, show_amount(amount))


def _host(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")
