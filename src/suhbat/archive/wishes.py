"""What editors of the public record ask for: the inputs of their acts, with how each is asked for on a page."""

from typing import Annotated, Any, Literal, Protocol

import msgspec
from msgspec import Meta

from suhbat.acts import Wish

Of = Annotated[
    str,
    Meta(title="Format or meeting", description="As in its address", max_length=160, extra={"drawn": "record"}),
]
Entry = Annotated[int, Meta(title="Entry that last changed it", ge=0, extra={"drawn": "record entry"})]
"""A form carries which version of the file it showed; one that shows an older version is refused."""
Partial = Annotated[str, Meta(max_length=10, pattern=r"^\d{4}(-\d{2}){0,2}$")]
Text = Annotated[str, Meta(min_length=1, max_length=2_000, extra={"widget": "textarea"})]
Seen = Annotated[bool, Meta(title="I have seen the difference", extra={"widget": "difference"})]
States = Annotated[list[str], Meta(max_length=250, extra={"choices": "record states", "widget": "boxes"})]
Slug = Annotated[
    str,
    Meta(title="Name for its address", description="Small letters, figures and hyphens; it never changes.",
         pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60),
]  # fmt: skip
Place = Annotated[
    str, Meta(title="Which field", max_length=200, pattern=r"^[a-z_0-9-]+(\.[a-z0-9_-]+)*$", extra={"drawn": "place"})
]
Words = Annotated[str, Meta(max_length=4_000)]
Now = Annotated[
    Words | int | list[Words | int] | dict[str, Any] | None, Meta(title="What it should say", extra={"drawn": "now"})
]
Outcome = Annotated[str, Meta(max_length=240, extra={"choices": "record outcomes", "widget": "suggest"})]


Cites = (
    Annotated[
        int,
        Meta(title="A source named already", ge=1, extra={"choices": "record sources", "drawn": "source"}),
    ]
    | None
)
Source = Annotated[
    str,
    Meta(title="Or another: its address", max_length=500, pattern=r"^(https?://[^ ]+)?$", extra={"widget": "url"}),
]
Publisher = Annotated[str, Meta(title="Published by", max_length=300)]
Published = Annotated[Partial, Meta(title="Published on")] | None


class Sourced(Protocol):
    """An act that rests on a page: one that the file names already, or another."""

    @property
    def cites(self) -> int | None:
        """The number of a source that the file names."""

    @property
    def source(self) -> str:
        """The address of another page."""

    @property
    def publisher(self) -> str:
        """Who published the page at that address."""

    @property
    def published(self) -> str | None:
        """When: a day, a month or a year."""


