"""The closed vocabularies of dialogues, each code with its one label: levels, modes, kinds, statuses, qualifiers.

Pages, forms, the API, files and exports all take codes and labels from here.
"""

from typing import Annotated, Literal

from msgspec import Meta

from suhbat.ground.language import Lazy, lazy

LEVELS: dict[str, Lazy] = {
    "summit": lazy("Summit"),
    "ministerial": lazy("Ministers"),
    "senior-officials": lazy("Senior officials"),
    "expert": lazy("Experts"),
    "business": lazy("Business"),
    "intellectual": lazy("Scholars and civil society"),
}
"""The levels of meetings, the highest first."""
Level = Annotated[
    Literal["summit", "ministerial", "senior-officials", "expert", "business", "intellectual"],
    Meta(extra={"labels": LEVELS}),
]

MODES: dict[str, Lazy] = {
    "in-person": lazy("in person"),
    "video": lazy("by video"),
    "hybrid": lazy("in person and by video"),
}
"""The modes of meetings."""
Mode = Annotated[Literal["in-person", "video", "hybrid"], Meta(extra={"labels": MODES})]

FORMAT_KINDS: dict[str, Lazy] = {
    "n-plus-one": lazy("N+1: a region and one partner"),
    "n-plus-zero": lazy("The region among itself"),
    "organisation": lazy("Organisation"),
    "initiative": lazy("Initiative"),
}
FormatKind = Annotated[
    Literal["n-plus-one", "n-plus-zero", "organisation", "initiative"], Meta(extra={"labels": FORMAT_KINDS})
]

STATE_ROLES: dict[str, Lazy] = {
    "member": lazy("Member", context="a state's role in a format"),
    "partner": lazy("Partner"),
    "observer": lazy("Observer"),
    "dialogue-partner": lazy("Dialogue partner"),
}
"""The roles of states in a format."""

OUTCOME_KINDS: dict[str, Lazy] = {
    "pledge": lazy("Pledge"),
    "decision": lazy("Decision"),
    "recommendation": lazy("Recommendation"),
    "announcement": lazy("Announcement"),
    "document": lazy("Document"),
    "project": lazy("Project"),
    "next-meeting": lazy("Next meeting"),
}
"""The kinds of outcomes."""
OutcomeKind = Annotated[
    Literal["pledge", "decision", "recommendation", "announcement", "document", "project", "next-meeting"],
    Meta(extra={"labels": OUTCOME_KINDS}),
]

DELIVERY_STATUSES: dict[str, Lazy] = {
    "delivered": lazy("delivered"),
    "in-progress": lazy("in progress"),
    "dropped": lazy("dropped"),
    "unknown": lazy("unknown"),
    "announced": lazy("announced"),
}
"""The status of an outcome by the newest report on it; `announced` if there is none."""

QUALIFIERS: dict[str, Lazy] = {
    "exact": lazy("exactly", context="an amount"),
    "about": lazy("about", context="an amount"),
    "nearly": lazy("nearly", context="an amount"),
    "at-least": lazy("at least", context="an amount"),
    "up-to": lazy("up to", context="an amount"),
}
"""The qualifiers of amounts."""
Qualifier = Annotated[Literal["exact", "about", "nearly", "at-least", "up-to"], Meta(extra={"labels": QUALIFIERS})]
CHOOSE = lazy("Choose", context="an amount")
ChosenQualifier = Annotated[
    Literal["", "exact", "about", "nearly", "at-least", "up-to"],
    Meta(extra={"labels": {"": CHOOSE} | QUALIFIERS}),
]
"""A qualifier as forms ask for it: nothing is chosen in advance."""
