"""The ledger: every pledge, decision, recommendation and project, with what became of it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from litestar import get
from litestar.response import Response

from suhbat.acts.app import App
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import Viewer
from suhbat.formats.state_names import state_name, state_sort_key
from suhbat.formats.topics import TOPICS
from suhbat.formats.vocabulary import DELIVERY_STATUSES, OUTCOME_KINDS
from suhbat.ground.currencies import currency_name
from suhbat.ground.language import gettext as _
from suhbat.ground.language import language, ngettext, pgettext
from suhbat.ground.money import CURRENCIES
from suhbat.ground.name_lists import labelled
from suhbat.public.charts import exchange_rates
from suhbat.public.charts.pledge_totals import money_rows
from suhbat.public.presentation.format_titles import by_title, is_foreign, title_of
from suhbat.public.presentation.ledger_filter import PER_PAGE, LedgerFilter, parse_filter
from suhbat.public.presentation.outcome_view import age, describe_outcome
from suhbat.public.read_model.almanac import Almanac, current_almanac
from suhbat.public.read_model.fact_types import Format, Outcome
from suhbat.public.read_model.pledge_sums import counts, handed_over, traced
from suhbat.public.web.pagination import page_count, requested_page
from suhbat.public.web.responses import answer, requested_form

DEEPEST = 4


@get("/ledger", sync_to_thread=True)
def ledger(request: AnyRequest, app: App, actor: Viewer) -> Response[Any]:
    """All promises and decisions that match the reader's filters."""
    with app.database.reading() as session:
        almanac = current_almanac(app.database, session)
    ledger_filter = parse_filter(dict(request.query_params), almanac, exchange_rates.CURRENCIES)
    today = app.clock().date()
    outcome_list = list_outcomes(almanac, ledger_filter)
    matched, roots = outcome_list.matched, outcome_list.roots
    pages = page_count(len(roots), PER_PAGE)
    if requested_form(request) != "csv":  # a table has all of it, and no pages
        ledger_filter.page, error = requested_page(str(request.query_params.get("page", "")), pages)
        if error:
            ledger_filter.faults["page"] = error
    roots_on_page = roots[(ledger_filter.page - 1) * PER_PAGE : ledger_filter.page * PER_PAGE]
    facts = {
        "asked": ledger_filter.link_values(),
        "found": len(matched),
        "page": ledger_filter.page,
        "pages": pages,
        "rows": [row for outcome in roots_on_page for row in tree(almanac, outcome, outcome_list.ids, today)],
        "money": outcome_list.money,
        "converted": exchange_rates.convert(almanac, matched, ledger_filter.convert) if ledger_filter.convert else None,
        "sentence": sentence(len(matched), outcome_list.fates),
        "faults": {name: str(why) for name, why in ledger_filter.faults.items()},
    }
    if ledger_filter.faults and requested_form(request) == "csv":
        # The page and the JSON name the filters that were ignored. A CSV table has no place for that, so it is refused.
        errors = [labelled(name, str(why)) for name, why in ledger_filter.faults.items()]
        message = "\n".join([_("Please correct the marked fields."), *errors])
        return Response(message, status_code=422, media_type="text/plain")
    tables = {"ledger": (COLUMNS, (spreadsheet_row(almanac, outcome, today) for outcome in matched))}
    return answer(app, request, actor, "public/ledger.html", facts, tables=tables, question=ledger_filter,
                  choices=choices(almanac), currencies=exchange_rates.CURRENCIES, today=today.isoformat(),
                  foreign={format_.id for format_ in _formats(almanac) if is_foreign(format_)})  # fmt: skip


@dataclass(frozen=True)
class OutcomeList:
    """The outcomes that match the filters, the newest first, with totals."""

    matched: list[Outcome]
    ids: set[str]
    """The ids of the matching outcomes."""
    roots: list[Outcome]
    """Those that are not shown under another outcome of the same list."""
    money: list[dict[str, Any]]
    fates: Counter[str]
    """The number of outcomes in each state."""


def list_outcomes(almanac: Almanac, ledger_filter: LedgerFilter) -> OutcomeList:
    """List the matching outcomes. The whole ledger, and the ledger of one kind, are cached for all readers."""
    if ledger_filter.narrow_beyond_kind:
        return _list_outcomes(almanac, ledger_filter)
    return almanac.remember(("listed", ledger_filter.kind), lambda: _list_outcomes(almanac, ledger_filter))


