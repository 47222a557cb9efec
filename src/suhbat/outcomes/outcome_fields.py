"""Fields that the inputs of several acts on outcomes share."""

from typing import Annotated

from msgspec import Meta

from suhbat.acts.inputs import InMeeting
from suhbat.formats.amount_input import SumOfMoney
from suhbat.ground.language import _

Title = Annotated[str, Meta(title=_("What, in a few words"), min_length=1, max_length=200)]
Summary = Annotated[str, Meta(title=_("What exactly"), max_length=4_000, extra={"widget": "textarea"})]
Receivers = Annotated[list[str], Meta(title=_("To whom"), max_length=60, extra={"choices": "outcome_receivers"})]
Topic = Annotated[str, Meta(title=_("Topic"), max_length=40, extra={"choices": "topics"})]
Due = Annotated[
    str,
    Meta(
        title=_("Due"),
        description=_("A day, a month or a year, as it was said: 2021-03-31, 2021-03 or 2021."),
        max_length=10,
    ),
]
Item = Annotated[str, Meta(title=_("Agenda item"), max_length=40, extra={"choices": "outcome_items"})]
Intervention = Annotated[
    int | None, Meta(title=_("Said in the intervention"), extra={"choices": "outcome_interventions"})
]
Of = Annotated[str, Meta(title=_("Outcome"), max_length=240, extra={"widget": "hidden"})]
Seen = Annotated[int, Meta(title=_("As it was seen"), extra={"widget": "hidden"})]
"""The number of the entry that had last changed the outcome when the form was shown."""
Delegation = Annotated[str, Meta(title=_("Delegation"), max_length=20, extra={"widget": "hidden"})]


class Amount(SumOfMoney, frozen=True, kw_only=True):
    """A sum of money with the words of who promised it."""

    as_said: Annotated[
        str,
        Meta(
            title=_("The amount as it was said"),
            description=_("In the delegation's own words, such as “nearly 2 billion yen”."),
            max_length=200,
        ),
    ] = ""


class OutcomeInput(InMeeting, frozen=True, kw_only=True):
    """The whole wording of an outcome."""

    title: Title
    to: Receivers = []
    amount: Amount = Amount()
    summary: Summary = ""
    due: Due = ""
    topic: Topic = ""
    item: Item = ""
    intervention: Intervention = None


class DelegationOutcomeInput(OutcomeInput, frozen=True, kw_only=True):
    """An outcome of one delegation."""

    delegation: Delegation = ""


class Made(InMeeting, frozen=True, kw_only=True):
    """The fields of every outcome."""

    title: Title
    summary: Summary = ""
    topic: Topic = ""
    due: Due = ""
    item: Item = ""
    intervention: Intervention = None
