"""The buttons of the room: what each reader may do now.

The guards of the acts decide what may be done. This module decides the place and the label of a button, and which one
is the main one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from textwrap import shorten

from suhbat.acts import Door, Role, Viewer
from suhbat.floor.intervention_kinds import MAX_SECONDS, POINT, QUESTION, REPLY, SPEECH
from suhbat.floor.models import FloorRequest, Intervention
from suhbat.floor.queries import RoomState
from suhbat.floor.requesters import own_delegation
from suhbat.formats.state_names import state_name
from suhbat.ground.language import gettext as _

Fields = Mapping[str, str | int]
MINUTE = 60
LONGEST_TITLE = 48
"""Characters of an item's title on a button."""


@dataclass(frozen=True)
class Offer:
    """One button: an act that needs no typing."""

    act: str
    label: str
    fields: Fields = field(default_factory=dict)
    main: bool = False
    """Whether this is the button that is most likely needed now."""
    short: str = ""
    """A shorter label for a phone, where there is one."""
    confirm: str = ""
    """The question to confirm first, where the act cannot be undone."""

    @property
    def id(self) -> str:
        """An id that stays the same when the page is drawn again, so that the focus can stay on the button."""
        return "-".join(["o", self.act.replace(".", "-"), *(str(v) for k, v in self.fields.items() if k != "seen")])


