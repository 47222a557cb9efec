"""The ledger: every pledge, decision, recommendation and project, with what became of it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from babel.numbers import get_currency_name
from litestar import get
from litestar.response import Response

from suhbat.acts.actors import Actor
from suhbat.acts.house import House
from suhbat.formats.names import state_name
from suhbat.formats.topics import TOPICS
from suhbat.ground.language import gettext as _
from suhbat.ground.language import language, ngettext
from suhbat.ground.money import CURRENCIES
from suhbat.public import rates
from suhbat.public.almanac import Almanac, almanac
from suhbat.public.answers import Asked, answer, wanted
from suhbat.public.asking import PER_PAGE, ask
from suhbat.public.facts import Outcome
from suhbat.public.money_rows import money_rows
from suhbat.public.sums import counts, handed_over, traced
from suhbat.public.telling import age, told
from suhbat.public.words import KINDS, STATES

DEEPEST = 4


@get("/ledger", sync_to_thread=True)
def ledger(request: Asked, house: House, actor: Actor) -> Response[Any]:
    """Everything promised and agreed, filtered as the reader asks."""
    with house.database.reading() as session:
        known = almanac(house.database, session)
    question = ask(dict(request.query_params), known, rates.CURRENCIES)
    today = house.door.clock().date()
    matched = question.among(known)
    roots = top_level(matched)
    pages = max(1, -(-len(roots) // PER_PAGE))
    question.page = min(question.page, pages)
    shown = roots[(question.page - 1) * PER_PAGE : question.page * PER_PAGE]
    inside = {each.id for each in matched}
    money = money_rows(known, matched)
    facts = {
        "asked": question.link_values(),
        "found": len(matched),
        "page": question.page,
        "pages": pages,
        "rows": [row for each in shown for row in tree(known, each, inside, today)],
        "money": money,
        "converted": rates.convert(known, matched, question.convert) if question.convert else None,
        "sentence": sentence(matched),
        "faults": {name: str(why) for name, why in question.faults.items()},
    }
    if question.faults and wanted(request) == "csv":
        # A page and JSON name what they left out; a table has no place for it, and must not look like the answer.
        said = [_("Some of what was given does not fit."), *(f"{name}: {why}" for name, why in question.faults.items())]
        return Response("\n".join(said), status_code=422, media_type="text/plain")
    tables = {"ledger": (COLUMNS, (spreadsheet_row(known, each, today) for each in matched))}
    return answer(house, request, actor, "public/ledger.html", facts, tables=tables, question=question,
                  choices=choices(known), currencies=rates.CURRENCIES, today=today.isoformat())  # fmt: skip


def top_level(matched: Sequence[Outcome]) -> list[Outcome]:
    """Those that stand under no other one of the same list."""
    inside = {each.id for each in matched}
    return [each for each in matched if each.part_of not in inside and each.follows not in inside]


def tree(known: Almanac, outcome: Outcome, inside: set[str], today: date, depth: int = 0) -> Iterator[dict[str, Any]]:
    """An outcome, its parts below it, and below those what follows it."""
    yield {**told(known, outcome), "depth": depth, "age_days": age(outcome, today), "counts": counts(known, outcome)}
    if depth >= DEEPEST:
        return
    for below in (*known.parts.get(outcome.id, ()), *known.followers.get(outcome.id, ())):
        if below.id in inside and (below.part_of == outcome.id or below.part_of not in inside):
            yield from tree(known, below, inside, today, depth + 1)


def sentence(matched: Sequence[Outcome]) -> str:
    """What the list shows, in one sentence."""
    if not matched:
        return _("Nothing in the record fits.")
    known_fate = [each for each in matched if each.state in {"delivered", "in-progress", "dropped"}]
    kept = [each for each in matched if each.state == "delivered"]
    entries = ngettext("%(count)s entry", "%(count)s entries", len(matched)) % {"count": len(matched)}
    return _("%(entries)s; of %(known)s something is known to have become: %(kept)s are reported as kept. "
             "Of the others nothing is known, which does not mean that nothing happened.") % {
        "entries": entries, "known": len(known_fate), "kept": len(kept),
    }  # fmt: skip


def choices(known: Almanac) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: only what occurs."""
    by, to, topics = (
        sorted(known.promised_by, key=state_name),
        sorted(known.promised_to, key=state_name),
        known.of_topic,
    )
    return {
        "by": [(code, state_name(code)) for code in by],
        "to": [(code, state_name(code)) for code in to],
        "topic": [(code, str(name)) for code, name in TOPICS.items() if code in topics],
        "state": [(code, str(name)) for code, name in STATES.items()],
        "kind": [(code, str(name)) for code, name in KINDS.items()],
        "currency": [
            (code, f"{code} · {get_currency_name(code, locale=language())}")
            for code in CURRENCIES
            if code in known.remember("currencies", lambda: _currencies(known))
        ],
        "format": [(each.id, each.name) for each in sorted(known.formats.values(), key=lambda f: f.name)][:200],
        "money": [
            ("named", _("a sum was named")),
            ("traced", _("money was traced")),
            ("untraced", _("a sum was named, none of it traced")),
        ],
        "origin": [("reported", _("reported")), ("held", _("held here"))],
    }


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
