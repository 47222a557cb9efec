"""The fields of editors' forms: their controls, and how a file writes their values."""

from typing import Annotated

import msgspec
from msgspec import Meta

from suhbat.acts import Input
from suhbat.archive.field_edit import Faults
from suhbat.formats.amount_input import SumOfMoney, ask_about_words, check_sum
from suhbat.ground.dates import is_partial
from suhbat.ground.language import lazy
from suhbat.ground.refusals import Kind, Refused

Of = Annotated[str, Meta(title="Format or meeting", description="As in its address", max_length=160)]
ShownEntry = Annotated[int, Meta(title="Entry that last changed it", ge=0, extra={"drawn": "record entry"})]
"""The version of the file that a form shows. A form with an older version is refused."""
Partial = Annotated[str, Meta(max_length=10, pattern=r"^\d{4}(-\d{2}){0,2}$")]
Text = Annotated[str, Meta(min_length=1, max_length=2_000, extra={"widget": "textarea"})]
Slug = Annotated[
    str,
    Meta(title="Name for its address", description="Small letters, figures and hyphens; it never changes.",
         pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60),
]  # fmt: skip
LAST = {"order": 1}
"""The fields of the source come after all others."""


class Sourced(Input, frozen=True, kw_only=True):
    """An act with a source: one that is in the file, or a new one. The editor must have seen the difference."""

    cites: (
        Annotated[
            int,
            Meta(title="A source named already", ge=1, extra=LAST | {"choices": "record sources", "drawn": "source"}),
        ]
        | None
    ) = None
    """The number of a source in the file."""
    source: Annotated[
        str,
        Meta(
            title="Or another: its address",
            max_length=500,
            pattern=r"^(https?://[^ ]+)?$",
            extra=LAST | {"widget": "url"},
        ),
    ] = ""
    publisher: Annotated[str, Meta(title="Published by", max_length=300, extra=LAST)] = ""
    published: Annotated[Partial, Meta(title="Published on", extra=LAST)] | None = None
    seen: Annotated[bool, Meta(title="I have seen the difference", extra=LAST | {"widget": "difference"})] = False


class StatedAmount(msgspec.Struct, frozen=True, kw_only=True):
    """Money as a file writes it."""

    value: int
    """In whole units of the currency."""
    currency: str
    qualifier: str
    """One of `exact`, `about`, `nearly`, `at-least`, `up-to`."""


def amount_in_file(amount: SumOfMoney, words: str, faults: Faults) -> StatedAmount | None:
    """A sum as a file writes it; None if there is no figure. A figure without a currency is a fault, and vice versa.

    Where the words beside it say something else than the choice of how exactly, the editor is asked.
    """
    if amount.value is None:
        if amount.currency:
            faults["amount.value"] = lazy("This is needed.")
        return None
    check_sum(amount, faults)
    ask_about_words(amount, [words], faults)
    return StatedAmount(value=amount.value, currency=amount.currency, qualifier=amount.qualifier)


def checked_day(day: str | None, name: str, faults: Faults) -> str | None:
    """The same day, month or year; a fault if it does not exist. `name` is that of its field."""
    if day and not is_partial(day):
        faults[name] = lazy("This is no day, month or year that exists.")
    return day


def refuse_if_any(faults: Faults) -> None:
    """Refuse the form if any of its fields has a fault."""
    if faults:
        raise Refused(Kind.INVALID, lazy("Please correct the marked fields."), faults)
