"""Pagination: which page was requested, and the error message if there is no such page."""

from suhbat.ground.language import gettext as _

MOST_PAGES = 100_000
LONGEST = 16


def requested_page(typed: str, pages: int) -> tuple[int, str]:
    """Return the number of the requested page, and an error message or "".

    Text that is not a page number stands for the first page. A page after the last one is empty.
    """
    text = typed.strip()
    if not text:
        return 1, ""
    error = _("Pages are numbered from 1 to %(last)s.") % {"last": pages}
    if not text.isascii() or not text.isdigit():
        return 1, error
    number = min(int(text), MOST_PAGES) if len(text) <= LONGEST else MOST_PAGES
    if number < 1:
        return 1, error
    return number, error if number > pages else ""


def page_count(rows: int, per_page: int) -> int:
    """Return the number of pages; 1 if there are no rows."""
    return max(1, -(-rows // per_page))
