"""A sum of money as forms take it: figures, currency, how exactly it was said, and a question where words differ."""

from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec import Meta

from suhbat.formats.precision_words import contradiction
from suhbat.formats.vocabulary import QUALIFIERS, ChosenQualifier
from suhbat.ground.language import Lazy, _, lazy
from suhbat.ground.money import CURRENCIES, MOST

Faults = dict[str, Lazy | str]
IsMeant = Annotated[bool, Meta(title=_("Yes, the precision that was chosen is right"), extra={"widget": "question"})]
"""A box that a form shows only where it asks: the tick that confirms what looks like a mistake."""


class SumOfMoney(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A sum of money in whole units of a currency, not rounded, with its qualifier."""

    value: Annotated[
        int | None,
        Meta(
            title=_("Amount in figures"),
            description=_("In whole units, every digit: 2000000000."),
            extra={"widget": "amount"},
        ),
    ] = None
    currency: Annotated[str, Meta(title=_("Currency"), max_length=3, extra={"choices": "currencies"})] = ""
    qualifier: Annotated[
        ChosenQualifier,
        Meta(
            title=_("Precision"),
            description=_("Needed with an amount: exactly, nearly, or up to this much?"),
        ),
    ] = ""
    meant: IsMeant = False


def check_sum(amount: SumOfMoney, faults: Faults) -> None:
    """Add the faults of a sum whose figures were given: its size, its currency, and how exactly it was said."""
    if amount.value is None:
        return
    if amount.value <= 0:
        faults["amount.value"] = lazy("An amount is more than nothing.")
    elif amount.value > MOST:
        faults["amount.value"] = lazy("No state has ever promised as much: please count the zeros again.")
    if not amount.currency:
        faults["amount.currency"] = lazy("In which currency?")
    elif amount.currency not in CURRENCIES:
        faults["amount.currency"] = lazy("This currency is not known here; give its code, such as JPY or USD.")
    if not amount.qualifier:
        faults["amount.qualifier"] = lazy("Choose the precision: exactly, nearly, or up to this much?")


def ask_about_words(
    amount: SumOfMoney, texts: Iterable[str], faults: Faults, *, as_said: str = "", name: str = "amount.meant"
) -> None:
    """Ask, if the words beside a sum say "up to" and the choice says "exactly". A tick in the box is the answer."""
    if amount.meant or amount.value is None or not amount.qualifier:
        return
    hint = contradiction(amount.qualifier, amount.value, as_said, texts)
    if hint is not None:
        question = lazy("The words say “%(words)s”, but “%(choice)s” was chosen. Change one of them, or tick this.")
        faults[name] = question % {"words": hint.words, "choice": QUALIFIERS[amount.qualifier]}
