"""All pages of this package."""

from litestar import Router

from suhbat.acts.app import App
from suhbat.people import (
    account_pages,
    arrival_pages,
    invitation_pages,
    invitation_table_pages,
    letter_wording_pages,
    people_pages,
    prepared_form_pages,
    rehearsal_pages,
    reminder_pages,
    sign_in_pages,
)


def routes(app: App) -> list[Router]:
    """The routes of this package; those of rehearsals only if rehearsals are switched on."""
    return [
        *sign_in_pages.routes,
        *account_pages.routes,
        *arrival_pages.routes,
        *invitation_pages.routes,
        *people_pages.routes,
        *prepared_form_pages.routes,
        *reminder_pages.routes,
        *invitation_table_pages.routes,
        *letter_wording_pages.routes,
        *rehearsal_pages.routes(app),
    ]
