"""Acts on a meeting as a whole: convened, released, changed, cancelled."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Decision, InMeeting, Occasion, Role, Wish, act, effect, phrase
from suhbat.acts.inputs import OfFormat
from suhbat.formats.acts import LEVELS, States
from suhbat.formats.models import Format
from suhbat.formats.names import is_known, protocol_order
from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.ground.language import Lazy, gettext, lazy
from suhbat.ground.lists import in_a_row
from suhbat.ground.refusals import Kind, Refused, not_found, out_of_order
from suhbat.meetings.left_over import left_overs
from suhbat.meetings.models import AgendaItem, Delegation, Meeting
from suhbat.meetings.times import WallTime, check_times
from suhbat.record.entries import Entry

FACTS = (
    "number", "title", "level", "mode", "zone", "starts", "ends", "opens_at", "closes_at", "city", "country",
    "host_first",
)  # fmt: skip
"""What the entries that convene and change a meeting say of it, by the names of its columns."""
MODES = Literal["in-person", "video", "hybrid"]
Zone = Annotated[str, Meta(title="Clock of the host", max_length=40, extra={"choices": "zones"})]


class FirstItem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An agenda item given with the convening itself."""

    title: Annotated[str, Meta(min_length=1, max_length=300)]
    topic: Annotated[str, Meta(max_length=40)] = ""
    minutes: Annotated[int, Meta(ge=0, le=24 * 60)] = 0
    note: Annotated[str, Meta(max_length=4_000)] = ""
    left_over_from: Annotated[str, Meta(max_length=200)] | None = None


class Facts(Wish, frozen=True, kw_only=True):
    """What is said of a meeting as a whole. Times are wall times on the host's clock."""

    title: Annotated[str, Meta(title="Title", min_length=1, max_length=400, extra={"context": "a meeting's"})]
    number: Annotated[int, Meta(title="Number in the series", ge=1, le=1_000)] | None = None
    level: Annotated[LEVELS, Meta(title="Level")]
    mode: Annotated[MODES, Meta(title="How it meets")]
    zone: Zone
    opens: Annotated[WallTime, Meta(title="Opens")]
    closes: Annotated[WallTime, Meta(title="Closes")]
    city: Annotated[str, Meta(title="City", max_length=120)] | None = None
    country: Annotated[str, Meta(title="State of the place", max_length=20, extra={"choices": "states"})] | None = None
    chair_state: Annotated[str, Meta(title="In the chair", max_length=20, extra={"choices": "states"})]
    chair_name: Annotated[str, Meta(title="Name of the chair", max_length=200)] | None = None
    chair_office: Annotated[str, Meta(title="Office of the chair", max_length=300)] | None = None
    host_first: Annotated[bool, Meta(title="The chair's delegation is named first")] = False


class Convene(Facts, frozen=True, kw_only=True):
    """A meeting to be."""

    format: OfFormat
    delegations: Annotated[States, Meta(title="Delegations", min_length=1)]
    observers: Annotated[States, Meta(title="Observers")] = []
    slug: Annotated[str, Meta(title="Address", pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=70)] | None = None
    take_up: Annotated[
        list[str], Meta(title="Take up from earlier meetings", max_length=60, extra={"choices": "left over"})
    ] = []
    items: Annotated[list[FirstItem], Meta(title="Agenda", max_length=60, extra={"widget": "hidden"})] = []
    rehearsal: Annotated[bool, Meta(title="A rehearsal", extra={"widget": "hidden"})] = False


@act("meeting.convened", "Convene a meeting", by={Role.SECRETARIAT})
def convene(occasion: Occasion, wish: Convene) -> Decision:
    """The secretariat of a format convenes a meeting: title, level, time, place or video, chair and delegations.

    It begins as a draft that only those who hold a seat at it can see, until the secretariat releases it. The
    times are given on the host's clock, and must exist on it. Delegations stand in the English alphabetical order of
    their short names, the chair's first if the convener says so. The chair's state has to be among them.
    """
    session = occasion.session
    if session.get(Format, wish.format) is None:
        raise not_found()
    faults: dict[str, Lazy | str] = {}
    opens, closes = check_times(wish.opens, wish.closes, wish.zone, faults)
    _check_states(wish, faults)
    if wish.rehearsal and not occasion.settings.rehearsal:
        faults["rehearsal"] = lazy("This installation holds no rehearsals.")
    taken_up = _taken_up(session, wish, faults)
    if faults or opens is None or closes is None:
        raise Refused(Kind.INVALID, lazy("Some of what was given does not fit."), faults)
    meeting = f"{wish.format}/{wish.slug or _slug(wish)}"
    if session.get(Meeting, meeting):
        where = "slug" if wish.slug else "title"
        raise Refused(Kind.INVALID, lazy("A meeting has this address already."), {where: lazy("Another is called so.")})
    seats = seating(wish.delegations, wish.observers, wish.chair_state if wish.host_first else "")
    body = {
        "number": wish.number, "title": wish.title, "level": wish.level, "mode": wish.mode, "zone": wish.zone,
        "starts": wish.opens[:10], "ends": wish.closes[:10], "opens_at": stamp(opens), "closes_at": stamp(closes),
        "city": wish.city, "country": wish.country, "rehearsal": wish.rehearsal,
        "chair": {"state": wish.chair_state, "name": wish.chair_name, "office": wish.chair_office},
        "delegations": seats,
        "host_first": wish.host_first,
        "items": [{"id": new_id(), **item} for item in [*map(msgspec.to_builtins, wish.items), *taken_up]],
    }  # fmt: skip
    return Decision(body, meeting=meeting, format=wish.format, reply={"meeting": meeting, "then": desk_of(meeting)})


