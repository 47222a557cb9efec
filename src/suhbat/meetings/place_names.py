"""How a meeting's place, clock and format are called in the reader's language, and in which its own words are."""

from markupsafe import Markup, escape

from suhbat.formats.city_names import city_name
from suhbat.formats.format_names import format_language, short_format_name
from suhbat.formats.models import Format
from suhbat.formats.state_names import ENGLISH, state_name
from suhbat.ground.language import gettext, language
from suhbat.ground.name_lists import in_a_row
from suhbat.meetings.models import Meeting


def zone_place(zone: str) -> str:
    """The city of a time zone in the reader's language: `Tokyo` for `Asia/Tokyo`, `UTC` for `UTC`."""
    return city_name(zone.rpartition("/")[2].replace("_", " "))


def zone_time(zone: str) -> str:
    """Whose clock a time is on: `Tokyo time`, время: Токио, 東京時間; `UTC` for UTC, which is no place's."""
    return gettext("%(city)s time") % {"city": zone_place(zone)} if "/" in zone else zone


def format_title(format_: Format) -> str:
    """What a format is called in the reader's language, for short where it can be; marked where it stays English."""
    if language() == ENGLISH:
        return format_.short_name or format_.name
    if format_language(format_.id, {}) == ENGLISH:
        return Markup('<span lang="en">{}</span>').format(format_.short_name or format_.name)
    return short_format_name(format_.id, format_.name, {})


def content_lang(meeting: Meeting) -> Markup:
    """The attribute of what is said in a meeting, where its language is known: reports and scripts are English."""
    return Markup(' lang="en"') if meeting.rehearsal or meeting.origin == "reported" else Markup("")


def title_of(meeting: Meeting) -> Markup:
    """A meeting's title within a sentence, marked with its language where that is known."""
    lang = content_lang(meeting)
    return Markup("<span{}>{}</span>").format(lang, meeting.title) if lang else escape(meeting.title)


def place_of(meeting: Meeting) -> str:
    """Where a meeting is held, as far as it is known: `Tokyo, Japan`."""
    city, country = meeting.city or "", meeting.country or ""
    return in_a_row(filter(None, [city and city_name(city), country and state_name(country)]))
