"""All pages about people."""

from litestar import Router

from suhbat.acts.house import House
from suhbat.people import arriving, entrance, own, rehearsal_pages, seating


def routes(house: House) -> list[Router]:
    """The routes of this room; those of rehearsals only where they are switched on."""
    return [*entrance.routes, *own.routes, *arriving.routes, *seating.routes, *rehearsal_pages.routes(house)]
