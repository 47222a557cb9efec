"""Assistants: who fills in forms for a head of delegation, and which.

An assistant sees what the head sees. A request's viewer therefore has the head's seat, marked as assisted; pages offer
it the forms of this list, and nothing else. Whoever acts is looked up anew, with the assistant's own seat, which
performs none of these acts: the form is filed as prepared (`form.prepared`), and waits for the head.
"""

from suhbat.acts.registry import REGISTRY

PREPARABLE = frozenset({
    "announcement.made", "credentials.presented", "delivery.reported", "explanation.filed", "minutes.objected",
    "note.kept", "outcome.corrected", "package.tied", "pledge.made", "position.taken", "project.announced",
    "proposal.made", "proposal.revised", "statement.filed", "version.drafted", "version.titled", "version.written",
})  # fmt: skip
"""The acts of a head that are forms without a file. What confirms, adopts, signs, agrees or takes back is not among
them, nor what counts at the moment, such as asking for the floor."""
PREPARED = "form.prepared"
"""The act by which a form is filed as prepared."""


def is_preparable(act: str) -> bool:
    """Whether an assistant may fill in the form of this act."""
    return act in PREPARABLE and act in REGISTRY
