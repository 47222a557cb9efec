"""The clock by which one person reads deadlines: that of the own capital."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from suhbat.acts.roles_and_seats import Viewer
from suhbat.formats.city_names import city_name
from suhbat.formats.state_names import zone_of
from suhbat.ground.dates import show_instant
from suhbat.ground.language import gettext
from suhbat.meetings.capital_times import capital_times
from suhbat.meetings.city_zone_and_format_names import zone_time


@dataclass(frozen=True)
class OwnClock:
    """A time zone, and the state whose capital it is; `UTC` without a state for a person whom no state sent."""

    zone: str = "UTC"
    state: str = ""

    def shows(self, at: datetime) -> str:
        """An instant on this clock and in UTC: `11 August 2020, 15:00 (Nur-Sultan time) · 09:00 UTC`."""
        in_utc = f"{show_instant(at)} UTC"
        if self.zone == "UTC":
            return in_utc
        here = gettext("%(time)s (%(zone)s)") % {"time": show_instant(at, self.zone), "zone": self._name(at)}
        same_day = at.astimezone(ZoneInfo(self.zone)).date() == at.astimezone(ZoneInfo("UTC")).date()
        return f"{here} · {show_instant(at, form='time')} UTC" if same_day else f"{here} · {in_utc}"

    def shows_here(self, at: datetime) -> str:
        """An instant on this clock alone, for what needs no second look: `11 August 2020, 15:00`."""
        return show_instant(at, self.zone)

    def _name(self, at: datetime) -> str:
        """The zone by its capital, with the capital's name of that day; else by the zone's own city."""
        capitals = capital_times([self.state], at) if self.state else []
        if capitals and capitals[0].city:
            return gettext("%(city)s time") % {"city": city_name(capitals[0].city)}
        return zone_time(self.zone)


def own_clock(viewer: Viewer, place: str = "", host_zone: str = "") -> OwnClock:
    """The clock of the state for which the viewer sits at a place, or else anywhere.

    Whoever sits for no state reads by the host's clock, where there is one.
    """
    here = [seat.state for seat in viewer.seats if seat.state and seat.place == place]
    everywhere = [seat.state for seat in viewer.seats if seat.state]
    for state in (*here, *everywhere):
        if zone := zone_of(state):
            return OwnClock(zone, state)
    return OwnClock(host_zone or "UTC")
