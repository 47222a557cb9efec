"""The ledger: every pledge, decision, recommendation and project, with what became of it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from litestar import get
from litestar.response import Response

from suhbat.acts.actors import Viewer
from suhbat.acts.app import App
from suhbat.formats.state_names import state_name, state_sort_key
from suhbat.formats.topics import TOPICS
from suhbat.ground.currencies import currency_name
from suhbat.ground.language import gettext as _
from suhbat.ground.language import language, ngettext, pgettext
from suhbat.ground.money import CURRENCIES
from suhbat.ground.name_lists import labelled
from suhbat.public.charts import exchange_rates
from suhbat.public.charts.pledge_totals import money_rows
from suhbat.public.presentation.code_labels import KINDS, STATES
from suhbat.public.presentation.format_titles import by_title, is_foreign, title_of
from suhbat.public.presentation.ledger_filter import PER_PAGE, Question, ask
from suhbat.public.presentation.outcome_view import age, told
from suhbat.public.read_model.almanac import Almanac, almanac
from suhbat.public.read_model.amounts import counts, handed_over, traced
from suhbat.public.read_model.facts import Format, Outcome
from suhbat.public.web.pagination import page_asked, pages_of
from suhbat.public.web.responses import Asked, answer, wanted

DEEPEST = 4


@get("/ledger", sync_to_thread=True)
def ledger(request: Asked, app: App, actor: Viewer) -> Response[Any]:
    """Everything promised and agreed, filtered as the reader asks."""
    with app.database.reading() as session:
        known = almanac(app.database, session)
    question = ask(dict(request.query_params), known, exchange_rates.CURRENCIES)
    today = app.door.clock().date()
    found = listed(known, question)
    matched, roots = found.matched, found.roots
    pages = pages_of(len(roots), PER_PAGE)
    if wanted(request) != "csv":  # a table has all of it, and no pages
        question.page, wrong = page_asked(str(request.query_params.get("page", "")), pages)
        if wrong:
            question.faults["page"] = wrong
    shown = roots[(question.page - 1) * PER_PAGE : question.page * PER_PAGE]
    facts = {
        "asked": question.link_values(),
        "found": len(matched),
        "page": question.page,
        "pages": pages,
        "rows": [row for each in shown for row in tree(known, each, found.inside, today)],
        "money": found.money,
        "converted": exchange_rates.convert(known, matched, question.convert) if question.convert else None,
        "sentence": sentence(len(matched), found.fates),
        "faults": {name: str(why) for name, why in question.faults.items()},
    }
    if question.faults and wanted(request) == "csv":
        # A page and JSON name what they left out; a table has no place for it, and must not look like the answer.
        misfits = [labelled(name, str(why)) for name, why in question.faults.items()]
        said = "\n".join([_("Some of what was given does not fit."), *misfits])
        return Response(said, status_code=422, media_type="text/plain")
    tables = {"ledger": (COLUMNS, (spreadsheet_row(known, each, today) for each in matched))}
    return answer(app, request, actor, "public/ledger.html", facts, tables=tables, question=question,
                  choices=choices(known), currencies=exchange_rates.CURRENCIES, today=today.isoformat(),
                  foreign={each.id for each in _formats(known) if is_foreign(each)})  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """The outcomes that fit a question, the newest first, and what is counted over all of them."""

    matched: list[Outcome]
    inside: set[str]
    """Their ids."""
    roots: list[Outcome]
    """Those that stand under no other one of the same list."""
    money: list[dict[str, Any]]
    fates: Counter[str]
    """How many there are of each state."""


def listed(known: Almanac, question: Question) -> Listed:
    """What fits; the whole ledger, and that of one kind, are counted once for all readers."""
    if question.narrow_beyond_kind:
        return _listed(known, question)
    return known.remember(("listed", question.kind), lambda: _listed(known, question))


def _listed(known: Almanac, question: Question) -> Listed:
    matched = question.among(known)
    inside = set(map(attrgetter("id"), matched))
    roots = [each for each in matched if each.part_of not in inside and each.follows not in inside]
    return Listed(matched, inside, roots, money_rows(known, matched), Counter(map(attrgetter("state"), matched)))


def tree(known: Almanac, outcome: Outcome, inside: set[str], today: date, depth: int = 0) -> Iterator[dict[str, Any]]:
    """An outcome, its parts below it, and below those what follows it."""
    yield {**told(known, outcome), "depth": depth, "age_days": age(outcome, today), "counts": counts(known, outcome)}
    if depth >= DEEPEST:
        return
    for below in (*known.parts.get(outcome.id, ()), *known.followers.get(outcome.id, ())):
        if below.id in inside and (below.part_of == outcome.id or below.part_of not in inside):
            yield from tree(known, below, inside, today, depth + 1)


def sentence(count: int, fates: Mapping[str, int]) -> str:
    """What a list shows, in one sentence: how many there are, and of how many something is known."""
    if not count:
        return _("Nothing in the record fits.")
    kept = fates.get("delivered", 0)
    known_fate = kept + fates.get("in-progress", 0) + fates.get("dropped", 0)
    entries = ngettext("%(count)s entry", "%(count)s entries", count) % {"count": count}
    return _("%(entries)s; of %(known)s something is known to have become: %(kept)s are reported as kept. "
             "Of the others nothing is known, which does not mean that nothing happened.") % {
        "entries": entries, "known": known_fate, "kept": kept,
    }  # fmt: skip


def choices(known: Almanac) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: only what occurs."""
    by, to, topics = (
        sorted(known.promised_by, key=state_sort_key),
        sorted(known.promised_to, key=state_sort_key),
        known.of_topic,
    )
    return {
        "by": [(code, state_name(code)) for code in by],
        "to": [(code, state_name(code)) for code in to],
        "topic": [(code, str(name)) for code, name in TOPICS.items() if code in topics],
        "state": [(code, str(name)) for code, name in STATES.items()],
        "kind": [(code, str(name)) for code, name in KINDS.items()],
        "currency": [
            (code, f"{code} · {currency_name(code, language())}")
            for code in CURRENCIES
            if code in known.remember("currencies", lambda: _currencies(known))
        ],
        "format": [(each.id, title_of(each)) for each in _formats(known)],
        "money": [
            ("named", _("a sum was named")),
            ("traced", _("money was traced")),
            ("untraced", _("a sum was named, none of it traced")),
        ],
        "origin": [("reported", _("reported")), ("held", pgettext("where it is known from", "held here"))],
    }


