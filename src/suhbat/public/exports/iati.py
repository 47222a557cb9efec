"""Pledges with a sum as IATI 2.03 activities, so that aid trackers can read them.

There is one activity for each pledge, and for each part, with a sum. The promise is a transaction of type 12 (outgoing
pledge). Money that a delivery shows is type 2 (commitment) and, if the last state is `delivered`, also type 3
(disbursement). Several receivers are reported as a region, since no source says how the sum divides. A month or year
is written as its first day; the description quotes the date of the source. This installation reports promises of
others, so it is a `secondary-reporter`.
"""

import re
from collections.abc import Iterable

from lxml import etree

from suhbat.formats.state_names import formal_name
from suhbat.ground.dates import first_day
from suhbat.ground.language import reading_in
from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.fact_types import Delivery, Outcome

PREFIX = "XX-SUHBAT"
"""The prefix of identifiers. A registered installation uses the prefix of its registration agency instead."""
FIVE = {"KZ", "KG", "TJ", "TM", "UZ"}
CENTRAL_ASIA, UNSPECIFIED = "619", "998"
"""DAC regions: Central Asia, regional; developing countries, unspecified."""
NOT_COUNTRIES = {"EU": "498", "GCC": "589"}
STATUS = {"delivered": "4", "dropped": "5", "in-progress": "2", "unknown": "2", "announced": "1"}
"""IATI activity status: pipeline, implementation, closed, cancelled."""
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that are not allowed in XML."""
SECTORS = {
    "public-health": "121", "humanitarian-assistance": "720", "agriculture": "311", "transport-logistics": "210",
    "energy": "230", "water": "140", "environment-climate": "410", "disaster-risk": "740", "critical-minerals": "322",
    "digital-technology": "220", "education-people": "111", "tourism": "332", "trade-investment": "331",
    "security-counterterrorism": "152", "rule-of-law": "151", "border-management": "151", "culture": "160",
    "drugs": "160", "repatriation": "720", "business-mobility": "250",
}  # fmt: skip
"""Three-digit DAC sectors (vocabulary 2) by topic; 430 (other multisector) for all other topics."""


def iati_activities(almanac: Almanac, origin: str) -> bytes:
    """All activities as one file."""
    root = etree.Element("iati-activities", version="2.03")
    exported = [outcome for outcome in almanac.outcomes if is_exported(almanac, outcome)]
    exported_ids = {outcome.id for outcome in exported}
    with reading_in("en"):
        for outcome in exported:
            root.append(_activity(almanac, outcome, origin, exported_ids))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def is_exported(almanac: Almanac, outcome: Outcome) -> bool:
    """Whether an outcome is exported: a pledge, or a part of a pledge, with a sum."""
    if not outcome.amount:
        return False
    whole = almanac.by_id.get(outcome.part_of or "")
    return outcome.kind == "pledge" or (whole is not None and whole.kind == "pledge")


def identifier(outcome: Outcome) -> str:
    """The permanent identifier of an activity, without the characters that IATI forbids."""
    return f"{PREFIX}-{outcome.id.replace('/', '-').replace('#', '-')}"


def _activity(almanac: Almanac, outcome: Outcome, origin: str, exported_ids: set[str]) -> etree._Element:
    meeting = almanac.every_meeting[outcome.meeting]
    activity = etree.Element("iati-activity", {"default-currency": str((outcome.amount or {})["currency"])})
    activity.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
    _text(activity, "iati-identifier", identifier(outcome))
    reporter = etree.SubElement(activity, "reporting-org", {"ref": PREFIX, "type": "80", "secondary-reporter": "1"})
    _narrative(reporter, "Suhbat public record")
    _narrative(etree.SubElement(activity, "title"), outcome.title or outcome.summary)
    _narrative(etree.SubElement(activity, "description", type="1"), outcome.summary)
    origin_text = f"Said at: {meeting.title}, {outcome.day}. The sum as it was said: {_amount_as_said(outcome)}."
    _narrative(etree.SubElement(activity, "description", type="4"), origin_text)
    for code in outcome.by:
        party = etree.SubElement(
            activity, "participating-org", {"role": "1", "type": "40" if code in NOT_COUNTRIES else "10"}
        )
        _narrative(party, formal_name(code, "en"))
    etree.SubElement(activity, "activity-status", code=STATUS[outcome.state])
    _dates(activity, outcome)
    _recipient(activity, outcome)
    etree.SubElement(activity, "sector", vocabulary="2", code=SECTORS.get(outcome.topic, "430"))
    _transaction(activity, "12", outcome.day, outcome.amount or {}, f"Promised on {outcome.day}", outcome)
    for delivery in outcome.deliveries:
        if delivery.amount:
            date = delivery.date or outcome.day
            _transaction(activity, "2", date, delivery.amount, _delivery_text(delivery), outcome)
            if outcome.state == "delivered":
                last = outcome.deliveries[-1]
                _transaction(activity, "3", last.date or date, delivery.amount, _delivery_text(last), outcome)
    link = etree.SubElement(activity, "document-link", url=origin + outcome.path, format="text/html")
    _narrative(etree.SubElement(link, "title"), "This promise in the public record, with its sources")
    etree.SubElement(link, "category", code="A12")
    _related(activity, outcome, almanac.parts.get(outcome.id, ()), almanac, exported_ids)
    return activity


def _dates(activity: etree._Element, outcome: Outcome) -> None:
    first_report = next((d for d in outcome.deliveries if d.date and d.state != "unknown"), None)
    planned = etree.SubElement(activity, "activity-date", {"iso-date": _day(outcome.day), "type": "1"})
    _narrative(planned, f"Day of the promise: {outcome.day}")
    if first_report and first_report.date and outcome.state in {"in-progress", "delivered", "dropped", "unknown"}:
        etree.SubElement(activity, "activity-date", {"iso-date": _day(first_report.date), "type": "2"})
    if outcome.due and outcome.due >= outcome.day[: len(outcome.due)]:
        etree.SubElement(activity, "activity-date", {"iso-date": _day(outcome.due), "type": "3"})
    last = outcome.deliveries[-1] if outcome.deliveries else None
    if outcome.state == "delivered" and last and last.date:
        etree.SubElement(activity, "activity-date", {"iso-date": _day(last.date), "type": "4"})


def _recipient(activity: etree._Element, outcome: Outcome) -> None:
    if len(outcome.to) == 1 and outcome.to[0] not in NOT_COUNTRIES:
        etree.SubElement(activity, "recipient-country", code=outcome.to[0])
        return
    in_the_five = set(outcome.to or outcome.by) <= FIVE
    region = (
        CENTRAL_ASIA if in_the_five else NOT_COUNTRIES.get(outcome.to[0] if len(outcome.to) == 1 else "", UNSPECIFIED)
    )
    etree.SubElement(activity, "recipient-region", code=region, vocabulary="1")


def _transaction(
    activity: etree._Element, kind: str, date: str, amount: dict[str, object], description: str, outcome: Outcome
) -> None:
    transaction = etree.SubElement(activity, "transaction")
    etree.SubElement(transaction, "transaction-type", code=kind)
    etree.SubElement(transaction, "transaction-date", {"iso-date": _day(date)})
    value = etree.SubElement(transaction, "value", {"value-date": _day(date), "currency": str(amount["currency"])})
    value.text = str(amount["value"])
    _narrative(etree.SubElement(transaction, "description"), description)
    _party(transaction, "provider-org", outcome.by)
    _party(transaction, "receiver-org", outcome.to or outcome.by)


def _party(parent: etree._Element, name: str, codes: Iterable[str]) -> None:
    """Add the giver or receiver. Several states are one party, since no source says how a sum divides among them."""
    codes = list(codes)
    kind = "40" if set(codes) <= NOT_COUNTRIES.keys() else "10"
    _narrative(etree.SubElement(parent, name, type=kind), ", ".join(formal_name(code, "en") for code in codes))


def _related(
    activity: etree._Element, outcome: Outcome, parts: Iterable[Outcome], almanac: Almanac, exported_ids: set[str]
) -> None:
    whole = almanac.by_id.get(outcome.part_of or "")
    if whole is not None and whole.id in exported_ids:
        etree.SubElement(activity, "related-activity", ref=identifier(whole), type="1")
    for part in parts:
        if part.id in exported_ids:
            etree.SubElement(activity, "related-activity", ref=identifier(part), type="2")


def _delivery_text(delivery: Delivery) -> str:
    return f"{delivery.summary} (date as the source gives it: {delivery.date or 'none'})"


def _amount_as_said(outcome: Outcome) -> str:
    amount = outcome.amount or {}
    return str(amount.get("as_said") or f"{amount['qualifier']} {amount['value']} {amount['currency']}")


def _day(partial: str) -> str:
    return first_day(partial).isoformat()


def _text(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, name).text = _NOT_IN_XML.sub(" ", text)


def _narrative(parent: etree._Element, text: str) -> None:
    _text(parent, "narrative", text)
