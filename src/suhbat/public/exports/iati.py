"""Pledges with a sum as IATI 2.03 activities, so that aid trackers can read them.

One activity per pledge and per part with a sum. The promise is a transaction of type 12 (outgoing pledge); money that
a delivery shows is type 2 (commitment) and, where the last state is `delivered`, type 3 (disbursement). Several
receivers are a region, since no source says how the sum divides. A month or year is written as its first day, and the
description says what the source gives. This house reports what others promised: `secondary-reporter`.
"""

import re
from collections.abc import Iterable

from lxml import etree

from suhbat.formats.state_names import formal_name
from suhbat.ground.dates import first_day
from suhbat.ground.language import reading_in
from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.facts import Delivery, Outcome

PREFIX = "XX-SUHBAT"
"""Of identifiers. An installation that is registered with an agency takes that agency's prefix in its place."""
FIVE = {"KZ", "KG", "TJ", "TM", "UZ"}
CENTRAL_ASIA, UNSPECIFIED = "619", "998"
"""DAC regions: Central Asia, regional; developing countries, unspecified."""
NOT_COUNTRIES = {"EU": "498", "GCC": "589"}
STATUS = {"delivered": "4", "dropped": "5", "in-progress": "2", "unknown": "2", "announced": "1"}
"""IATI activity status: pipeline, implementation, closed, cancelled."""
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that XML cannot hold."""
SECTORS = {
    "public-health": "121", "humanitarian-assistance": "720", "agriculture": "311", "transport-logistics": "210",
    "energy": "230", "water": "140", "environment-climate": "410", "disaster-risk": "740", "critical-minerals": "322",
    "digital-technology": "220", "education-people": "111", "tourism": "332", "trade-investment": "331",
    "security-counterterrorism": "152", "rule-of-law": "151", "border-management": "151", "culture": "160",
    "drugs": "160", "repatriation": "720", "business-mobility": "250",
}  # fmt: skip
"""DAC sectors of three digits (vocabulary 2) by topic; 430, other multisector, for the rest."""


def activities(known: Almanac, origin: str) -> bytes:
    """All activities as one file."""
    root = etree.Element("iati-activities", version="2.03")
    shown = [each for each in known.outcomes if wanted(known, each)]
    with reading_in("en"):
        for each in shown:
            root.append(_activity(known, each, origin, {other.id for other in shown}))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def wanted(known: Almanac, outcome: Outcome) -> bool:
    """Pledges with a sum, and the parts of pledges that have one."""
    if not outcome.amount:
        return False
    whole = known.by_id.get(outcome.part_of or "")
    return outcome.kind == "pledge" or (whole is not None and whole.kind == "pledge")


def identifier(outcome: Outcome) -> str:
    """Stable for ever, without the signs that IATI forbids."""
    return f"{PREFIX}-{outcome.id.replace('/', '-').replace('#', '-')}"


def _activity(known: Almanac, outcome: Outcome, origin: str, shown: set[str]) -> etree._Element:
    meeting = known.every_meeting[outcome.meeting]
    made = etree.Element("iati-activity", {"default-currency": str((outcome.amount or {})["currency"])})
    made.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
    _text(made, "iati-identifier", identifier(outcome))
    reporter = etree.SubElement(made, "reporting-org", {"ref": PREFIX, "type": "80", "secondary-reporter": "1"})
    _narrative(reporter, "Suhbat public record")
    _narrative(etree.SubElement(made, "title"), outcome.title or outcome.summary)
    _narrative(etree.SubElement(made, "description", type="1"), outcome.summary)
    said = f"Said at: {meeting.title}, {outcome.day}. The sum as it was said: {_said(outcome)}."
    _narrative(etree.SubElement(made, "description", type="4"), said)
    for code in outcome.by:
        party = etree.SubElement(
            made, "participating-org", {"role": "1", "type": "40" if code in NOT_COUNTRIES else "10"}
        )
        _narrative(party, formal_name(code, "en"))
    etree.SubElement(made, "activity-status", code=STATUS[outcome.state])
    _dates(made, outcome)
    _where(made, outcome)
    etree.SubElement(made, "sector", vocabulary="2", code=SECTORS.get(outcome.topic, "430"))
    _transaction(made, "12", outcome.day, outcome.amount or {}, f"Promised on {outcome.day}", outcome)
    for delivery in outcome.deliveries:
        if delivery.amount:
            date = delivery.date or outcome.day
            _transaction(made, "2", date, delivery.amount, _told(delivery), outcome)
            if outcome.state == "delivered":
                last = outcome.deliveries[-1]
                _transaction(made, "3", last.date or date, delivery.amount, _told(last), outcome)
    link = etree.SubElement(made, "document-link", url=origin + outcome.path, format="text/html")
    _narrative(etree.SubElement(link, "title"), "This promise in the public record, with its sources")
    etree.SubElement(link, "category", code="A12")
    _related(made, outcome, known.parts.get(outcome.id, ()), known, shown)
    return made


def _dates(made: etree._Element, outcome: Outcome) -> None:
    started = next((d for d in outcome.deliveries if d.date and d.state != "unknown"), None)
    planned = etree.SubElement(made, "activity-date", {"iso-date": _day(outcome.day), "type": "1"})
    _narrative(planned, f"Day of the promise: {outcome.day}")
    if started and started.date and outcome.state in {"in-progress", "delivered", "dropped", "unknown"}:
        etree.SubElement(made, "activity-date", {"iso-date": _day(started.date), "type": "2"})
    if outcome.due and outcome.due >= outcome.day[: len(outcome.due)]:
        etree.SubElement(made, "activity-date", {"iso-date": _day(outcome.due), "type": "3"})
    last = outcome.deliveries[-1] if outcome.deliveries else None
    if outcome.state == "delivered" and last and last.date:
        etree.SubElement(made, "activity-date", {"iso-date": _day(last.date), "type": "4"})


def _where(made: etree._Element, outcome: Outcome) -> None:
    if len(outcome.to) == 1 and outcome.to[0] not in NOT_COUNTRIES:
        etree.SubElement(made, "recipient-country", code=outcome.to[0])
        return
    inside = set(outcome.to or outcome.by) <= FIVE
    region = CENTRAL_ASIA if inside else NOT_COUNTRIES.get(outcome.to[0] if len(outcome.to) == 1 else "", UNSPECIFIED)
    etree.SubElement(made, "recipient-region", code=region, vocabulary="1")


def _transaction(
    made: etree._Element, kind: str, date: str, amount: dict[str, object], said: str, outcome: Outcome
) -> None:
    each = etree.SubElement(made, "transaction")
    etree.SubElement(each, "transaction-type", code=kind)
    etree.SubElement(each, "transaction-date", {"iso-date": _day(date)})
    value = etree.SubElement(each, "value", {"value-date": _day(date), "currency": str(amount["currency"])})
    value.text = str(amount["value"])
    _narrative(etree.SubElement(each, "description"), said)
    _party(each, "provider-org", outcome.by)
    _party(each, "receiver-org", outcome.to or outcome.by)


def _party(parent: etree._Element, name: str, codes: Iterable[str]) -> None:
    """Who gives or takes: states together are one party, since no source says how a sum divides among them."""
    codes = list(codes)
    kind = "40" if set(codes) <= NOT_COUNTRIES.keys() else "10"
    _narrative(etree.SubElement(parent, name, type=kind), ", ".join(formal_name(code, "en") for code in codes))


def _related(made: etree._Element, outcome: Outcome, parts: Iterable[Outcome], known: Almanac, shown: set[str]) -> None:
    whole = known.by_id.get(outcome.part_of or "")
    if whole is not None and whole.id in shown:
        etree.SubElement(made, "related-activity", ref=identifier(whole), type="1")
    for part in parts:
        if part.id in shown:
            etree.SubElement(made, "related-activity", ref=identifier(part), type="2")


def _told(delivery: Delivery) -> str:
    return f"{delivery.summary} (date as the source gives it: {delivery.date or 'none'})"


def _said(outcome: Outcome) -> str:
    amount = outcome.amount or {}
    return str(amount.get("as_said") or f"{amount['qualifier']} {amount['value']} {amount['currency']}")


def _day(partial: str) -> str:
    return first_day(partial).isoformat()


def _text(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, name).text = _FORBIDDEN.sub(" ", text)


def _narrative(parent: etree._Element, text: str) -> None:
    _text(parent, "narrative", text)
