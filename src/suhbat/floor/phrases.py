"""How the acts of the floor read in the live record: one plain sentence each."""

from suhbat.acts import phrase
from suhbat.formats.names import state_name
from suhbat.ground.language import _, ngettext
from suhbat.ground.lists import sentences
from suhbat.record.entries import Entry


def span(seconds: int) -> str:
    """A length of time as a clock shows it: `4:32`, `1:02:09`."""
    minutes, rest = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _state(entry: Entry) -> str:
    return state_name(entry.body["delegation"])


def _with_ends(said: str, entry: Entry) -> str:
    """A sentence, and what the act ended on the way as further ones."""
    ends = [
        _("%(state)s ends after %(span)s.") % {"state": state_name(each["delegation"]), "span": span(each["seconds"])}
        for each in entry.body.get("ends", [])
    ]
    return sentences([said, *ends])


@phrase("meeting.opened")
def meeting_opened(entry: Entry) -> str:
    """The meeting is open."""
    count = len(entry.body["present"])
    if not count:
        return _("The chair opens the meeting.")
    said = ngettext(
        "The chair opens the meeting; %(count)s delegation is present.",
        "The chair opens the meeting; %(count)s delegations are present.",
        count,
    )
    return said % {"count": count}


@phrase("meeting.suspended")
def meeting_suspended(_entry: Entry) -> str:
    """The meeting is suspended."""
    return _("The chair suspends the meeting.")


@phrase("meeting.resumed")
def meeting_resumed(_entry: Entry) -> str:
    """The meeting goes on."""
    return _("The chair resumes the meeting.")


@phrase("meeting.closed")
def meeting_closed(entry: Entry) -> str:
    """The meeting is closed."""
    return _with_ends(_("The chair closes the meeting."), entry)


@phrase("item.opened")
def item_opened(entry: Entry) -> str:
    """The item is before the meeting."""
    return _with_ends(_("The chair opens the item “%(title)s”.") % {"title": entry.body["title"]}, entry)


@phrase("floor.requested")
def _requested(entry: Entry) -> str:
    said = {
        "speech": _("%(state)s asks for the floor."),
        "reply": _("%(state)s asks for the right of reply."),
        "point-of-order": _("%(state)s raises a point of order."),
        "question": _("%(state)s asks to put a question."),
    }
    return said[entry.body["kind"]] % {"state": _state(entry)}


@phrase("floor.request_withdrawn")
def request_withdrawn(entry: Entry) -> str:
    """A request waits no longer."""
    if entry.delegation == entry.body["delegation"]:
        return _("%(state)s withdraws its request.") % {"state": _state(entry)}
    return _("The request of %(state)s is taken off the list.") % {"state": _state(entry)}


@phrase("floor.given")
def given(entry: Entry) -> str:
    """Somebody has the floor."""
    said = {
        "speech": _("%(state)s has the floor."),
        "reply": _("%(state)s has the floor in reply."),
        "point-of-order": _("%(state)s has the floor on a point of order."),
        "question": _("%(state)s has the floor for a question."),
    }
    return _with_ends(said[entry.body["kind"]] % {"state": _state(entry)}, entry)


@phrase("floor.extended")
def extended(entry: Entry) -> str:
    """The speaker has longer."""
    return _("%(state)s is given %(span)s more.") % {"state": _state(entry), "span": span(entry.body["added"])}


@phrase("floor.ended")
def ended(entry: Entry) -> str:
    """The floor is free again."""
    return _("%(state)s ends after %(span)s.") % {"state": _state(entry), "span": span(entry.body["seconds"])}


@phrase("floor.opened_to_all")
def _opened_to_all(entry: Entry) -> str:
    return _with_ends(_("The chair opens the discussion to all."), entry)


@phrase("floor.closed_to_all")
def closed_to_all(_entry: Entry) -> str:
    """One speaks at a time again."""
    return _("The chair ends the open discussion.")


@phrase("list.closed")
def _list_closed(_entry: Entry) -> str:
    return _("The chair closes the speakers' list.")


@phrase("list.opened")
def _list_opened(_entry: Entry) -> str:
    return _("The chair reopens the speakers' list.")


@phrase("list.ordered")
def list_ordered(entry: Entry) -> str:
    """The order of the list."""
    if entry.body["order"] == "protocol":
        return _("The chair puts the speakers' list in the order of protocol.")
    return _("The chair puts the speakers' list in the order of requests.")


@phrase("list.time_limited")
def time_limited(entry: Entry) -> str:
    """The time of a speech."""
    if not entry.body["seconds"]:
        return _("The chair lifts the time limit of speeches.")
    return _("The chair limits speeches to %(span)s.") % {"span": span(entry.body["seconds"])}


@phrase("statement.filed")
def statement_filed(entry: Entry) -> str:
    """A text is there."""
    return _("%(state)s files a statement: “%(title)s”.") % {"state": _state(entry), "title": entry.body["title"]}


@phrase("summary.noted")
def summary_noted(entry: Entry) -> str:
    """A summary is there."""
    return _("The intervention of %(state)s is summarised: %(text)s") % {
        "state": _state(entry),
        "text": entry.body["text"],
    }
