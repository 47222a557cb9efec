"""Judges an IATI 2.03 file as the standard itself does: by its official ruleset and its official lists of codes.

Both are read from the package `pyIATI` (scripts/setup-tests.sh puts it beside the other packages: the versions of
lxml and jsonschema that it insists on are of 2018 and cannot be built any more, and its code does not start with newer
ones). Its ruleset is a file of cases; what a case means is told by the standard's page on rulesets and carried out
here. Where the package's own code is laxer (an expression has to fit an identifier somewhere, a list of cases ends at
the first element that one does not apply to), the stricter reading is taken.

What neither says stands in `own`.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

STANDARD = Path(sys.prefix) / "judges" / "iati" / "resources" / "standard" / "2-03"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ORGANISATIONS = ("reporting-org", "participating-org", "transaction/provider-org", "transaction/receiver-org")
Case = dict[str, Any]


def broken(root: Any, today: date) -> list[str]:
    """Everything that is wrong with a file: by the official rules, by the official codes, and by ours."""
    return [*official(root, today), *unknown_codes(root), *own(root)]


@cache
def ruleset() -> dict[str, Any]:
    """The official ruleset of IATI 2.03: contexts, kinds of rules, cases."""
    found: dict[str, Any] = json.loads((STANDARD / "rulesets/standard_ruleset.json").read_text())
    return found


def official(root: Any, today: date) -> Iterator[str]:
    """What breaks a case of the official ruleset."""
    for context, rules in ruleset().items():
        for element in root.xpath(context):
            for kind, told in rules.items():
                for case in told["cases"]:
                    if case.keys() - KNOWN[kind]:
                        raise ValueError(f"{kind}: this judge knows no {case.keys() - KNOWN[kind]}")
                    if not RULES[kind](element, case, today):
                        yield f"{_named(element)}: {kind} {json.dumps(case)}"


def _at_least_one(element: Any, case: Case, _today: date) -> bool:
    return any(element.xpath(path) for path in case["paths"])


def _no_more_than_one(element: Any, case: Case, _today: date) -> bool:
    return sum(len(element.xpath(path)) for path in case["paths"]) <= 1


def _in_order(element: Any, case: Case, today: date) -> bool:
    less, more = (_dates(element, case[name], today) for name in ("less", "more"))
    return not less or not more or max(less) <= min(more)


def _dates(element: Any, path: str, today: date) -> list[date]:
    if path == "NOW":
        return [today]
    return [date.fromisoformat(each[:10]) for each in element.xpath(path)]


def _fits(element: Any, case: Case, _today: date) -> bool:
    return all(re.fullmatch(case["regex"], text) for path in case["paths"] for text in _texts(element, path))


def _adds_up(element: Any, case: Case, _today: date) -> bool:
    given = [Decimal(text) for path in case["paths"] for text in _texts(element, path)]
    return not given or sum(given) == case["sum"]


def _texts(element: Any, path: str) -> list[str]:
    return [each if isinstance(each, str) else each.text or "" for each in element.xpath(path)]


RULES: dict[str, Callable[[Any, Case, date], bool]] = {
    "atleast_one": _at_least_one, "no_more_than_one": _no_more_than_one, "date_order": _in_order,
    "regex_matches": _fits, "sum": _adds_up,
}  # fmt: skip
"""The kinds of rules that the ruleset of 2.03 uses; another one would fail loudly."""
KNOWN = {
    "atleast_one": {"paths"}, "no_more_than_one": {"paths"}, "date_order": {"less", "more"},
    "regex_matches": {"paths", "regex"}, "sum": {"paths", "sum"},
}  # fmt: skip


def unknown_codes(root: Any) -> Iterator[str]:
    """Codes that are not on the official list for their place, where that list is complete."""
    for path, condition, name in code_lists():
        complete, codes = code_list(name)
        holder, slash, attribute = path.rpartition("/@")
        where = f"{holder}[{condition}]{slash}{attribute}" if condition else path
        for code in root.xpath(where) if complete else ():
            if code not in codes:
                yield f"{_named(code.getparent())}: {code} is not on the list {name}"


@cache
def code_lists() -> tuple[tuple[str, str, str], ...]:
    """Which list counts where: path of an attribute, condition, name of the list."""
    mappings = etree.parse(str(STANDARD / "codelist-mapping.xml")).getroot()
    every = [(m.findtext("path") or "", m.findtext("condition") or "", m.find("codelist")) for m in mappings]
    told = [(path, condition, str(found.get("ref"))) for path, condition, found in every if found is not None]
    # The mapping leaves sectors of three digits out, for which there is a list too.
    return *told, ("//iati-activity/sector/@code", "@vocabulary='2'", "SectorCategory")


@cache
def code_list(name: str) -> tuple[bool, frozenset[str]]:
    """Whether a list is complete, and its codes."""
    root = etree.parse(str(STANDARD / f"codelists/{name}.xml")).getroot()
    return root.get("complete") == "1", frozenset(code.text or "" for code in root.iter("code"))


def own(root: Any) -> Iterator[str]:
    """What the ruleset does not say, and the standard's guidance or this house does."""
    ids = [each.text for each in root.iter("iati-identifier")]
    yield from (f"{id_}: two activities" for id_ in sorted(set(ids)) if ids.count(id_) > 1)
    for a in root:
        name = a.findtext("iati-identifier")
        yield from (f"{name}: related to {ref}" for ref in a.xpath("related-activity/@ref") if ref not in ids)
        yield from (f"{name}: {fault}" for fault in _of_activity(a))


def _of_activity(a: Any) -> Iterator[str]:
    told = {
        "has sectors of its own and of its transactions": a.xpath("sector and transaction/sector"),
        "has recipients of its transactions": a.xpath("transaction/recipient-country|transaction/recipient-region"),
        "has no recipient": not a.xpath("recipient-country|recipient-region"),
        "has a value without a currency": not a.get("default-currency") and a.xpath(".//value[not(@currency)]"),
        "does not say its language": not a.get(LANGUAGE),
        "has an identifier that does not begin with that of who reports": not a.xpath(
            "starts-with(iati-identifier, concat(reporting-org/@ref, '-'))"
        ),
        "is funded by nobody": not a.xpath("participating-org[@role='1']"),
        "names an organisation by neither reference nor name": [
            each
            for each in a.xpath("|".join(ORGANISATIONS))
            if not each.get("ref") and not "".join(each.xpath("narrative/text()")).strip()
        ],
        "has a transaction that does not say from whom to whom": a.xpath(
            "transaction[not(provider-org) or not(receiver-org)]"
        ),
        "has two dates of one type": a.xpath("activity-date[@type = following-sibling::activity-date/@type]"),
        "does not say how it divides": [
            each
            for each in a.xpath("recipient-country|recipient-region|sector")
            if not each.get("percentage") and _several(a, each)
        ],
    }
    yield from (fault for fault, found in told.items() if found)


def _several(a: Any, each: Any) -> bool:
    if each.tag == "sector":
        return len(a.xpath("sector[string(@vocabulary)=$v]", v=each.get("vocabulary") or "")) > 1
    return len(a.xpath("recipient-country|recipient-region")) > 1


def _named(element: Any) -> str:
    activity = next((each for each in (element, *element.iterancestors()) if each.tag == "iati-activity"), element)
    return f"{activity.findtext('iati-identifier')} {element.tag}"
