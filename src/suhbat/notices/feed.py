"""A person's notices as an Atom feed (RFC 4287). A title names meeting, act and deadline, and nothing else."""

from collections.abc import Sequence

from lxml import etree

from suhbat.acts.app import address
from suhbat.ground.clock import stamp
from suhbat.ground.language import gettext
from suhbat.notices.queries import ToldNotice

ATOM = "http://www.w3.org/2005/Atom"


def feed_of(notices: Sequence[ToldNotice], origin: str, secret: str) -> bytes:
    """The feed, the newest notice first."""
    own = f"{origin}{address(f'/feeds/{secret}')}"
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]  # the stubs know no default
    _put(feed, "id", own)
    _put(feed, "title", gettext("Suhbat: your notices"))
    _put(feed, "updated", stamp(notices[0].time) if notices else "1970-01-01T00:00:00Z")
    _link(feed, "self", own)
    _link(feed, "alternate", f"{origin}{address('/me/notices')}")
    _put(_under(feed, "author"), "name", "Suhbat")
    for notice in notices:
        entry = _under(feed, "entry")
        _put(entry, "id", f"{origin}/record/{notice.number}")
        _put(entry, "title", _title(notice))
        _put(entry, "updated", stamp(notice.time))
        _link(entry, "alternate", f"{origin}{address(notice.page)}")
    return bytes(etree.tostring(feed, encoding="UTF-8", xml_declaration=False))  # UTF-8 needs no declaration


def _title(notice: ToldNotice) -> str:
    title = gettext("%(place)s: %(what)s") % {"place": notice.title, "what": notice.says}
    if notice.until and not notice.done:
        title += " " + gettext("Until: %(time)s") % {"time": notice.clock.shows(notice.until)}
    return title


def _under(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{ATOM}}}{name}")


def _put(parent: etree._Element, name: str, text: str) -> None:
    _under(parent, name).text = "".join(c for c in text if c.isprintable())


def _link(parent: etree._Element, rel: str, href: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}link", rel=rel, href=href)
