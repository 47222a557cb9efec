"""The public pages: one router for the handlers of all modules."""

from litestar import Router

from suhbat.public.pages.changes_page import changes
from suhbat.public.pages.compare_page import compare
from suhbat.public.pages.download_pages import data, download
from suhbat.public.pages.editors_page import editors
from suhbat.public.pages.error_report_page import report, report_form, reported
from suhbat.public.pages.format_page import format_page
from suhbat.public.pages.home_page import formats, home
from suhbat.public.pages.language_review_page import terms_page
from suhbat.public.pages.ledger_page import ledger
from suhbat.public.pages.meeting_page import meeting_page
from suhbat.public.pages.outcome_page import outcome_page
from suhbat.public.pages.search_page import search_page
from suhbat.public.pages.site_pages import favicon, robots, sitemap, sitemap_file
from suhbat.public.pages.state_person_topic_pages import person_page, state_page, topic_page

routes = Router(
    "/",
    route_handlers=[
        home, formats, format_page, meeting_page, ledger, outcome_page, state_page, person_page, topic_page, compare,
        search_page, changes, data, download, editors, robots, favicon, sitemap, sitemap_file, report, report_form,
        reported, terms_page,
    ],
)  # fmt: skip
