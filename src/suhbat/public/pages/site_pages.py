"""Files for search engines and browsers: robots.txt, the sitemap and the favicon."""

from collections.abc import Iterator
from itertools import islice

from litestar import MediaType, get
from litestar.response import Response
from lxml import etree

from suhbat.acts.app import App
from suhbat.acts.page_cache import cacheable
from suhbat.formats.topics import TOPICS
from suhbat.ground.refusals import not_found
from suhbat.ground.static_files import built, find_file
from suhbat.public.read_model.almanac import Almanac, current_almanac

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 40_000
"""Addresses in one file of the sitemap; the protocol allows 50,000."""
MOST_FILES = 50_000
"""The number of files that the index of a sitemap may name."""
FIRST = ("/", "/formats", "/ledger", "/compare", "/search", "/changes", "/data", "/terms")


@get("/robots.txt", sync_to_thread=False, media_type=MediaType.TEXT)
def robots(app: App) -> Response[str]:
    """Allow everything but searches, forms for acts, live views and rehearsals."""
    lines = ["User-agent: *", "Disallow: /live/", "Disallow: /*?q=", "Disallow: /acts/*?", "Disallow: /rehearse"]
    lines += ["", f"Sitemap: {app.settings.origin}/sitemap.xml", ""]
    return cacheable(Response("\n".join(lines), media_type=MediaType.TEXT), 900)


@get("/favicon.ico", sync_to_thread=False)
def favicon() -> Response[bytes]:
    """The logo, under the name that browsers request by default."""
    mark = find_file(built("mark.svg").removeprefix("/static/"))
    if mark is None:
        raise not_found()
    return cacheable(Response(mark.plain, media_type=mark.media_type), 900)


@get("/sitemap.xml", sync_to_thread=True)
def sitemap(app: App) -> Response[bytes]:
    """The index of the sitemap's files."""
    with app.database.reading() as session:
        almanac = current_almanac(app.database, session)
    count = max(1, -(-sum(1 for _ in _paths(almanac)) // MOST))
    root = etree.Element(f"{{{SITEMAP}}}sitemapindex", nsmap={None: SITEMAP})  # type: ignore[dict-item]  # the stubs know no default
    for number in range(1, count + 1):
        _at(root, "sitemap", f"{app.settings.origin}/sitemap/{number}")
    return _answer(root)


@get("/sitemap/{number:int}", sync_to_thread=True)
def sitemap_file(app: App, number: int) -> Response[bytes]:
    """One file of the sitemap, with addresses in the main language. Each page links to its other languages."""
    with app.database.reading() as session:
        almanac = current_almanac(app.database, session)
    if not 0 < number <= MOST_FILES:
        raise not_found()
    paths = list(islice(_paths(almanac), (number - 1) * MOST, number * MOST))
    if not paths:
        raise not_found()
    root = etree.Element(f"{{{SITEMAP}}}urlset", nsmap={None: SITEMAP})  # type: ignore[dict-item]  # as above
    for path in paths:
        _at(root, "url", app.settings.origin + path)
    return _answer(root)


def _paths(almanac: Almanac) -> Iterator[str]:
    """The addresses of all public pages, each once."""
    yield from FIRST
    yield from (format_.path for format_ in almanac.formats.values())
    yield from (meeting.path for meeting in almanac.meetings)
    yield from (outcome.path for outcome in almanac.outcomes)
    yield from (person.path for person in almanac.people.values())
    yield from (f"/states/{code}" for code in sorted(almanac.by_state))
    yield from (f"/topics/{code}" for code in TOPICS)


def _at(root: etree._Element, name: str, url: str) -> None:
    etree.SubElement(etree.SubElement(root, f"{{{SITEMAP}}}{name}"), f"{{{SITEMAP}}}loc").text = url


def _answer(root: etree._Element) -> Response[bytes]:
    content = bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
    return cacheable(Response(content, media_type="application/xml"), 900)
