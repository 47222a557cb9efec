"""The rules of IATI 2.03 that a schema cannot say, as its official rulesets state them, in our own words and code.

`broken(root, today)` names every rule that an activity breaks. Rules on elements that this house never writes (budgets,
results, conditions, loans) are not repeated: a test sees to it that none of those elements occur.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

UNUSED = ("budget", "planned-disbursement", "result", "crs-add", "fss", "conditions", "policy-marker", "capital-spend",
          "recipient-country-budget", "total-budget", "other-identifier", "location", "humanitarian-scope")  # fmt: skip
WHOLE = 100
PLAIN = re.compile(r"^[^/&|?\s][^/&|?\n\r]*$")
ORGANISATIONS = ("reporting-org", "participating-org", "transaction/provider-org", "transaction/receiver-org")


def broken(root: Any, today: date) -> list[str]:
    """Every rule that is broken, with the activity that breaks it."""
    faults = [f"{name} is not checked here" for name in UNUSED if root.find(f".//{name}") is not None]
    ids = [each.text for each in root.iter("iati-identifier")]
    faults += [f"{id_}: two activities" for id_ in ids if ids.count(id_) > 1]
    for activity in root:
        own = activity.findtext("iati-identifier")
        faults += [f"{own}: {fault}" for fault in _activity(activity, today)]
        faults += [f"{own}: related to {r}" for r in activity.xpath("related-activity/@ref") if r not in ids]
    return faults


def _activity(a: Any, today: date) -> Iterator[str]:
    if not a.xpath("activity-date[@type='1' or @type='2']"):
        yield "has neither a planned nor an actual start"
    if not (a.xpath("sector") or a.xpath("transaction/sector")):
        yield "has no sector"
    if a.xpath("sector") and a.xpath("transaction/sector"):
        yield "has sectors of its own and of its transactions"
    if a.xpath("transaction/recipient-country|transaction/recipient-region"):
        yield "has recipients of its transactions"
    if not a.xpath("recipient-country|recipient-region"):
        yield "has no recipient"
    if not a.get("default-currency") and a.xpath(".//value[not(@currency)]"):
        yield "has a value without a currency"
    if not a.get("{http://www.w3.org/XML/1998/namespace}lang"):
        yield "does not say its language"
    yield from _identifiers(a)
    yield from _percentages(a)
    yield from _dates(a, today)
    yield from _organisations(a)


def _identifiers(a: Any) -> Iterator[str]:
    refs = [a.findtext("iati-identifier"), *a.xpath("|".join(f"{path}/@ref" for path in ORGANISATIONS))]
    for ref in refs:
        if not PLAIN.match(ref):
            yield f"identifier {ref!r} has signs that are not allowed"
    reporter = a.xpath("string(reporting-org/@ref)")
    if not a.findtext("iati-identifier").startswith(reporter + "-"):
        yield "identifier does not begin with that of who reports"


def _percentages(a: Any) -> Iterator[str]:
    places = a.xpath("recipient-country|recipient-region")
    shares = [float(each.get("percentage")) for each in places if each.get("percentage")]
    if any(share < 0 or share > WHOLE for share in shares):
        yield "percentage out of range"
    if len(places) > 1 and (len(shares) != len(places) or round(sum(shares), 1) != WHOLE):
        yield "recipients do not add up to 100"
    for vocabulary in set(a.xpath("sector/@vocabulary")):
        sectors = a.xpath("sector[@vocabulary=$v]", v=vocabulary)
        given = [float(each.get("percentage")) for each in sectors if each.get("percentage")]
        if len(sectors) > 1 and (len(given) != len(sectors) or round(sum(given), 1) != WHOLE):
            yield "sectors do not add up to 100"


def _dates(a: Any, today: date) -> Iterator[str]:
    day = {kind: a.xpath("string(activity-date[@type=$k]/@iso-date)", k=kind) for kind in "1234"}
    for first, last in (("1", "3"), ("2", "4")):
        if day[first] and day[last] and day[first] > day[last]:
            yield f"ends ({day[last]}) before it starts ({day[first]})"
    for kind in "24":
        if day[kind] > today.isoformat():
            yield f"actual date {day[kind]} lies in the future"
    for kind in "1234":
        if len(a.xpath("activity-date[@type=$k]", k=kind)) > 1:
            yield f"two dates of type {kind}"
    for moment in a.xpath("transaction/transaction-date/@iso-date|transaction/value/@value-date"):
        if moment > today.isoformat():
            yield f"transaction of {moment} lies in the future"
    status = a.xpath("string(activity-status/@code)")
    if status == "4" and not day["4"] and not a.xpath("transaction[transaction-type/@code='3']|activity-date"):
        yield "closed without an end"


def _organisations(a: Any) -> Iterator[str]:
    for each in a.xpath("|".join(ORGANISATIONS)):
        if not each.get("ref") and not "".join(each.xpath("narrative/text()")).strip():
            yield f"{each.tag} has neither reference nor name"
    if not a.xpath("participating-org[@role='1']"):
        yield "nobody funds it"
    for each in a.xpath("transaction"):
        if each.find("provider-org") is None or each.find("receiver-org") is None:
            yield "a transaction does not say from whom to whom"
        if not (each.findtext("value") or "").isdigit():
            yield "a value is no number"
