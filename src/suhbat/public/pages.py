"""The pages that anyone may read, put together from the modules that make them."""

from litestar import Router

from suhbat.public.home_page import home
from suhbat.public.meeting_page import meeting_page

routes = Router("/", route_handlers=[home, meeting_page])