@effect("meeting.convened")
def _convened(session: Session, entry: Entry) -> None:
    body = entry.body
    meeting = Meeting(id=entry.meeting, format=entry.format, status="draft", rehearsal=body["rehearsal"])
    set_facts(meeting, body)
    meeting.entry = meeting.agenda_changed = entry.number
    meeting.delegations = [
        Delegation(state=each["state"], observer=each["observer"], position=n, changed=entry.number)
        for n, each in enumerate(body["delegations"])
    ]
    meeting.agenda = [AgendaItem(position=n, parent=None, **item) for n, item in enumerate(body["items"])]
    session.add(meeting)


@phrase("meeting.convened")
def _say_convened(entry: Entry) -> str:
    return gettext("The secretariat convened “%(title)s”.") % {"title": entry.body["title"]}


class Release(InMeeting, frozen=True, kw_only=True):
    """The draft is to be seen."""


@act("meeting.released", "Release the convocation", by={Role.SECRETARIAT}, audience="public")
def release(occasion: Occasion, wish: Release) -> Decision:
    """The secretariat releases a draft: the meeting is convened, anyone may see that, when and where it will be held.

    What is seen of the agenda and the papers is decided by their own releases and audiences.
    """
    meeting = meeting_of(occasion.session, wish.meeting)
    if meeting.status != "draft":
        raise out_of_order(lazy("It has been released already."))
    return Decision({"title": meeting.title, "opens_at": meeting.opens_at, "zone": meeting.zone},
                    reply={"then": desk_of(meeting.id)})  # fmt: skip


@effect("meeting.released")
def _released(session: Session, entry: Entry) -> None:
    meeting = session.get_one(Meeting, entry.meeting)
    meeting.status, meeting.released, meeting.entry = "convened", True, entry.number


@phrase("meeting.released")
def _say_released(entry: Entry) -> str:
    return gettext("“%(title)s” is convened.") % {"title": entry.body["title"]}


def meeting_of(session: Session, meeting: str) -> Meeting:
    """The meeting of an act held here; refused where there is none. What sources report is not changed by acts."""
    held = session.get(Meeting, meeting)
    if held is None:
        raise not_found(lazy("There is no such meeting."))
    if held.origin != "held":
        raise out_of_order(lazy("This meeting is known from reports; it was not convened here."))
    return held


def set_facts(meeting: Meeting, body: dict[str, Any]) -> None:
    """Copy what an entry says of a meeting as a whole."""
    for name in FACTS:
        setattr(meeting, name, body[name])
    chair = body["chair"]
    meeting.chair_state, meeting.chair_name, meeting.chair_office = chair["state"], chair["name"], chair["office"]


def _check_states(wish: Convene, faults: dict[str, Lazy | str]) -> None:
    for field, codes in (
        ("delegations", wish.delegations),
        ("observers", wish.observers),
        ("country", [wish.country] if wish.country else []),
    ):
        if unknown := sorted(code for code in codes if not is_known(code)):
            faults[field] = lazy("These are no known states: %(states)s.") % {"states": in_a_row(unknown)}
    if set(wish.delegations) & set(wish.observers):
        faults.setdefault("observers", lazy("A state is a delegation or an observer, not both."))
    if wish.chair_state not in wish.delegations:
        faults.setdefault("chair_state", lazy("The chair's state has to be among the delegations."))
    if wish.mode != "video" and not wish.country:
        faults.setdefault("country", lazy("A meeting in a place has a place."))


def _taken_up(session: Session, wish: Convene, faults: dict[str, Lazy | str]) -> list[dict[str, Any]]:
    """Agenda items for what earlier meetings left over and this one takes up."""
    known = {each.outcome: each for each in left_overs(session, wish.format)} if wish.take_up else {}
    if set(wish.take_up) - known.keys():
        faults["take_up"] = lazy("Some of these are no longer open.")
        return []
    return [
        {"title": known[name].title[:300], "topic": known[name].topic, "minutes": 0, "note": "", "left_over_from": name}
        for name in dict.fromkeys(wish.take_up)
    ]


def seating(delegations: Iterable[str], observers: Iterable[str], host: str) -> list[dict[str, Any]]:
    """Delegations in English alphabetical order, the host first if one is named; observers after them."""
    return [{"state": code, "observer": False} for code in protocol_order(delegations, "en", host=host)] + [
        {"state": code, "observer": True} for code in protocol_order(observers, "en")
    ]


def _slug(wish: Convene) -> str:
    """An address from the day and the title, in plain letters."""
    plain = unicodedata.normalize("NFKD", wish.title).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall(r"[a-z0-9]+", plain))[:48].strip("-")
    return f"{wish.opens[:10]}-{words or wish.level}"


def desk_of(meeting: str) -> str:
    """The address of a meeting's desk."""
    return f"/meetings/{meeting}/desk"
