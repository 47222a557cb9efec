"""The view model of the conference room: what one reader sees at one moment."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

import msgspec
from markupsafe import Markup
from sqlalchemy.orm import Session

from suhbat.acts import Door
from suhbat.acts.registry import REGISTRY, body_of, say
from suhbat.acts.roles_and_seats import PARTICIPANT_ROLES, Role, Viewer
from suhbat.floor.available_actions import Actions
from suhbat.floor.intervention_summaries import NOTERS
from suhbat.floor.models import FloorRequest, Intervention, Statement
from suhbat.floor.queries import Item, RoomState, room_state, statements_of, summaries_of
from suhbat.floor.requesters import own_delegation
from suhbat.floor.turn_clock import spoken
from suhbat.formats.city_names import city_name
from suhbat.formats.state_names import capital_of, zone_of
from suhbat.ground.clock import instant
from suhbat.ground.language import lazy
from suhbat.ground.refusals import not_allowed, not_found
from suhbat.meetings.capital_times import SharedTime, shared_times
from suhbat.meetings.city_zone_and_format_names import content_lang, zone_place
from suhbat.meetings.models import Paper
from suhbat.meetings.queries import papers
from suhbat.record.entries import Entry
from suhbat.record.reading import last_of_meeting

SHOWN = (
    "meeting.opened", "meeting.suspended", "meeting.resumed", "meeting.closed", "item.", "floor.", "list.",
    "statement.", "pledge.", "decision.", "recommendation.", "announcement.", "project.", "next_meeting.",
    "outcome.", "text.", "proposal.", "position.", "silence.", "minutes.", "paper.filed",
)  # fmt: skip
"""Beginnings of the names of acts in the record beside the picture; seats and summaries are left out."""
UNSHOWN = ("statement.shared", "minutes.words_published", "text.part_published")
"""Acts of the system that give further readers what an entry in the list has told already."""
QUOTED = ("title", "text", "summary", "because", "reason")
"""Fields of an entry's body that its sentence quotes."""
NO_SURNAMES = {"Jr", "Sr", "II", "III", "IV"}
"""What may follow a surname: a tile's initials leave it out."""
MAX_ENTRIES = 300
"""Maximum number of entries beside the picture; the rest is on the pages of the record."""


@dataclass(frozen=True)
class Face:
    """The person whose name stands on a delegation's tile."""

    state: str
    name: str
    office: str
    observer: bool
    chairs: bool
    played: bool = False
    """Whether nobody sits there and the program plays the delegation, in a rehearsal."""

    @property
    def initials(self) -> str:
        """The initials that a tile without a picture shows."""
        words = [word for word in self.name.split() if word.strip(".,") not in NO_SURNAMES] or [self.state]
        return "".join(word[0] for word in (words[0], words[-1])[: len(words)]).upper()


