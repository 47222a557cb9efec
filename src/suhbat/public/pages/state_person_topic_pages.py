"""Pages about a state, a person or a topic, over all formats."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from litestar import get
from litestar.response import Response

from suhbat.acts.app import App
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import Viewer
from suhbat.formats.state_names import is_known
from suhbat.formats.topics import TOPICS
from suhbat.ground.language import gettext as _
from suhbat.ground.language import ngettext
from suhbat.ground.refusals import not_found
from suhbat.public.charts.chart_geometry import timeline, years_of
from suhbat.public.charts.pledge_totals import money_rows
from suhbat.public.pages.ledger_page import COLUMNS, spreadsheet_row
from suhbat.public.presentation.caption_parts import most, together
from suhbat.public.presentation.format_titles import titles_of
from suhbat.public.presentation.outcome_view import describe_outcome
from suhbat.public.read_model.almanac import Almanac, current_almanac
from suhbat.public.read_model.fact_types import Meeting, Outcome
from suhbat.public.template_helpers import names_of
from suhbat.public.web.responses import answer

SHOWN = 40
"""Rows on a page, at most. JSON and CSV have more."""
MOST_OF_TOP_PARTNERS, MOST_OF_OTHERS = 12, 3
"""Promises of one partner that are shown on a state's page, at most: for the partners with the most promises, and for
the other partners. The limit holds for promises to the state alone and for common ones. The ledger has all."""
PARTNERS_IN_FULL = 3
"""The number of partners with the higher limit."""
PROMISES = ("pledge", "project")


@get("/states/{code:str}", sync_to_thread=True)
def state_page(request: AnyRequest, app: App, actor: Viewer, code: str) -> Response[Any]:
    """The page of a state: promises it received and gave, and the heads of its delegations."""
    with app.database.reading() as session:
        almanac = current_almanac(app.database, session)
    if not is_known(code) and code not in almanac.by_state:
        raise not_found()
    facts = state_facts(almanac, code)
    tables = {
        "delegations": (("date", "format", "meeting", "name", "office", "chair", "origin"),
                        ([r["starts"], r["format"], r["meeting"], r["name"], r["office"], r["chair"], r["origin"]]
                         for r in _delegations(almanac, code))),
    }  # fmt: skip
    return answer(app, request, actor, "public/state.html", facts, tables=tables)


def state_facts(almanac: Almanac, code: str) -> dict[str, Any]:
    """All facts on the page of a state."""
    totals = almanac.remember(("state", code), lambda: _state_totals(almanac, code))
    meetings = almanac.by_state.get(code, [])
    return {
        "code": code,
        "formats": totals["formats"],
        "received": [
            group
            | {name: [describe_outcome(almanac, outcome) for outcome in group[name]] for name in ("alone", "shared")}
            for group in totals["received"]
        ],
        "given": [describe_outcome(almanac, outcome) for outcome in totals["given"]],
        "given_money": totals["given_money"],
        "delegations": list(islice(_delegations(almanac, code), SHOWN)),
        "delegations_count": len(meetings),
        "people": totals["people"],
        "sentence": _state_sentence(meetings, **totals["sentence"]),
        "counts": {"to": totals["to"], "by": totals["by"], "meetings": len(meetings)},
    }


def _state_totals(almanac: Almanac, code: str) -> dict[str, Any]:
    """What is computed from all promises that name a state; the same for every reader."""
    to = [
        outcome for outcome in almanac.promised_to.get(code, []) if outcome.kind in PROMISES and code not in outcome.by
    ]
    by = [
        outcome
        for outcome in almanac.promised_by.get(code, [])
        if outcome.kind in PROMISES and not _within(almanac, outcome)
    ]
    return {
        "formats": [
            {
                "id": format_.id,
                "path": format_.path,
                "name": format_.name,
                "native_names": format_.native_names,
                "role": m.role,
                "since": m.since,
                "until": m.until,
                "origin": format_.origin,
            }
            for format_ in almanac.formats.values()
            for m in format_.members
            if m.state == code
        ],
        "people": [
            {"path": person.path, "name": person.name, "offices": person.offices}
            for person in sorted(almanac.people.values(), key=lambda p: p.name)
            if person.state == code
        ],
        "sentence": {
            # Over the whole record: a state may chair or host also when none of its delegates is named.
            "chaired": sum(1 for m in almanac.meetings if m.chair and m.chair.state == code),
            "hosted": sum(1 for m in almanac.meetings if m.country == code and m.mode != "video"),
        },
        "received": _by_partner(code, to),
        "given": by[: -SHOWN - 1 : -1],
        "given_money": money_rows(almanac, [outcome for outcome in by if outcome.by == [code]]),
        "to": len(to),
        "by": len(by),
    }


def _within(almanac: Almanac, outcome: Outcome) -> bool:
    return bool(outcome.part_of and outcome.part_of in almanac.by_id)


def _by_partner(code: str, outcomes: list[Outcome]) -> list[dict[str, Any]]:
    """Promises by who made them. Promises to this state alone are apart, because their sums are its own."""
    groups: dict[tuple[str, ...], list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(tuple(outcome.by), []).append(outcome)
    rows = []
    for rank, (by, promises) in enumerate(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))):
        limit = MOST_OF_TOP_PARTNERS if rank < PARTNERS_IN_FULL else MOST_OF_OTHERS
        alone = [promise for promise in promises if promise.to == [code]]
        shared = [promise for promise in promises if promise.to != [code]]
        rows.append({
            "by": list(by),
            "count": len(promises),
            "alone": alone[: -limit - 1 : -1],
            "shared": shared[: -limit - 1 : -1],
            "more": max(0, len(alone) - limit) + max(0, len(shared) - limit),
            "fates": Counter(promise.state for promise in promises),
        })  # fmt: skip
    return rows


def _delegations(almanac: Almanac, code: str) -> Iterator[dict[str, Any]]:
    for meeting in reversed(almanac.by_state.get(code, [])):
        for delegation in meeting.delegations:
            if delegation.state == code:
                person = almanac.by_name.get((code, delegation.name or ""))
                yield {
                    "starts": meeting.starts, "path": meeting.path, "meeting": meeting.id, "title": meeting.title,
                    "format": meeting.format, "name": delegation.name, "office": delegation.office,
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
    meetings_named = ngettext("Named at %(count)s meeting", "Named at %(count)s meetings", len(meetings)) % {
        "count": len(meetings)
    }
    return _("%(met)s since %(year)s; in the chair at %(chaired)s, host of %(hosted)s.") % {
        "met": meetings_named, "year": meetings[0].year, "chaired": chaired, "hosted": hosted,
    }  # fmt: skip


@get("/people/{id_:str}", sync_to_thread=True)
def person_page(request: AnyRequest, app: App, actor: Viewer, id_: str) -> Response[Any]:
    """The page of a minister or head of state: the meetings, and the office held at each."""
    with app.database.reading() as session:
        almanac = current_almanac(app.database, session)
    person = almanac.people.get(id_)
    if person is None:
        raise not_found()
    rows = [
        {"starts": m.starts, "path": m.path, "title": m.title, "format": m.format, "city": m.city, "mode": m.mode,
         "office": office, "head": head, "chair": bool(m.chair and m.chair.name == person.name),
         "origin": m.origin}
        for m, office, head in reversed(almanac.appearances.get((person.state, person.name), []))
    ]  # fmt: skip
    columns = ("starts", "format", "title", "office", "origin")
    tables = {"meetings": (("date", *columns[1:]), [[row[name] for name in columns] for row in rows])}
    facts = {"person": person, "path": person.path, "meetings": rows}
    return answer(app, request, actor, "public/person.html", facts, tables=tables)


@get("/topics/{topic:str}", sync_to_thread=True)
def topic_page(request: AnyRequest, app: App, actor: Viewer, topic: str) -> Response[Any]:
    """The page of a topic, over all formats."""
    with app.database.reading() as session:
        almanac = current_almanac(app.database, session)
    if topic not in TOPICS:
        raise not_found()
    today = app.clock().date()
    outcomes = almanac.of_topic.get(topic, [])
    facts = topic_facts(almanac, topic, outcomes, today)
    tables = {"outcomes": (COLUMNS, (spreadsheet_row(almanac, outcome, today) for outcome in reversed(outcomes)))}
    return answer(app, request, actor, "public/topic.html", facts, tables=tables, today=today.isoformat(),
                  name_of=names_of(almanac))  # fmt: skip


def topic_facts(almanac: Almanac, topic: str, outcomes: list[Outcome], today: date) -> dict[str, Any]:
    """All facts on the page of a topic."""
    meetings = almanac.on_topic.get(topic, [])
    totals = almanac.remember(("topic", topic), lambda: _topic_totals(almanac, meetings, outcomes))
    rows = totals["rows"]
    whole_outcomes = (outcome for outcome in reversed(outcomes) if not _within(almanac, outcome))
    return {
        "topic": topic,
        "path": f"/topics/{topic}",
        "picture": timeline(rows[:24], years_of([*meetings[:1], *meetings[-1:]], today), today),
        "sentence": _topic_sentence(almanac, meetings, rows),
        "outcomes": [describe_outcome(almanac, outcome) for outcome in islice(whole_outcomes, SHOWN)],
        "count": len(outcomes),
        "fates": totals["fates"],
        "money": totals["money"],
    }


def _topic_totals(almanac: Almanac, meetings_on_topic: list[Meeting], outcomes: list[Outcome]) -> dict[str, Any]:
    """What is computed from all meetings and outcomes on a topic; the same for every reader."""
    rows: list[tuple[dict[str, Any], list[Meeting]]] = []
    for format_id, meetings in _by_format(meetings_on_topic).items():
        format_ = almanac.formats.get(format_id)
        about = {"format": format_id, "name": format_.name if format_ else format_id, "path": f"/formats/{format_id}"}
        rows.append((about | {"count": len(meetings)}, meetings))
    rows.sort(key=lambda row: -row[0]["count"])
    return {
        "rows": rows,
        "fates": Counter(outcome.state for outcome in outcomes),
        "money": money_rows(almanac, outcomes),
    }


def _by_format(meetings: list[Meeting]) -> dict[str, list[Meeting]]:
    by_format: dict[str, list[Meeting]] = {}
    for meeting in meetings:
        by_format.setdefault(meeting.format, []).append(meeting)
    return by_format


def _topic_sentence(almanac: Almanac, meetings: list[Meeting], rows: list[tuple[dict[str, Any], list[Meeting]]]) -> str:
    if not meetings:
        return _("No meeting in the record dealt with this.")
    meeting_count = ngettext("%(count)s meeting", "%(count)s meetings", len(meetings)) % {"count": len(meetings)}
    format_count = ngettext("of %(count)s format", "of %(count)s formats", len(rows)) % {"count": len(rows)}
    titles = titles_of(
        almanac.formats[about["format"]] for about, _meetings in rows if about["format"] in almanac.formats
    )
    names, highest = most((titles.get(about["format"], about["name"]), about["count"]) for about, _meetings in rows)
    return _("%(met)s %(of)s dealt with it since %(year)s; most often: %(name)s, %(times)s times.") % {
        "met": meeting_count, "of": format_count, "year": meetings[0].year, "name": together(names), "times": highest,
    }  # fmt: skip
