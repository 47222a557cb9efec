"""Filters and functions for templates: names and flags of states, their order, names of cities and topics."""

from jinja2 import Environment

from suhbat.formats.city_names import city_language, city_name
from suhbat.formats.flags import draw, flag
from suhbat.formats.state_names import capital_of, formal_name, name_language, protocol_order, state_name, zone_of
from suhbat.formats.topics import topic_name


def install(environment: Environment) -> None:
    """Add the filters and functions of this package to the templates."""
    environment.filters.update(
        state=state_name, state_formal=formal_name, state_language=name_language, protocol_order=protocol_order,
        city_name=city_name, city_language=city_language, zone_of=zone_of, topic=topic_name,
    )  # fmt: skip
    environment.globals.update(flag=flag, capital_of=capital_of)
    environment.extend(finish=draw)
