"""Search over all public facts."""

from typing import Any

from litestar import get
from litestar.response import Response

from suhbat.acts.app import App
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import Viewer
from suhbat.public.read_model.almanac import Almanac, current_almanac
from suhbat.public.search.search_query import LONGEST, index_of, parse_query, search
from suhbat.public.template_helpers import names_of
from suhbat.public.web.pagination import page_count, requested_page
from suhbat.public.web.responses import answer

PER_PAGE = 25


@get("/search", sync_to_thread=True)
def search_page(request: AnyRequest, app: App, actor: Viewer) -> Response[Any]:
    """The search page: matches, the best first."""
    with app.database.reading() as session:
        almanac = current_almanac(app.database, session)
    text = str(request.query_params.get("q", ""))[:LONGEST]
    query = parse_query(text, almanac)
    keys, read_as = search(index_of(app.database, almanac), almanac, query) if text.strip() else ([], {})
    pages = page_count(len(keys), PER_PAGE)
    page, error = requested_page(str(request.query_params.get("page", "")), pages)
    if error:
        query.faults["page"] = error
    facts = {
        "q": text,
        "found": len(keys),
        "page": page,
        "pages": pages,
        "read_as": read_as,
        "faults": {name: str(why) for name, why in query.faults.items()},
        "results": [result_row(almanac, key) for key in keys[(page - 1) * PER_PAGE : page * PER_PAGE]],
    }
    return answer(app, request, actor, "public/search.html", facts, name_of=names_of(almanac))


def result_row(almanac: Almanac, key: str) -> dict[str, Any]:
    """A search result with the facts that help to choose."""
    kind, _colon, id_ = key.partition(":")
    row: dict[str, Any] = {"type": kind, "id": id_, "about": "", "day": "", "state": "", "amount": None, "title": id_,
                            "origin": ""}  # fmt: skip
    if kind == "format":
        format_ = almanac.formats[id_]
        return row | {"path": format_.path, "title": format_.name, "about": format_.summary, "origin": format_.origin}
    if kind == "person":
        person = almanac.people[id_]
        office = person.offices[-1]["office"] if person.offices else ""
        return row | {"path": person.path, "title": person.name, "about": office, "state": person.state}
    if kind == "meeting":
        meeting = almanac.every_meeting[id_]
        city = meeting.city or ""
        return row | {
            "path": meeting.path,
            "title": meeting.title,
            "day": meeting.starts,
            "about": city,
            "origin": meeting.origin,
        }
    if kind == "outcome":
        outcome = almanac.by_id[id_]
        return row | {
            "path": outcome.path, "title": outcome.title or outcome.summary, "day": outcome.day,
            "kind": outcome.kind, "fate": outcome.state, "amount": outcome.amount, "by": outcome.by, "to": outcome.to,
            "origin": outcome.origin,
        }  # fmt: skip
    return row | {"path": f"/{kind}s/{id_}"}
