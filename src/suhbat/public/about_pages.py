"""Pages about one thing through all formats: a state, a person, a topic."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from litestar import get
from litestar.response import Response

from suhbat.acts.actors import Viewer
from suhbat.acts.house import House
from suhbat.formats.names import is_known
from suhbat.formats.topics import TOPICS
from suhbat.ground.language import gettext as _
from suhbat.ground.language import ngettext
from suhbat.ground.refusals import not_found
from suhbat.public.almanac import Almanac, almanac
from suhbat.public.answers import Asked, answer
from suhbat.public.facts import Meeting, Outcome
from suhbat.public.format_titles import titles_of
from suhbat.public.ledger_page import COLUMNS, spreadsheet_row
from suhbat.public.money_rows import money_rows
from suhbat.public.pictures import timeline, years_of
from suhbat.public.saying import most, together
from suhbat.public.telling import told
from suhbat.public.template_helpers import names_of

SHOWN = 40
"""Rows on a page at most; the data behind it has them all."""
OF_ONE, OF_MANY = 12, 3
"""Promises by one partner, to a state alone and together with others, told on its page: of the partners with the
most promises, and of the others; the ledger has all."""
TOLD_IN_FULL = 3
"""Partners of the first sort."""
PROMISES = ("pledge", "project")


@get("/states/{code:str}", sync_to_thread=True)
def state_page(request: Asked, house: House, actor: Viewer, code: str) -> Response[Any]:
    """What a state was promised by each partner, what it promised, and who led its delegations when."""
    with house.database.reading() as session:
        known = almanac(house.database, session)
    if not is_known(code) and code not in known.by_state:
        raise not_found()
    facts = state_facts(known, code)
    tables = {
        "delegations": (("date", "format", "meeting", "name", "office", "chair", "origin"),
                        ([r["starts"], r["format"], r["meeting"], r["name"], r["office"], r["chair"], r["origin"]]
                         for r in _delegations(known, code))),
    }  # fmt: skip
    return answer(house, request, actor, "public/state.html", facts, tables=tables)


def state_facts(known: Almanac, code: str) -> dict[str, Any]:
    """All that is told of a state."""
    sums = known.remember(("state", code), lambda: _sums_of(known, code))
    meetings = known.by_state.get(code, [])
    return {
        "code": code,
        "formats": sums["formats"],
        "received": [
            group | {name: [told(known, each) for each in group[name]] for name in ("alone", "shared")}
            for group in sums["received"]
        ],
        "given": [told(known, each) for each in sums["given"]],
        "given_money": sums["given_money"],
        "delegations": list(islice(_delegations(known, code), SHOWN)),
        "delegations_count": len(meetings),
        "people": sums["people"],
        "sentence": _state_sentence(meetings, **sums["sentence"]),
        "counts": {"to": sums["to"], "by": sums["by"], "meetings": len(meetings)},
    }


def _sums_of(known: Almanac, code: str) -> dict[str, Any]:
    """What has to be counted over all promises that name a state; the same for every reader."""
    to = [each for each in known.promised_to.get(code, []) if each.kind in PROMISES and code not in each.by]
    by = [each for each in known.promised_by.get(code, []) if each.kind in PROMISES and not _within(known, each)]
    return {
        "formats": [
            {
                "id": each.id,
                "path": each.path,
                "name": each.name,
                "native_names": each.native_names,
                "role": m.role,
                "since": m.since,
                "until": m.until,
                "origin": each.origin,
            }
            for each in known.formats.values()
            for m in each.members
            if m.state == code
        ],
        "people": [
            {"path": each.path, "name": each.name, "offices": each.offices}
            for each in sorted(known.people.values(), key=lambda p: p.name)
            if each.state == code
        ],
        "sentence": {
            # Of the whole record: a state chairs and hosts also where none of its delegates is named.
            "chaired": sum(1 for m in known.meetings if m.chair and m.chair.state == code),
            "hosted": sum(1 for m in known.meetings if m.country == code and m.mode != "video"),
        },
        "received": _by_partner(code, to),
        "given": by[: -SHOWN - 1 : -1],
        "given_money": money_rows(known, [each for each in by if each.by == [code]]),
        "to": len(to),
        "by": len(by),
    }


def _within(known: Almanac, outcome: Outcome) -> bool:
    return bool(outcome.part_of and outcome.part_of in known.by_id)


def _by_partner(code: str, outcomes: list[Outcome]) -> list[dict[str, Any]]:
    """Promises by who made them; first those to this state alone, whose sums are its own."""
    groups: dict[tuple[str, ...], list[Outcome]] = {}
    for each in outcomes:
        groups.setdefault(tuple(each.by), []).append(each)
    made = []
    for place, (by, promises) in enumerate(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))):
        most = OF_ONE if place < TOLD_IN_FULL else OF_MANY
        alone = [each for each in promises if each.to == [code]]
        shared = [each for each in promises if each.to != [code]]
        made.append({
            "by": list(by),
            "count": len(promises),
            "alone": alone[: -most - 1 : -1],
            "shared": shared[: -most - 1 : -1],
            "more": max(0, len(alone) - most) + max(0, len(shared) - most),
            "fates": Counter(each.state for each in promises),
        })  # fmt: skip
    return made


def _delegations(known: Almanac, code: str) -> Iterator[dict[str, Any]]:
    for meeting in reversed(known.by_state.get(code, [])):
        for each in meeting.delegations:
            if each.state == code:
                person = known.by_name.get((code, each.name or ""))
                yield {
                    "starts": meeting.starts, "path": meeting.path, "meeting": meeting.id, "title": meeting.title,
                    "format": meeting.format, "name": each.name, "office": each.office,
                    "person": person.path if person else None,
                    "chair": bool(meeting.chair and meeting.chair.state == code),
                    "origin": meeting.origin,
                }  # fmt: skip


def _state_sentence(meetings: list[Meeting], chaired: int, hosted: int) -> str:
    if not meetings and (chaired or hosted):
        return _("None of its delegates is named in the record; in the chair at %(chaired)s, host of %(hosted)s.") % {
            "chaired": chaired, "hosted": hosted,
        }  # fmt: skip
    if not meetings:
        return _("No meeting of this state is in the record.")
    met = ngettext("Named at %(count)s meeting", "Named at %(count)s meetings", len(meetings)) % {
        "count": len(meetings)
    }
    return _("%(met)s since %(year)s; in the chair at %(chaired)s, host of %(hosted)s.") % {
        "met": met, "year": meetings[0].year, "chaired": chaired, "hosted": hosted,
    }  # fmt: skip


@get("/people/{id_:str}", sync_to_thread=True)
def person_page(request: Asked, house: House, actor: Viewer, id_: str) -> Response[Any]:
    """Where a minister or head of state met the others, and in which office."""
    with house.database.reading() as session:
        known = almanac(house.database, session)
    person = known.people.get(id_)
    if person is None:
        raise not_found()
    rows = [
        {"starts": m.starts, "path": m.path, "title": m.title, "format": m.format, "city": m.city, "mode": m.mode,
         "office": office, "head": head, "chair": bool(m.chair and m.chair.name == person.name),
         "origin": m.origin}
        for m, office, head in reversed(known.appearances.get((person.state, person.name), []))
    ]  # fmt: skip
    columns = ("starts", "format", "title", "office", "origin")
    tables = {"meetings": (("date", *columns[1:]), [[row[name] for name in columns] for row in rows])}
    facts = {"person": person, "path": person.path, "meetings": rows}
    return answer(house, request, actor, "public/person.html", facts, tables=tables)


@get("/topics/{topic:str}", sync_to_thread=True)
def topic_page(request: Asked, house: House, actor: Viewer, topic: str) -> Response[Any]:
    """A topic through all formats."""
    with house.database.reading() as session:
        known = almanac(house.database, session)
    if topic not in TOPICS:
        raise not_found()
    today = house.door.clock().date()
    outcomes = known.of_topic.get(topic, [])
    facts = topic_facts(known, topic, outcomes, today)
    tables = {"outcomes": (COLUMNS, (spreadsheet_row(known, each, today) for each in reversed(outcomes)))}
    return answer(house, request, actor, "public/topic.html", facts, tables=tables, today=today.isoformat(),
                  name_of=names_of(known))  # fmt: skip


def topic_facts(known: Almanac, topic: str, outcomes: list[Outcome], today: date) -> dict[str, Any]:
    """All that is told of a topic."""
    dealt = known.on_topic.get(topic, [])
    counted = known.remember(("topic", topic), lambda: _counted_of(known, dealt, outcomes))
    rows = counted["rows"]
    whole = (each for each in reversed(outcomes) if not _within(known, each))
    return {
        "topic": topic,
        "path": f"/topics/{topic}",
        "picture": timeline(rows[:24], years_of([*dealt[:1], *dealt[-1:]], today), today),
        "sentence": _topic_sentence(known, dealt, rows),
        "outcomes": [told(known, each) for each in islice(whole, SHOWN)],
        "count": len(outcomes),
        "fates": counted["fates"],
        "money": counted["money"],
    }


def _counted_of(known: Almanac, dealt: list[Meeting], outcomes: list[Outcome]) -> dict[str, Any]:
    """What has to be counted over all that is on a topic; the same for every reader."""
    rows: list[tuple[dict[str, Any], list[Meeting]]] = []
    for format_, meetings in _by_format(dealt).items():
        found = known.formats.get(format_)
        about = {"format": format_, "name": found.name if found else format_, "path": f"/formats/{format_}"}
        rows.append((about | {"count": len(meetings)}, meetings))
    rows.sort(key=lambda row: -row[0]["count"])
    return {"rows": rows, "fates": Counter(each.state for each in outcomes), "money": money_rows(known, outcomes)}


def _by_format(meetings: list[Meeting]) -> dict[str, list[Meeting]]:
    made: dict[str, list[Meeting]] = {}
    for meeting in meetings:
        made.setdefault(meeting.format, []).append(meeting)
    return made


def _topic_sentence(known: Almanac, dealt: list[Meeting], rows: list[tuple[dict[str, Any], list[Meeting]]]) -> str:
    if not dealt:
        return _("No meeting in the record dealt with this.")
    met = ngettext("%(count)s meeting", "%(count)s meetings", len(dealt)) % {"count": len(dealt)}
    of = ngettext("of %(count)s format", "of %(count)s formats", len(rows)) % {"count": len(rows)}
    titles = titles_of(known.formats[about["format"]] for about, _meetings in rows if about["format"] in known.formats)
    names, times = most((titles.get(about["format"], about["name"]), about["count"]) for about, _meetings in rows)
    return _("%(met)s %(of)s dealt with it since %(year)s; most often: %(name)s, %(times)s times.") % {
        "met": met, "of": of, "year": dealt[0].year, "name": together(names), "times": times,
    }  # fmt: skip
