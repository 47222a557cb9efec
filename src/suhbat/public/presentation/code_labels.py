"""How the codes of the public record are called, in the reader's language."""

from suhbat.ground.language import Lazy, lazy, ngettext
from suhbat.outcomes import outcome_labels as outcome_words

KINDS = outcome_words.KINDS
LEVELS = {
    "summit": lazy("Summit"),
    "ministerial": lazy("Ministers"),
    "senior-officials": lazy("Senior officials"),
    "expert": lazy("Experts"),
    "business": lazy("Business"),
    "intellectual": lazy("Scholars and civil society"),
}
"""From the highest level down."""
STATES = {
    "delivered": lazy("kept"),
    "in-progress": lazy("under way"),
    "dropped": lazy("dropped"),
    "unknown": lazy("unknown"),
    "announced": lazy("no later report"),
}
STATE_HELP = {
    "delivered": lazy("A source reports that it was done."),
    "in-progress": lazy("A source reports that it has begun."),
    "dropped": lazy("A source reports that it was given up."),
    "unknown": lazy("Looked for and not found. That does not mean that nothing happened."),
    "announced": lazy("Nothing after the announcement is in this record. That does not mean that nothing happened."),
}
CHIPS = {
    "delivered": "kept",
    "in-progress": "underway",
    "dropped": "overdue",
    "unknown": "unknown",
    "announced": "unknown",
}
"""Which look a state has: one of the four states that the house shows, never by colour alone."""
MODES = {"in-person": lazy("in person"), "video": lazy("by video"), "hybrid": lazy("in person and by video")}
CONFIDENCE = {
    "high": lazy("confidence high: the sources agree on day, place and who met"),
    "medium": lazy("confidence medium: one of day, place or attendance rests on a single or indirect source"),
    "low": lazy("confidence low: the meeting itself is only mentioned in passing"),
}
CONFIDENCE_SHORT = {
    "high": lazy("confidence high"),
    "medium": lazy("confidence medium"),
    "low": lazy("confidence low"),
}
FORMAT_KINDS = {
    "n-plus-one": lazy("N+1: a region and one partner"),
    "n-plus-zero": lazy("The region among itself"),
    "organisation": lazy("Organisation"),
    "initiative": lazy("Initiative"),
}
ROLES = {
    "member": lazy("Member", context="a state's role in a format"),
    "partner": lazy("Partner"),
    "observer": lazy("Observer"),
    "dialogue-partner": lazy("Dialogue partner"),
}
FOLLOWS = {
    "repeats": lazy("repeats"),
    "replaces": lazy("takes the place of"),
    "adds": lazy("comes on top of"),
}


FOLLOWED = {
    "repeats": lazy("repeats %(what)s"),
    "replaces": lazy("takes the place of %(what)s"),
    "adds": lazy("comes on top of %(what)s"),
}
"""The same with what it takes up."""


def say(words: dict[str, Lazy], code: str | None) -> str:
    """A code's word; the code itself where it has none."""
    return str(words.get(code or "", code or ""))


def how_many_delegations(count: int) -> str:
    """Six delegations."""
    return ngettext("%(count)s delegation", "%(count)s delegations", count) % {"count": count}
