"""The room as one reader sees it at one moment: what the page and its parts are drawn from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.actors import PARTICIPANT_ROLES, STAFF, Role, Viewer
from suhbat.acts.registry import say
from suhbat.floor import offers
from suhbat.floor.capitals import Clock, clocks
from suhbat.floor.models import FloorRequest, Intervention, Statement
from suhbat.floor.queries import Item, State, state_of, statements_of, summaries_of
from suhbat.floor.standing import spoken
from suhbat.floor.statements import FILERS, NOTERS
from suhbat.formats.cities import city_name
from suhbat.formats.names import capital_of, zone_of
from suhbat.ground.clock import instant
from suhbat.ground.language import lazy
from suhbat.ground.refusals import not_allowed, not_found
from suhbat.meetings.models import Paper
from suhbat.meetings.place_names import content_lang, zone_place
from suhbat.meetings.queries import papers
from suhbat.people.models import Person, SeatRow
from suhbat.record.entries import Entry
from suhbat.record.reading import of_meeting

SHOWN = (
    "meeting.opened", "meeting.suspended", "meeting.resumed", "meeting.closed", "item.", "floor.", "list.",
    "statement.", "summary.", "pledge.", "decision.", "recommendation.", "announcement.", "project.", "next_meeting.",
    "outcome.", "text.", "proposal.", "position.", "silence.", "minutes.", "paper.filed",
)  # fmt: skip
"""Beginnings of the acts that the record beside the picture shows; seats and invitations are not among them."""
QUOTED = ("title", "text", "summary", "because", "reason")
"""What an entry's body may hold that its line repeats."""
LONGEST_THREAD = 300
"""Entries that the thread shows at most; the rest is on the pages of the record."""


@dataclass(frozen=True)
class Face:
    """Who is expected on a delegation's tile."""

    state: str
    name: str
    office: str
    observer: bool
    chairs: bool

    @property
    def initials(self) -> str:
        """What stands on a tile without a picture."""
        words = self.name.split() or [self.state]
        return "".join(word[0] for word in (words[0], words[-1])[: len(words)]).upper()


