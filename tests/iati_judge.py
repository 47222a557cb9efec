"""Judges an IATI 2.03 file by the official ruleset and the official lists of codes.

Both are read from the package `pyIATI` (scripts/setup-tests.sh puts it beside the other packages: it needs lxml
and jsonschema of 2018, which can no longer be built, and its code does not start with newer ones). Its ruleset is a
file of cases; the standard's page on rulesets explains each kind of case, and the rules here follow it. Where the code
of the package is laxer (an expression may match anywhere in an identifier, a list of cases ends at the first element to
which one does not apply), the stricter reading is used.

Further rules are in `own`.
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
    """Every fault of a file: by the official rules, by the official codes, and by our rules."""
    return [*official(root, today), *unknown_codes(root), *own(root)]


@cache
def ruleset() -> dict[str, Any]:
    """The official ruleset of IATI 2.03: contexts, kinds of rules, cases."""
    rules: dict[str, Any] = json.loads((STANDARD / "rulesets/standard_ruleset.json").read_text())
    return rules


def official(root: Any, today: date) -> Iterator[str]:
    """The elements that break a case of the official ruleset."""
    for context, rules in ruleset().items():
        for element in root.xpath(context):
            for kind, rule in rules.items():
                for case in rule["cases"]:
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
    return [date.fromisoformat(text[:10]) for text in element.xpath(path)]


def _fits(element: Any, case: Case, _today: date) -> bool:
    return all(re.fullmatch(case["regex"], text) for path in case["paths"] for text in _texts(element, path))


def _adds_up(element: Any, case: Case, _today: date) -> bool:
    summands = [Decimal(text) for path in case["paths"] for text in _texts(element, path)]
    return not summands or sum(summands) == case["sum"]


def _texts(element: Any, path: str) -> list[str]:
    return [node if isinstance(node, str) else node.text or "" for node in element.xpath(path)]


RULES: dict[str, Callable[[Any, Case, date], bool]] = {
    "atleast_one": _at_least_one, "no_more_than_one": _no_more_than_one, "date_order": _in_order,
    "regex_matches": _fits, "sum": _adds_up,
}  # fmt: skip
"""The kinds of rules in the ruleset of 2.03; any other raises an error."""
KNOWN = {
    "atleast_one": {"paths"}, "no_more_than_one": {"paths"}, "date_order": {"less", "more"},
    "regex_matches": {"paths", "regex"}, "sum": {"paths", "sum"},
}  # fmt: skip


def unknown_codes(root: Any) -> Iterator[str]:
    """Codes that are not on their official list, where that list is complete."""
    for path, condition, name in code_lists():
        complete, codes = code_list(name)
        holder, slash, attribute = path.rpartition("/@")
        where = f"{holder}[{condition}]{slash}{attribute}" if condition else path
        for code in root.xpath(where) if complete else ():
            if code not in codes:
                yield f"{_named(code.getparent())}: {code} is not on the list {name}"


@cache
def code_lists() -> tuple[tuple[str, str, str], ...]:
    """For each list of codes: the path of an attribute, a condition, the name of the list."""
    mappings = etree.parse(str(STANDARD / "codelist-mapping.xml")).getroot()
    every = [(m.findtext("path") or "", m.findtext("condition") or "", m.find("codelist")) for m in mappings]
    lists = [(path, condition, str(codelist.get("ref"))) for path, condition, codelist in every if codelist is not None]
    # The mapping leaves out sectors of three digits, which have a list too.
    return *lists, ("//iati-activity/sector/@code", "@vocabulary='2'", "SectorCategory")


@cache
def code_list(name: str) -> tuple[bool, frozenset[str]]:
    """Whether a list is complete, and its codes."""
    root = etree.parse(str(STANDARD / f"codelists/{name}.xml")).getroot()
    return root.get("complete") == "1", frozenset(code.text or "" for code in root.iter("code"))


def own(root: Any) -> Iterator[str]:
    """The faults by the standard's guidance and by our rules, beyond the ruleset."""
    ids = [identifier.text for identifier in root.iter("iati-identifier")]
    yield from (f"{id_}: two activities" for id_ in sorted(set(ids)) if ids.count(id_) > 1)
    for activity in root:
        name = activity.findtext("iati-identifier")
        yield from (f"{name}: related to {ref}" for ref in activity.xpath("related-activity/@ref") if ref not in ids)
        yield from (f"{name}: {fault}" for fault in _of_activity(activity))


def _of_activity(activity: Any) -> Iterator[str]:
    faults = {
        "has sectors of its own and of its transactions": activity.xpath("sector and transaction/sector"),
        "has recipients of its transactions": activity.xpath(
            "transaction/recipient-country|transaction/recipient-region"
        ),
        "has no recipient": not activity.xpath("recipient-country|recipient-region"),
        "has a value without a currency": not activity.get("default-currency")
        and activity.xpath(".//value[not(@currency)]"),
        "does not say its language": not activity.get(LANGUAGE),
        "has an identifier that does not begin with that of who reports": not activity.xpath(
            "starts-with(iati-identifier, concat(reporting-org/@ref, '-'))"
        ),
        "is funded by nobody": not activity.xpath("participating-org[@role='1']"),
        "names an organisation by neither reference nor name": [
            organisation
            for organisation in activity.xpath("|".join(ORGANISATIONS))
            if not organisation.get("ref") and not "".join(organisation.xpath("narrative/text()")).strip()
        ],
        "has a transaction that does not say from whom to whom": activity.xpath(
            "transaction[not(provider-org) or not(receiver-org)]"
        ),
        "has two dates of one type": activity.xpath("activity-date[@type = following-sibling::activity-date/@type]"),
        "does not say how it divides": [
            part
            for part in activity.xpath("recipient-country|recipient-region|sector")
            if not part.get("percentage") and _several(activity, part)
        ],
    }
    yield from (fault for fault, elements in faults.items() if elements)


def _several(activity: Any, part: Any) -> bool:
    if part.tag == "sector":
        return len(activity.xpath("sector[string(@vocabulary)=$v]", v=part.get("vocabulary") or "")) > 1
    return len(activity.xpath("recipient-country|recipient-region")) > 1


def _named(element: Any) -> str:
    activity = next((node for node in (element, *element.iterancestors()) if node.tag == "iati-activity"), element)
    return f"{activity.findtext('iati-identifier')} {element.tag}"
