"""Names of a meeting's place, time zone and format in the reader's language, and the language of its own words."""

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
    """The name of a time zone: `Tokyo time`, время: Токио, 東京時間; `UTC` for UTC, which belongs to no place."""
    return gettext("%(city)s time") % {"city": zone_place(zone)} if "/" in zone else zone


def format_title(format_: Format) -> str:
    """A format's short name in the reader's language; without one, its English name, marked as English."""
    if language() == ENGLISH:
        return format_.short_name or format_.name
    if format_language(format_.id, {}) == ENGLISH:
        return Markup('<span lang="en">{}</span>').format(format_.short_name or format_.name)
    return short_format_name(format_.id, format_.name, {})


def content_lang(meeting: Meeting) -> Markup:
    """The `lang` attribute for words of a meeting, if their language is known: reports and scripts are English."""
    return Markup(' lang="en"') if meeting.rehearsal or meeting.origin == "reported" else Markup("")


def title_of(meeting: Meeting) -> Markup:
    """A meeting's title for a sentence, marked with its language if it is known."""
    lang = content_lang(meeting)
    return Markup("<span{}>{}</span>").format(lang, meeting.title) if lang else escape(meeting.title)


def place_of(meeting: Meeting) -> str:
    """The place of a meeting, as far as it is known: `Tokyo, Japan`."""
    city, country = meeting.city or "", meeting.country or ""
    return in_a_row(filter(None, [city and city_name(city), country and state_name(country)]))
