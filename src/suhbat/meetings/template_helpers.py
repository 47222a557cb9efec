"""What templates may ask of meetings: wall times, and the addresses of filled forms."""

from jinja2 import Environment

from suhbat.meetings.showing import item_form, wall_time


def install(environment: Environment) -> None:
    """Give templates `wall_time` and `item_form`."""
    environment.globals.update(wall_time=wall_time, item_form=item_form)
