"""What search engines ask a site for: robots.txt, the map of all pages, and the mark under its oldest name."""

from collections.abc import Iterator
from itertools import islice

from litestar import MediaType, get
from litestar.response import Response
from lxml import etree

from suhbat.acts.app import App
from suhbat.acts.page_cache import lasting
from suhbat.formats.topics import TOPICS
from suhbat.ground.refusals import not_found
from suhbat.ground.static_files import built, find_file
from suhbat.public.read_model.almanac import Almanac, almanac

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 40_000
"""Addresses in one file of the map; the protocol allows 50,000."""
MOST_FILES = 50_000
"""As many as the index of a sitemap may name."""
FIRST = ("/", "/formats", "/ledger", "/compare", "/search", "/changes", "/data", "/terms")


@get("/robots.txt", sync_to_thread=False, media_type=MediaType.TEXT)
def robots(app: App) -> Response[str]:
    """Everything may be read; searches, forms filled for one page, and live lines are no pages."""
    lines = ["User-agent: *", "Disallow: /live/", "Disallow: /*?q=", "Disallow: /acts/*?", "Disallow: /rehearse"]
    lines += ["", f"Sitemap: {app.settings.origin}/sitemap.xml", ""]
    return lasting(Response("\n".join(lines), media_type=MediaType.TEXT), 900)


@get("/favicon.ico", sync_to_thread=False)
def favicon() -> Response[bytes]:
    """The mark: programs that read no page ask for it under this name."""
    mark = find_file(built("mark.svg").removeprefix("/static/"))
    if mark is None:
        raise not_found()
    return lasting(Response(mark.plain, media_type=mark.media_type), 900)


@get("/sitemap.xml", sync_to_thread=True)
def sitemap(app: App) -> Response[bytes]:
    """The files of the map."""
    with app.database.reading() as session:
        known = almanac(app.database, session)
    count = max(1, -(-sum(1 for _ in _paths(known)) // MOST))
    root = etree.Element(f"{{{SITEMAP}}}sitemapindex", nsmap={None: SITEMAP})  # type: ignore[dict-item]  # the stubs know no default
    for number in range(1, count + 1):
        _at(root, "sitemap", f"{app.settings.origin}/sitemap/{number}")
    return _answer(root)


@get("/sitemap/{number:int}", sync_to_thread=True)
def sitemap_file(app: App, number: int) -> Response[bytes]:
    """One file of the map: addresses in the leading language; each page names itself in the others."""
    with app.database.reading() as session:
        known = almanac(app.database, session)
    if not 0 < number <= MOST_FILES:
        raise not_found()
    paths = list(islice(_paths(known), (number - 1) * MOST, number * MOST))
    if not paths:
        raise not_found()
    root = etree.Element(f"{{{SITEMAP}}}urlset", nsmap={None: SITEMAP})  # type: ignore[dict-item]  # as above
    for path in paths:
        _at(root, "url", app.settings.origin + path)
    return _answer(root)


def _paths(known: Almanac) -> Iterator[str]:
    """Every page that anyone may read, once."""
    yield from FIRST
    yield from (each.path for each in known.formats.values())
    yield from (each.path for each in known.meetings)
    yield from (each.path for each in known.outcomes)
    yield from (each.path for each in known.people.values())
    yield from (f"/states/{code}" for code in sorted(known.by_state))
    yield from (f"/topics/{code}" for code in TOPICS)


def _at(root: etree._Element, name: str, url: str) -> None:
    etree.SubElement(etree.SubElement(root, f"{{{SITEMAP}}}{name}"), f"{{{SITEMAP}}}loc").text = url


def _answer(root: etree._Element) -> Response[bytes]:
    content = bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
    return lasting(Response(content, media_type="application/xml"), 900)
