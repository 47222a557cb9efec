"""Search over everything."""

from typing import Any

from litestar import get
from litestar.response import Response

from suhbat.acts.actors import Viewer
from suhbat.acts.app import App
from suhbat.public.read_model.almanac import Almanac, almanac
from suhbat.public.search.query import LONGEST, index_of, search, understand
from suhbat.public.template_helpers import names_of
from suhbat.public.web.pagination import page_asked, pages_of
from suhbat.public.web.responses import Asked, answer

PER_PAGE = 25


@get("/search", sync_to_thread=True)
def search_page(request: Asked, app: App, actor: Viewer) -> Response[Any]:
    """What fits the words, the best first."""
    with app.database.reading() as session:
        known = almanac(app.database, session)
    text = str(request.query_params.get("q", ""))[:LONGEST]
    wanted = understand(text, known)
    keys, read_as = search(index_of(app.database, known), known, wanted) if text.strip() else ([], {})
    pages = pages_of(len(keys), PER_PAGE)
    page, wrong = page_asked(str(request.query_params.get("page", "")), pages)
    if wrong:
        wanted.faults["page"] = wrong
    facts = {
        "q": text,
        "found": len(keys),
        "page": page,
        "pages": pages,
        "read_as": read_as,
        "faults": {name: str(why) for name, why in wanted.faults.items()},
        "results": [shown(known, key) for key in keys[(page - 1) * PER_PAGE : page * PER_PAGE]],
    }
    return answer(app, request, actor, "public/search.html", facts, name_of=names_of(known))


def shown(known: Almanac, key: str) -> dict[str, Any]:
    """A result with what a reader needs to choose."""
    kind, _colon, id_ = key.partition(":")
    made: dict[str, Any] = {"type": kind, "id": id_, "about": "", "day": "", "state": "", "amount": None, "title": id_,
                            "origin": ""}  # fmt: skip
    if kind == "format":
        each = known.formats[id_]
        return made | {"path": each.path, "title": each.name, "about": each.summary, "origin": each.origin}
    if kind == "person":
        person = known.people[id_]
        office = person.offices[-1]["office"] if person.offices else ""
        return made | {"path": person.path, "title": person.name, "about": office, "state": person.state}
    if kind == "meeting":
        meeting = known.every_meeting[id_]
        where = meeting.city or ""
        return made | {
            "path": meeting.path,
            "title": meeting.title,
            "day": meeting.starts,
            "about": where,
            "origin": meeting.origin,
        }
    if kind == "outcome":
        outcome = known.by_id[id_]
        return made | {
            "path": outcome.path, "title": outcome.title or outcome.summary, "day": outcome.day,
            "kind": outcome.kind, "fate": outcome.state, "amount": outcome.amount, "by": outcome.by, "to": outcome.to,
            "origin": outcome.origin,
        }  # fmt: skip
    return made | {"path": f"/{kind}s/{id_}"}
