"""Names of the kinds of texts, of the statuses of texts, paragraphs and proposals, and of positions."""

from suhbat.ground.language import Lazy, lazy
from suhbat.texts.negotiation.positions import STANDS

TEXT_STATUSES: dict[str, Lazy] = {
    "drafting": lazy("under negotiation"),
    "silence": lazy("under silence"),
    "asked": lazy("before the room for adoption"),
    "adopted": lazy("adopted"),
}
PARAGRAPH_STATUSES: dict[str, Lazy] = {
    "agreed": lazy("agreed"),
    "ad-referendum": lazy("agreed ad referendum"),
    "clean": lazy("clean"),
    "ready": lazy("ready to be taken"),
    "reserved": lazy("reserved"),
    "open": lazy("open", context="a paragraph"),
    "blocked": lazy("blocked"),
    "repair": lazy("to be repaired"),
}
PROPOSAL_STATUSES: dict[str, Lazy] = {
    "open": lazy("open", context="a proposal"),
    "flagged": lazy("words have changed"),
    "incorporated": lazy("in the text"),
    "met": lazy("met by the text"),
    "set-aside": lazy("set aside"),
    "withdrawn": lazy("withdrawn"),
}
CELLS: dict[str, Lazy] = {
    "asks": lazy("asks for a change"),
    "unanswered": lazy("has not answered"),
    "": lazy("nothing to answer"),
    **STANDS,
}
