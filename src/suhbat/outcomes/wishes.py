"""What is asked for when an outcome is made, corrected, confirmed, withdrawn or reported on."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from suhbat.acts.inputs import InMeeting
from suhbat.ground.language import _

Qualifier = Annotated[Literal["exact", "about", "nearly", "at-least", "up-to"], Meta(extra={"words_of": "an amount"})]
Reported = Literal["in-progress", "delivered", "dropped", "unknown"]

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


class Amount(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A sum of money, in whole units of a currency, with the word that qualified it; nothing is rounded."""

    value: Annotated[
        int | None,
        Meta(title=_("Amount in figures"), description=_("In whole units, every digit: 2000000000.")),
    ] = None
    currency: Annotated[str, Meta(title=_("Currency"), max_length=3, extra={"choices": "currencies"})] = ""
    qualifier: Annotated[Qualifier, Meta(title=_("How exactly"), extra={"choices": "qualifiers"})] = "exact"
    as_said: Annotated[
        str,
        Meta(
            title=_("The amount as it was said"),
            description=_("In the delegation's own words, such as “nearly 2 billion yen”."),
            max_length=200,
        ),
    ] = ""


class Made(InMeeting, frozen=True, kw_only=True):
    """What every outcome has."""

    title: Title
    summary: Summary = ""
    topic: Topic = ""
    due: Due = ""
    item: Item = ""
    intervention: Intervention = None


class Worded(InMeeting, frozen=True, kw_only=True):
    """An outcome in its wording, whole."""

    title: Title
    to: Receivers = []
    amount: Amount = Amount()
    summary: Summary = ""
    due: Due = ""
    topic: Topic = ""
    item: Item = ""
    intervention: Intervention = None


class Pledge(Worded, frozen=True, kw_only=True):
    """What a delegation promises; the own one, where none is named."""

    delegation: Delegation = ""


class Announced(Pledge, frozen=True, kw_only=True):
    """What a delegation announces, or the meeting as a whole."""

    of_meeting: Annotated[bool, Meta(title=_("For the meeting as a whole"))] = False


class Correction(Worded, frozen=True, kw_only=True):
    """An outcome in its new wording, and why."""

    outcome: Of
    changed: Seen
    reason: Annotated[
        str,
        Meta(
            title=_("Why it is corrected"),
            description=_("This is published with the outcome; the old wording is not."),
            min_length=1,
            max_length=1_000,
        ),
    ]


class Confirmation(InMeeting, frozen=True, kw_only=True):
    """The outcome as it was seen."""

    outcome: Of
    changed: Seen


class Withdrawal(InMeeting, frozen=True, kw_only=True):
    """Why an outcome is taken back."""

    outcome: Of
    changed: Seen
    reason: Annotated[str, Meta(title=_("Why it is withdrawn"), min_length=1, max_length=1_000)]


class Report(InMeeting, frozen=True, kw_only=True):
    """What became of an outcome."""

    outcome: Of
    state: Annotated[
        Reported, Meta(title="State", extra={"choices": "delivery_states", "context": "how far a promise is kept"})
    ]
    summary: Annotated[
        str, Meta(title=_("What happened"), min_length=1, max_length=4_000, extra={"widget": "textarea"})
    ]
    date: Annotated[
        str,
        Meta(
            title="When",
            description=_("A day, a month or a year."),
            max_length=10,
            extra={"context": "what a report tells"},
        ),
    ] = ""
    amount: Amount = Amount()
    evidence: Annotated[
        str,
        Meta(title=_("Where it can be read"), description=_("An address beginning with https://"), max_length=2_000),
    ] = ""
    publisher: Annotated[str, Meta(title=_("Who published it"), max_length=300)] = ""