@dataclass
class Look:
    """One reader's view. `here` are the peers that have a line open."""

    session: Session
    actor: Viewer
    state: State
    at: datetime
    here: Sequence[dict[str, Any]] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The meeting's id."""
        return self.state.meeting.id

    @property
    def status(self) -> str:
        """The meeting's state, such as `convened`, `open`, `suspended` or `closed`."""
        return self.state.meeting.status

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The reader's roles here."""
        return self.actor.roles_at(self.id)

    @property
    def is_staff(self) -> bool:
        """Whether the reader is in the chair or of the secretariat."""
        return bool(self.roles & STAFF)

    @property
    def is_chair(self) -> bool:
        """Whether the reader is in the chair."""
        return Role.CHAIR in self.roles

    @property
    def may_file(self) -> bool:
        """Whether the reader may file statements."""
        return bool(self.roles & FILERS)

    @property
    def may_note(self) -> bool:
        """Whether the reader may note summaries."""
        return bool(self.roles & NOTERS)

    @cached_property
    def own(self) -> str:
        """The reader's delegation."""
        return offers.own_delegation(self.state, self.actor)

    @cached_property
    def faces(self) -> list[Face]:
        """One for each delegation, in protocol order."""
        return list(_faces(self.session, self.state))

    @property
    def large(self) -> str:
        """The delegation that is shown large: the speaker, else the chair's."""
        if self.state.holder:
            return self.state.holder.delegation
        shown = [face for face in self.faces if face.chairs] or self.faces
        return shown[0].state if shown else ""

    @property
    def present(self) -> list[str]:
        """The delegations that have someone here, in protocol order."""
        here = {peer.get("delegation", "") for peer in self.here}
        return [face.state for face in self.faces if face.state in here]

    @cached_property
    def clocks(self) -> list[Clock]:
        """The time in every capital."""
        return clocks((face.state for face in self.faces), self.state.meeting.starts, self.at)

    @cached_property
    def statements(self) -> list[Statement]:
        """The statements that the reader may see."""
        return statements_of(self.session, self.id, self.actor.scope(self.id))

    @cached_property
    def papers(self) -> list[tuple[str, list[Paper]]]:
        """The papers that the reader may see: those of the item under discussion, of the whole meeting, of the rest."""
        found = papers(self.session, self.state.meeting, self.actor.scope(self.id))
        now = [self.state.item] if self.state.item else []
        rest = [item for item in self.state.items if item not in now]
        known = {item.id for item in self.state.items}
        groups = [(item.title, [each for each in found if each.item == item.id]) for item in now + rest]
        groups.insert(len(now), ("", [each for each in found if each.item not in known]))
        return [(title, each) for title, each in groups if each]

    @cached_property
    def summaries(self) -> dict[int, str]:
        """Summaries by the entry that gave the floor."""
        return summaries_of(self.session, self.id)

    @cached_property
    def thread(self) -> list[Entry]:
        """The record beside the picture, the newest first."""
        entries = of_meeting(self.session, self.id, self.actor.scope(self.id))
        told = [each for each in entries if each.act.startswith(SHOWN) and each.act != "summary.noted"]
        return told[-LONGEST_THREAD:][::-1]

    def line(self, entry: Entry) -> str:
        """An entry as the thread says it, its words of the meeting marked with their language where that is known."""
        said, lang = say(entry), content_lang(self.state.meeting)
        told = entry.body.get("outcome")
        told = told if isinstance(told, dict) else entry.body
        quoted = [*(told.get(name) for name in QUOTED), (told.get("amount") or {}).get("as_said")]
        words = [str(each) for each in quoted if each] if lang else []
        parts = re.split("(" + "|".join(map(re.escape, words)) + ")", said) if words else [said]
        marked = Markup("<span{}>{}</span>")
        return Markup("").join(marked.format(lang, part) if part in words else part for part in parts)

    @property
    def latest(self) -> Intervention | None:
        """The intervention that a pledge or a decision made now comes from."""
        return self.state.holder or (self.state.interventions[-1] if self.state.interventions else None)

    @property
    def opens(self) -> datetime | None:
        """The instant the meeting is called for."""
        return instant(self.state.meeting.opens_at) if self.state.meeting.opens_at else None

    @cached_property
    def actions(self) -> list[offers.Offer]:
        """What is offered at the foot; one thing alone stands out."""
        if self.is_chair:
            return offers.for_chair(self.state, self.actor)
        return offers.for_delegation(self.state, self.actor)

    @cached_property
    def own_actions(self) -> list[offers.Offer]:
        """What whoever is in the chair does for the own delegation: behind a button, out of the chair's way."""
        if not self.is_chair:
            return []
        made = offers.for_delegation(self.state, self.actor)
        return [replace(each, main=False) for each in made if each.act != "floor.ended"]

    @cached_property
    def more_actions(self) -> list[offers.Offer]:
        """What the chair does more rarely."""
        return offers.chairs_others(self.state, self.actor)

    @property
    def for_list(self) -> list[offers.Offer]:
        """What the chair may do with the list."""
        return offers.for_list(self.state, self.actor)

    def on_request(self, request: FloorRequest) -> list[offers.Offer]:
        """What may be done with one request."""
        return offers.on_request(self.state, self.actor, request)

    def asked(self, request: FloorRequest) -> datetime:
        """When a request was made, by the server's clock."""
        return instant(request.asked)

    @property
    def waiting_elsewhere(self) -> list[tuple[str, int]]:
        """How many requests wait on other items, by the item's title."""
        shown = {each.id for each in self.state.waiting}
        counted: dict[str, int] = {}
        for each in self.state.requests:
            if each.id not in shown:
                counted[each.item] = counted.get(each.item, 0) + 1
        return [(item.title, counted[item.id]) for item in self.state.items if item.id in counted]

    @property
    def host_place(self) -> str:
        """The capital whose clock the meeting goes by, in the reader's language."""
        meeting = self.state.meeting
        zone = meeting.zone or "UTC"
        same = [face.state for face in self.faces if zone_of(face.state) == zone]
        return city_name(capital_of(same[0], meeting.starts)) if same else zone_place(zone)

    def is_on_tile(self, turn: Intervention) -> bool:
        """Whether the speaker is the one whose name stands on the delegation's tile already."""
        named = next((face.name for face in self.faces if face.state == turn.delegation), "")
        return not turn.speaker or turn.speaker == named

    def milliseconds(self, turn: Intervention) -> int:
        """Time on the floor of one turn up to now."""
        return spoken(turn, self.at) // 1000

    def left(self, turn: Intervention) -> int:
        """Milliseconds that a turn has left; negative where it is over its time."""
        return turn.seconds * 1000 - self.milliseconds(turn)

    def spent(self, delegation: str = "", item: str | None = None) -> int:
        """Milliseconds on the floor up to now."""
        return self.state.spent(self.at, delegation=delegation, item=item) // 1000

    def item_named(self, item: str) -> Item | None:
        """An item of the agenda by its id."""
        return next((each for each in self.state.items if each.id == item), None)


def look(session: Session, actor: Viewer, meeting: str, at: datetime, here: Sequence[dict[str, Any]] = ()) -> Look:
    """The room as this reader may see it: participants only.

    What is a draft exists for those who prepare it alone; a convened meeting is known, but its room is not for all.
    """
    state = state_of(session, meeting)
    if not actor.roles_at(meeting) & PARTICIPANT_ROLES:
        if state.meeting.hidden:
            raise not_found(lazy("There is no such meeting here."))
        raise not_allowed(lazy("The room is for those who have a seat at this meeting."))
    return Look(session, actor, state, at, here)


def _faces(session: Session, state: State) -> list[Face]:
    seated = {
        row.state: (row.name, row.office)
        for row in session.execute(
            select(SeatRow.state, Person.name, SeatRow.office)
            .join(Person, Person.id == SeatRow.person)
            .where(SeatRow.place == state.meeting.id, SeatRow.role == Role.HEAD, SeatRow.vacated.is_(False))
            .order_by(SeatRow.id.desc())
        )
    }
    made = []
    for each in state.meeting.delegations:
        name, office = seated.get(each.state, (each.head_name or "", each.head_office or ""))
        office = office or each.head_office or ""
        made.append(Face(each.state, name, office, each.observer, each.state == state.meeting.chair_state))
    return made