class Sum(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Money as it was said."""

    value: Annotated[int, Meta(title="Amount in whole units", ge=1, le=10**15)] | None = None
    currency: Annotated[str, Meta(title="Currency", max_length=3, extra={"choices": "currencies"})] = ""
    qualifier: Annotated[
        Literal["exact", "about", "nearly", "at-least", "up-to"],
        Meta(title="How it was said", extra={"choices": "qualifiers", "words_of": "an amount"}),
    ] = "exact"


class Person(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Someone whom a source names, or at least the rank."""

    state: Annotated[
        str, Meta(title="State", max_length=3, extra={"choices": "record states", "context": "a country"})
    ] = ""
    name: Annotated[str, Meta(title="Name", max_length=200, extra={"context": "a person's"})] = ""
    office: Annotated[str, Meta(title="Office", max_length=300)] = ""


class DeliveryAdded(Wish, frozen=True, kw_only=True):
    """A report on an outcome."""

    outcome: Annotated[
        str,
        Meta(title="Outcome", description="As in its address: format/meeting#name", max_length=240,
             extra={"drawn": "record outcome"}),
    ]  # fmt: skip
    entry: Entry = 0
    state: Annotated[
        Literal["delivered", "in-progress", "dropped", "unknown"],
        Meta(title="How things stand after it", extra={"choices": "delivery_states"}),
    ]
    date: Annotated[Partial, Meta(title="When (day, month or year)")] | None = None
    summary: Annotated[Text, Meta(title="What happened, in your own words")]
    amount: Sum = Sum()
    cites: Cites = None
    source: Source = ""
    publisher: Publisher = ""
    published: Published = None
    seen: Seen = False


class Corrected(Wish, frozen=True, kw_only=True):
    """A fact put right."""

    of: Of
    field: Place
    entry: Entry = 0
    now: Now = None
    gone: Annotated[bool, Meta(title="Take it out of the record", extra={"drawn": "gone"})] = False
    why: Annotated[str, Meta(title="Why", min_length=1, max_length=1_000, extra={"widget": "textarea"})]
    cites: Cites = None
    source: Source = ""
    publisher: Publisher = ""
    published: Published = None
    seen: Seen = False


class OutcomeAdded(Wish, frozen=True, kw_only=True):
    """What a reported meeting left behind."""

    of: Of
    entry: Entry = 0
    kind: Annotated[
        Literal["pledge", "decision", "recommendation", "announcement", "document", "project", "next-meeting"],
        Meta(title="Kind", extra={"choices": "record kinds"}),
    ]
    summary: Annotated[Text, Meta(title="What was promised or agreed, in your own words")]
    name: Slug
    by: Annotated[States, Meta(title="By", min_length=1, extra={"context": "who promised"})]
    to: Annotated[
        States,
        Meta(
            title="To",
            description="None: for all of those who promised or decided it, or for everyone.",
            extra={"context": "who receives a promise"},
        ),
    ] = []
    topic: Annotated[str, Meta(title="Topic", max_length=40, extra={"choices": "topics"})]
    amount: Sum = Sum()
    due: Annotated[Partial, Meta(title="Due")] | None = None
    part_of: Annotated[Outcome, Meta(title="Part of", description="As in its address: format/meeting#name")] = ""
    part_likely: Annotated[bool, Meta(title="A likely part: no page states the link")] = False
    follows: Annotated[Outcome, Meta(title="Takes up", description="As in its address: format/meeting#name")] = ""
    follows_as: (
        Annotated[
            Literal["repeats", "replaces", "adds"],
            Meta(title="How it takes it up", extra={"choices": "record follows"}),
        ]
        | None
    ) = None
    fulfilled_by: Annotated[
        str,
        Meta(title="The meeting that was promised", max_length=160,
             extra={"choices": "record meetings", "widget": "suggest"}),
    ] = ""  # fmt: skip
    cites: Cites = None
    source: Source = ""
    publisher: Publisher = ""
    published: Published = None
    seen: Seen = False


class MeetingAdded(Wish, frozen=True, kw_only=True):
    """A meeting known from a source."""

    format: Annotated[str, Meta(title="Format", max_length=80, extra={"choices": "record formats"})]
    title: Annotated[str, Meta(title="Title", min_length=1, max_length=400, extra={"context": "a meeting's"})]
    name: Slug
    level: Annotated[
        Literal["summit", "ministerial", "senior-officials", "expert", "business", "intellectual"],
        Meta(title="Level", extra={"choices": "record levels"}),
    ]
    number: Annotated[int, Meta(title="Number in the series", ge=1, le=1000)] | None = None
    starts: Annotated[Partial, Meta(title="First day", description="2020-08-11, 2020-08 or 2020")]
    ends: Annotated[Partial, Meta(title="Last day")] | None = None
    mode: (
        Annotated[Literal["in-person", "video", "hybrid"], Meta(title="How it met", extra={"choices": "record modes"})]
        | None
    ) = None
    city: Annotated[str, Meta(title="City", max_length=120)] | None = None
    country: Annotated[str, Meta(title="State of the place", max_length=3, extra={"choices": "record states"})] = ""
    chair: Annotated[Person, Meta(title="In the chair", extra={"drawn": "person"})] = Person()
    participants: Annotated[
        dict[str, Person], Meta(title="Who took part", max_length=60, extra={"drawn": "people"})
    ] = {}
    topics: Annotated[
        list[str], Meta(title="Topics", max_length=25, extra={"choices": "topics", "widget": "boxes"})
    ] = []
    confidence: Annotated[
        Literal["high", "medium", "low"], Meta(title="How sure", extra={"choices": "record confidence"})
    ] = "medium"
    notes: Annotated[str, Meta(title="Where sources differ", max_length=4_000, extra={"widget": "textarea"})] = ""
    cites: Cites = None
    source: Source = ""
    publisher: Publisher = ""
    published: Published = None
    seen: Seen = False
