"""Lists that come in pages: which page was asked for, and what is said where there is no such page."""

from suhbat.ground.language import gettext as _

MOST_PAGES = 100_000
LONGEST = 16


def page_asked(given: str, pages: int) -> tuple[int, str]:
    """The page asked for, and what is wrong with it, if anything.

    What is no page number stands for the first page. A page beyond the last is none of them: it is empty.
    """
    text = given.strip()
    if not text:
        return 1, ""
    said = _("Pages are numbered from 1 to %(last)s.") % {"last": pages}
    if not text.isascii() or not text.isdigit():
        return 1, said
    number = min(int(text), MOST_PAGES) if len(text) <= LONGEST else MOST_PAGES
    if number < 1:
        return 1, said
    return number, said if number > pages else ""


def pages_of(found: int, per_page: int) -> int:
    """How many pages there are; one, where nothing was found."""
    return max(1, -(-found // per_page))
