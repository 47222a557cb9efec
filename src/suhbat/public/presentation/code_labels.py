"""Labels of the codes of the public record, in the reader's language."""

from suhbat.ground.language import Lazy, lazy, ngettext

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
"""The CSS class of the chip for each state of an outcome. A chip also has words, never colour alone."""
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
"""The same, with the name of the earlier outcome."""


def label_of(labels: dict[str, Lazy], code: str | None) -> str:
    """The label of a code; without one, the code itself."""
    return str(labels.get(code or "", code or ""))


def how_many_delegations(count: int) -> str:
    """A number of delegations in words, such as "6 delegations"."""
    return ngettext("%(count)s delegation", "%(count)s delegations", count) % {"count": count}