@dataclass
class RoomView:
    """One reader's view of the room. `here` are the peers that have a live connection."""

    session: Session
    actor: Viewer
    state: RoomState
    at: datetime
    here: Sequence[dict[str, Any]] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The meeting's id."""
        return self.state.meeting.id

    @property
    def status(self) -> str:
        """The meeting's status, such as `convened`, `open`, `suspended` or `closed`."""
        return self.state.meeting.status

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The reader's roles here."""
        return self.actor.roles_at(self.id)

    @property
    def is_chair(self) -> bool:
        """Whether the reader is in the chair."""
        return Role.CHAIR in self.roles

    @property
    def takes_notes(self) -> bool:
        """Whether the reader takes notes, and so has a tab for them."""
        return bool(self.roles & NOTERS)

    def actions(self, door: Door) -> Actions:
        """The actions that the reader is offered."""
        return Actions(door, self.actor, self.state)

    @cached_property
    def own(self) -> str:
        """The reader's delegation."""
        return own_delegation(self.actor, self.id)

    @cached_property
    def faces(self) -> list[Face]:
        """One face for each delegation, in protocol order."""
        return list(_faces(self.state))

    @property
    def large(self) -> str:
        """The delegation that is shown large: the speaker's, else the chair's."""
        if self.state.holder:
            return self.state.holder.delegation
        faces = [face for face in self.faces if face.chairs] or self.faces
        return faces[0].state if faces else ""

    @property
    def present(self) -> list[str]:
        """The delegations that are in the room, in protocol order; those that the program plays are always there."""
        connected = {peer.get("delegation", "") for peer in self.here}
        return [face.state for face in self.faces if face.played or face.state in connected]

    @cached_property
    def clocks(self) -> list[SharedTime]:
        """The time in every capital, the most easterly first."""
        times = shared_times((face.state for face in self.faces), self.at, self.state.meeting.starts)
        return sorted(times, key=lambda time: time.local.replace(tzinfo=None), reverse=True)

    @cached_property
    def statements(self) -> list[Statement]:
        """The statements that the reader may see."""
        return statements_of(self.session, self.id, self.actor.scope(self.id))

    @cached_property
    def papers(self) -> list[tuple[str, list[Paper]]]:
        """The papers that the reader may see: of the present item, then of the whole meeting, then of other items."""
        rows = papers(self.session, self.state.meeting, self.actor.scope(self.id))
        present = [self.state.item] if self.state.item else []
        others = [item for item in self.state.items if item not in present]
        ids = {item.id for item in self.state.items}
        groups = [(item.title, [paper for paper in rows if paper.item == item.id]) for item in present + others]
        groups.insert(len(present), ("", [paper for paper in rows if paper.item not in ids]))
        return [(title, group) for title, group in groups if group]

    @cached_property
    def summaries(self) -> dict[int, str]:
        """Summaries, by the number of the entry that gave the floor."""
        return summaries_of(self.session, self.id)

    @cached_property
    def thread(self) -> list[Entry]:
        """The record beside the picture, the newest first."""
        return last_of_meeting(self.session, self.id, self.actor.scope(self.id), SHOWN, UNSHOWN, MAX_ENTRIES)

    def line(self, entry: Entry) -> str:
        """The sentence of an entry; the words that it quotes are marked with the meeting's language, if it is known."""
        sentence, lang = say(entry), content_lang(self.state.meeting)
        words = _quoted_words(entry) if lang else []
        parts = re.split("(" + "|".join(map(re.escape, words)) + ")", sentence) if words else [sentence]
        marked = Markup("<span{}>{}</span>")
        return Markup("").join(marked.format(lang, part) if part in words else part for part in parts)

    @property
    def latest(self) -> Intervention | None:
        """The intervention that a new pledge or decision belongs to: the present or the last one."""
        return self.state.holder or (self.state.interventions[-1] if self.state.interventions else None)

    @property
    def opens(self) -> datetime | None:
        """The instant for which the meeting is convened."""
        return instant(self.state.meeting.opens_at) if self.state.meeting.opens_at else None

    def requested_at(self, request: FloorRequest) -> datetime:
        """When a request was made, by the server's clock."""
        return instant(request.asked)

    @property
    def waiting_elsewhere(self) -> list[tuple[str, int]]:
        """How many requests wait on other items, by the item's title."""
        listed = {request.id for request in self.state.waiting}
        counts: dict[str, int] = {}
        for request in self.state.requests:
            if request.id not in listed:
                counts[request.item] = counts.get(request.item, 0) + 1
        return [(item.title, counts[item.id]) for item in self.state.items if item.id in counts]

    @property
    def host_place(self) -> str:
        """The capital whose local time the meeting uses, in the reader's language."""
        meeting = self.state.meeting
        zone = meeting.zone or "UTC"
        states = [face.state for face in self.faces if zone_of(face.state) == zone]
        return city_name(capital_of(states[0], meeting.starts)) if states else zone_place(zone)

    def is_on_tile(self, turn: Intervention) -> bool:
        """Whether the delegation's tile already names the speaker."""
        name = next((face.name for face in self.faces if face.state == turn.delegation), "")
        return not turn.speaker or turn.speaker == name

    def milliseconds(self, turn: Intervention) -> int:
        """Milliseconds on the floor of one intervention up to now."""
        return spoken(turn, self.at) // 1000

    def time_left(self, turn: Intervention) -> int:
        """Milliseconds that an intervention has left; negative after its time is over."""
        return turn.seconds * 1000 - self.milliseconds(turn)

    def spent(self, delegation: str = "", item: str | None = None) -> int:
        """Milliseconds on the floor up to now."""
        return self.state.spent(self.at, delegation=delegation, item=item) // 1000

    def item_named(self, item: str) -> Item | None:
        """An item of the agenda by its id."""
        return next((candidate for candidate in self.state.items if candidate.id == item), None)


def room_view(
    session: Session, actor: Viewer, meeting: str, at: datetime, here: Sequence[dict[str, Any]] = ()
) -> RoomView:
    """The room for one participant.

    Others are refused: the draft of a meeting is not found for them, any other meeting is not allowed.
    """
    state = room_state(session, meeting)
    if not actor.roles_at(meeting) & PARTICIPANT_ROLES:
        if state.meeting.hidden:
            raise not_found(lazy("There is no such meeting here."))
        raise not_allowed(lazy("The room is for those who have a seat at this meeting."))
    return RoomView(session, actor, state, at, here)


def _quoted_words(entry: Entry) -> list[str]:
    """The words that the sentence of an entry quotes: from its body, or from the outcome in it.

    These are entries of every package; the few fields that sentences quote have the same names in all of them.
    """
    if entry.act not in REGISTRY:
        return []
    body = body_of(entry)
    outcome = getattr(body, "outcome", None)
    quoted = outcome if isinstance(outcome, msgspec.Struct) else body
    words = [getattr(quoted, name, "") for name in QUOTED]
    words.append(getattr(getattr(quoted, "amount", None), "as_said", ""))
    return [str(word) for word in words if word]


def _faces(state: RoomState) -> list[Face]:
    faces = []
    for delegation in state.meeting.delegations:
        head = next((head for head in delegation.seated if head["role"] == Role.HEAD), {})
        name = head.get("name") or delegation.head_name or ""
        office = head.get("office") or delegation.head_office or ""
        chairs = delegation.state == state.meeting.chair_state
        played = state.meeting.rehearsal and not delegation.observer and not head
        faces.append(Face(delegation.state, name, office, delegation.observer, chairs, played))
    return faces