def _formats(known: Almanac) -> list[Format]:
    """Formats to choose from, in the reader's alphabetical order, which readers of one language share."""
    return known.remember(("formats by title", language()), lambda: by_title(known.formats.values())[:200])


def _currencies(known: Almanac) -> set[str]:
    return {each.amount["currency"] for each in known.outcomes if each.amount}


COLUMNS = (
    "outcome", "date", "format", "kind", "by", "to", "topic", "title", "summary", "value", "currency", "qualifier",
    "state", "traced", "handed_over", "due", "part_of", "follows", "follows_as", "age_days", "origin",
)  # fmt: skip


def spreadsheet_row(known: Almanac, each: Outcome, today: date) -> list[Any]:
    """An outcome for a spreadsheet."""
    amount = each.amount or {}
    return [
        each.id, each.day, each.format, each.kind, each.by, each.to, each.topic, each.title, each.summary,
        amount.get("value"), amount.get("currency"), amount.get("qualifier"), each.state,
        _plain(traced(known, each)), _plain(handed_over(known, each)), each.due, each.part_of, each.follows,
        each.follows_as, age(each, today), each.origin,
    ]  # fmt: skip


def _plain(sums: dict[str, int]) -> str:
    return " ".join(f"{value} {currency}" for currency, value in sums.items())