@dataclass(frozen=True)
class Actions:
    """The buttons that one reader is offered now."""

    door: Door
    viewer: Viewer
    state: RoomState

    def may(self, act: str, *about: object) -> bool:
        """Whether the reader may do this now, by seat and guard."""
        return self.door.offers(self.viewer, act, self.state.meeting, *about)

    def _if_may(self, offer: Offer, *about: object) -> list[Offer]:
        return [offer] if self.may(offer.act, *about) else []

    @cached_property
    def own(self) -> str:
        """The reader's delegation; empty for staff and interpreters without one."""
        return own_delegation(self.viewer, self.state.meeting.id)

    @cached_property
    def in_chair(self) -> bool:
        """Whether the reader is in the chair. The chair's buttons then come first, those of its delegation apart."""
        return Role.CHAIR in self.viewer.roles_at(self.state.meeting.id)

    @property
    def _seen(self) -> Fields:
        return {"seen": self.state.room.chaired}

    @cached_property
    def at_foot(self) -> list[Offer]:
        """The buttons at the foot of the page; at most one is the main one."""
        offers = [*self._chairs_next(), *self._present_turn()]
        return offers if self.in_chair else [*offers, *self._own_requests(first=not offers)]

    @cached_property
    def for_own(self) -> list[Offer]:
        """What the chair does for the own delegation: in a menu of its own."""
        return self._own_requests(first=False) if self.in_chair else []

    @cached_property
    def for_meeting(self) -> list[Offer]:
        """What the chair does more rarely: in a menu of its own, without what the foot offers already."""
        at_foot = {offer.act for offer in self.at_foot}
        offers = [
            *self._if_may(self._end_discussion(), self.state),
            *self._if_may(Offer("floor.opened_to_all", _("Open the discussion to all"), self._seen), self.state),
            *self._if_may(Offer("meeting.suspended", _("Suspend the meeting"), self._seen)),
            *self._if_may(self._close()),
        ]
        return [offer for offer in offers if offer.act not in at_foot]

    def _end_discussion(self) -> Offer:
        return Offer("floor.closed_to_all", _("End the open discussion"), self._seen)

    def _close(self) -> Offer:
        question = _("A closed meeting is not opened again. Requests that still wait will lapse.")
        return Offer("meeting.closed", _("Close the meeting"), self._seen, confirm=question)

    @property
    def may_ask(self) -> bool:
        """Whether the reader can ask for the floor now."""
        return any(offer.act == "floor.requested" for offer in (*self.at_foot, *self.for_own))

    @cached_property
    def for_list(self) -> list[Offer]:
        """What the chair may do with the list of the present item. Before the first item there is none to close."""
        if self.state.awaits_item:
            return []
        speakers = self.state.list_of(self.state.room.item)
        order, label = (
            ("request", _("Order of requests")) if speakers.order == "protocol" else ("protocol", _("Protocol order"))
        )
        return [
            *self._if_may(Offer("list.opened", _("Reopen the list"), self._seen), speakers),
            *self._if_may(Offer("list.closed", _("Close the list"), self._seen), speakers),
            *self._if_may(Offer("list.ordered", label, {"order": order, **self._seen})),
        ]

    def on_request(self, request: FloorRequest) -> list[Offer]:
        """What may be done with one request on the list."""
        fields = {"request": request.id, **self._seen}
        is_own = self.own == request.delegation
        label, short = (_("Withdraw"), "") if is_own else (_("Take off the list"), _("Take off"))
        withdrawal = Offer("floor.request_withdrawn", label, {"request": request.id}, short=short)
        return [
            *self._if_may(
                Offer("floor.given", _("Give the floor"), fields, short=_("Give")), self.state.grant(request)
            ),
            *self._if_may(withdrawal, request),
        ]

    @property
    def may_call(self) -> bool:
        """Whether there is a delegation that the chair could call upon."""
        return any(self.may("floor.given", self.state.call(delegation)) for delegation in self.state.observers)

    @property
    def may_put_on_list(self) -> bool:
        """Whether staff could put a delegation on the list, for any kind of request."""
        return any(
            self.may("floor.requested", self.state.new_request(kind, delegation))
            for kind in (SPEECH, POINT, QUESTION, REPLY)
            for delegation in self.state.observers
            if delegation != self.own
        )

    def _chairs_next(self) -> list[Offer]:
        """The chair's next step."""
        offers = [
            *self._if_may(Offer("meeting.opened", _("Open the meeting"), self._seen, main=True)),
            *self._if_may(Offer("meeting.resumed", _("Resume the meeting"), self._seen, main=True)),
        ]
        waiting = self.state.waiting
        for request in waiting:
            label = _("Give the floor to %(state)s") % {"state": state_name(request.delegation)}
            give = Offer("floor.given", label, {"request": request.id, **self._seen}, main=True)
            if self.may("floor.given", self.state.grant(request)):
                return [*offers, give]
        if self.state.holder is None:
            offers += self._next_item_or_close()
        return offers

    def _next_item_or_close(self) -> list[Offer]:
        """Nobody speaks and nobody can be given the floor: the next item, and after the last one the closing."""
        if self.state.room.open_to_all:
            return self._if_may(replace(self._end_discussion(), main=True), self.state)
        items = [item.id for item in self.state.items]
        following = items.index(self.state.room.item) + 1 if self.state.room.item in items else 0
        if following == len(items):
            return self._if_may(replace(self._close(), main=True))
        item = self.state.items[following]
        label, short = _("Open the first item"), ""
        if following:
            title = shorten(item.title, LONGEST_TITLE, placeholder="…")
            label = _("Open item %(n)s, %(title)s") % {"n": item.number, "title": title}
            short = _("Open item %(n)s") % {"n": item.number}
        move = Offer("item.opened", label, {"item": item.id, **self._seen}, main=True, short=short)
        return self._if_may(move, self.state, item.id)

    def _present_turn(self) -> list[Offer]:
        """What can be done with the present intervention."""
        holder = self.state.holder
        if holder is None:
            return []
        offers = self._if_may(self._end(holder), self.state)
        if holder.seconds + MINUTE <= MAX_SECONDS:
            minute: Fields = {"given": holder.id, "seconds": MINUTE}
            offers += self._if_may(Offer("floor.extended", _("One minute more"), minute, short="+1′"), self.state)
        return offers

    def _end(self, holder: Intervention) -> Offer:
        if holder.delegation == self.own and not self.in_chair:
            return Offer("floor.ended", _("End my turn"), {"given": holder.id}, main=True)
        label = _("End %(state)s’s turn") % {"state": state_name(holder.delegation)}
        return Offer("floor.ended", label, {"given": holder.id}, short=_("End the turn"))

    def _own_requests(self, *, first: bool) -> list[Offer]:
        """What the reader's delegation may withdraw or ask for; `first` if no other button comes before."""
        if not self.own:
            return []
        # A request on an item that the meeting has left waits there: it can be withdrawn when that item comes back.
        listed = self.state.waiting if self.state.item else self.state.requests
        offers = [
            offer
            for request in self.state.waiting_of(self.own)
            if request in listed
            for offer in self._if_may(_withdrawal(request), request)
        ]
        main = first and not offers
        new_requests = (
            Offer("floor.requested", _("Ask for the floor"), {"kind": SPEECH}, main=main),
            Offer("floor.requested", _("Point of order"), {"kind": POINT}),
            Offer("floor.requested", _("Question to the speaker"), {"kind": QUESTION}, short=_("Question")),
            Offer("floor.requested", _("Right of reply"), {"kind": REPLY}),
        )
        for offer in new_requests:
            offers += self._if_may(offer, self.state.new_request(str(offer.fields["kind"]), self.own))
        return offers


def _withdrawal(request: FloorRequest) -> Offer:
    labels = {
        SPEECH: _("Withdraw my request"),
        REPLY: _("Withdraw my reply"),
        POINT: _("Withdraw my point of order"),
        QUESTION: _("Withdraw my question"),
    }
    return Offer("floor.request_withdrawn", labels[request.kind], {"request": request.id}, short=_("Withdraw"))
