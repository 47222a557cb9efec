"""Times in a summary record: the local time of the host with the city, and UTC."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

from suhbat.formats.city_names import city_language, city_name
from suhbat.ground.dates import show_instant
from suhbat.ground.language import _, language


def clock_time(at: datetime, zone: str) -> str:
    """`15:02 (Tokyo), 06:02 UTC`; UTC alone where the host's time zone is not known."""
    universal = show_instant(at, "UTC", "time")
    if not zone or zone == "UTC":
        return _("%(time)s UTC") % {"time": universal}
    local = show_instant(at, zone, "time")
    city = city_of(zone)
    return _("%(time)s (%(city)s), %(utc)s UTC") % {"time": local, "city": city, "utc": universal}


def city_of(zone: str) -> str:
    """The city of a time zone, named by our own table, else by Babel."""
    city = zone.rpartition("/")[2].replace("_", " ")
    if city_language(city) == language():
        return city_name(city)
    return str(get_timezone_location(ZoneInfo(zone), locale=language(), return_city=True))


def on_day(at: datetime, zone: str) -> str:
    """The local day of an instant at the host, `2020-08-11`."""
    return at.astimezone(ZoneInfo(zone or "UTC")).date().isoformat()
