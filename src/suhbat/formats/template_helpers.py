"""What templates may ask of the states: names, order and flags; and how topics are called."""

from jinja2 import Environment

from suhbat.formats.flags import draw, flag
from suhbat.formats.names import capital_of, formal_name, protocol_order, state_name, zone_of
from suhbat.formats.topics import topic_name


def install(environment: Environment) -> None:
    """Give templates `state`, `state_formal`, `protocol_order`, `zone_of`, `topic`, `capital_of` and `flag`."""
    environment.filters.update(
        state=state_name, state_formal=formal_name, protocol_order=protocol_order, zone_of=zone_of, topic=topic_name
    )
    environment.globals.update(flag=flag, capital_of=capital_of)
    environment.extend(finish=draw)
