"""What templates of the public pages may ask."""

from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment
from markupsafe import Markup

from suhbat.ground.language import language
from suhbat.ground.money import show_amount, show_money
from suhbat.public import words
from suhbat.public.facts import REPORTED
from suhbat.public.telling import span


def install(environment: Environment) -> None:
    """Give templates the words of the record, and money in short."""
    for name, table in (
        ("kind", words.KINDS),
        ("level", words.LEVELS),
        ("fate", words.STATES),
        ("fate_help", words.STATE_HELP),
        ("mode", words.MODES),
        ("confidence", words.CONFIDENCE),
        ("confidence_short", words.CONFIDENCE_SHORT),
        ("format_kind", words.FORMAT_KINDS),
        ("role", words.ROLES),
        ("follows_as", words.FOLLOWS),
    ):
        environment.filters[name] = _teller(table)
    environment.filters.update(sums=show_sums, money=_money, host=_host, said=show_said)
    environment.filters["chip"] = words.CHIPS.get
    environment.globals.update(content_language=content_language, span=span)
    environment.globals["LEVELS"] = tuple(words.LEVELS)


def content_language(origin: str) -> Markup:
    """The language attribute of words that have no translation: reported facts are written in English."""
    return Markup(' lang="en"') if origin == REPORTED and language() != "en" else Markup("")


def _teller(table: dict[str, Any]) -> Any:
    return lambda code: words.say(table, code)


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
