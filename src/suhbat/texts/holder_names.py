"""Who holds a proposal, by name: a delegation, or the chair."""

from suhbat.formats.state_names import state_name
from suhbat.ground.language import gettext
from suhbat.texts.text_guard_checks import CHAIR


def holder_name(holder: str) -> str:
    """A holder's name, as it begins a sentence."""
    return gettext("The chair") if holder == CHAIR else state_name(holder)


def holder_name_within(holder: str) -> str:
    """A holder's name within a sentence."""
    return gettext("the chair") if holder == CHAIR else state_name(holder)
