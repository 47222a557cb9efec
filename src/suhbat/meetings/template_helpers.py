"""Functions for templates: times and places of meetings, and addresses of filled forms."""

from jinja2 import Environment

from suhbat.acts.onlookers import WHOSE
from suhbat.meetings.city_zone_and_format_names import (
    content_lang,
    format_title,
    place_of,
    title_of,
    zone_place,
    zone_time,
)
from suhbat.meetings.meeting_tabs import other_eyes, tabs_of
from suhbat.meetings.page_addresses import item_form
from suhbat.meetings.wall_times import wall_time


def install(environment: Environment) -> None:
    """Add the functions to the template environment."""
    environment.globals.update(
        content_lang=content_lang, format_title=format_title, item_form=item_form, meeting_tabs=tabs_of,
        other_eyes=other_eyes, place_of=place_of, title_of=title_of, wall_time=wall_time, whose_eyes=WHOSE,
        zone_place=zone_place, zone_time=zone_time,
    )  # fmt: skip