def _list_outcomes(almanac: Almanac, ledger_filter: LedgerFilter) -> OutcomeList:
    matched = ledger_filter.matching(almanac)
    ids = set(map(attrgetter("id"), matched))
    roots = [outcome for outcome in matched if outcome.part_of not in ids and outcome.follows not in ids]
    return OutcomeList(matched, ids, roots, money_rows(almanac, matched), Counter(map(attrgetter("state"), matched)))


def tree(almanac: Almanac, outcome: Outcome, ids: set[str], today: date, depth: int = 0) -> Iterator[dict[str, Any]]:
    """An outcome, then its parts, then the outcomes that take it up."""
    yield {
        **describe_outcome(almanac, outcome),
        "depth": depth,
        "age_days": age(outcome, today),
        "counts": counts(almanac, outcome),
    }
    if depth >= DEEPEST:
        return
    for child in (*almanac.parts.get(outcome.id, ()), *almanac.followers.get(outcome.id, ())):
        if child.id in ids and (child.part_of == outcome.id or child.part_of not in ids):
            yield from tree(almanac, child, ids, today, depth + 1)


def sentence(count: int, fates: Mapping[str, int]) -> str:
    """The caption of the list in one sentence: how many entries there are, and for how many there is a report."""
    if not count:
        return _("Nothing in the record fits.")
    delivered = fates.get("delivered", 0)
    with_report = delivered + fates.get("in-progress", 0) + fates.get("dropped", 0)
    entries = ngettext("%(count)s entry", "%(count)s entries", count) % {"count": count}
    return _("%(entries)s; of %(known)s something is known to have become: %(kept)s are reported as kept. "
             "Of the others nothing is known, which does not mean that nothing happened.") % {
        "entries": entries, "known": with_report, "kept": delivered,
    }  # fmt: skip


def choices(almanac: Almanac) -> dict[str, list[tuple[str, str]]]:
    """The choices of the filters: only values that occur."""
    by, to, topics = (
        sorted(almanac.promised_by, key=state_sort_key),
        sorted(almanac.promised_to, key=state_sort_key),
        almanac.of_topic,
    )
    return {
        "by": [(code, state_name(code)) for code in by],
        "to": [(code, state_name(code)) for code in to],
        "topic": [(code, str(name)) for code, name in TOPICS.items() if code in topics],
        "state": [(code, str(name)) for code, name in DELIVERY_STATUSES.items()],
        "kind": [(code, str(name)) for code, name in OUTCOME_KINDS.items()],
        "currency": [
            (code, f"{code} · {currency_name(code, language())}")
            for code in CURRENCIES
            if code in almanac.remember("currencies", lambda: _currencies(almanac))
        ],
        "format": [(format_.id, title_of(format_)) for format_ in _formats(almanac)],
        "money": [
            ("named", _("a sum was named")),
            ("traced", _("money was traced")),
            ("untraced", _("a sum was named, none of it traced")),
        ],
        "origin": [("reported", _("reported")), ("held", pgettext("where it is known from", "held here"))],
    }


def _formats(almanac: Almanac) -> list[Format]:
    """Formats to choose from, in the reader's alphabetical order; cached for each language."""
    return almanac.remember(("formats by title", language()), lambda: by_title(almanac.formats.values())[:200])


def _currencies(almanac: Almanac) -> set[str]:
    return {outcome.amount["currency"] for outcome in almanac.outcomes if outcome.amount}


COLUMNS = (
    "outcome", "date", "format", "kind", "by", "to", "topic", "title", "summary", "value", "currency", "qualifier",
    "state", "traced", "handed_over", "due", "part_of", "follows", "follows_as", "age_days", "origin",
)  # fmt: skip


def spreadsheet_row(almanac: Almanac, outcome: Outcome, today: date) -> list[Any]:
    """An outcome as a row of the CSV table."""
    amount = outcome.amount or {}
    return [
        outcome.id, outcome.day, outcome.format, outcome.kind, outcome.by, outcome.to, outcome.topic,
        outcome.title, outcome.summary, amount.get("value"), amount.get("currency"),
        amount.get("qualifier"), outcome.state,
        _plain(traced(almanac, outcome)), _plain(handed_over(almanac, outcome)),
        outcome.due, outcome.part_of, outcome.follows,
        outcome.follows_as, age(outcome, today), outcome.origin,
    ]  # fmt: skip


def _plain(sums: dict[str, int]) -> str:
    return " ".join(f"{value} {currency}" for currency, value in sums.items())
