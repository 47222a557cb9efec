"""All pages about people."""

from litestar import Router

from suhbat.acts.house import House
from suhbat.people import account_pages, invitation_pages, people_pages, rehearsal_pages, sign_in_pages


def routes(house: House) -> list[Router]:
    """The routes of this room; those of rehearsals only where they are switched on."""
    return [
        *sign_in_pages.routes,
        *account_pages.routes,
        *invitation_pages.routes,
        *people_pages.routes,
        *rehearsal_pages.routes(house),
    ]
