"""The pages that anyone may read, put together from the modules that make them."""

from litestar import Router

from suhbat.public.about_pages import person_page, state_page, topic_page
from suhbat.public.changes import changes
from suhbat.public.compare_page import compare
from suhbat.public.data_pages import data, download
from suhbat.public.editors_page import editors
from suhbat.public.format_page import format_page
from suhbat.public.home_page import formats, home
from suhbat.public.ledger_page import ledger
from suhbat.public.meeting_page import meeting_page
from suhbat.public.outcome_page import outcome_page
from suhbat.public.reporting_page import report, report_form, reported
from suhbat.public.search_page import search_page
from suhbat.public.site_pages import favicon, robots, sitemap, sitemap_file
from suhbat.public.terms_page import terms_page

routes = Router(
    "/",
    route_handlers=[
        home, formats, format_page, meeting_page, ledger, outcome_page, state_page, person_page, topic_page, compare,
        search_page, changes, data, download, editors, robots, favicon, sitemap, sitemap_file, report, report_form,
        reported, terms_page,
    ],
)  # fmt: skip
