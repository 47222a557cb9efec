"""Pages as JSON-LD for search engines, in the vocabulary of schema.org: events, organisations, grants, a data set."""

from collections.abc import Callable
from typing import Any

from suhbat.acts.app import address
from suhbat.formats.state_names import formal_name, state_name
from suhbat.formats.topics import topic_name
from suhbat.ground.language import language

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
VIDEO, IN_PERSON, BOTH = "Online", "Offline", "Mixed"
ORGANISATIONS = {"EU", "GCC"}
Facts = dict[str, Any]


def json_ld(template: str, facts: Facts, origin: str) -> Facts | None:
    """The page as JSON-LD. None for lists: the pages of their entries say it all."""
    build = _BUILDERS.get(template)
    return {"@context": "https://schema.org", **build(facts, origin)} if build else None


def _home(facts: Facts, origin: str) -> Facts:
    site = origin + address("/")
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": origin + address("/search") + "?q={q}"},
        "query-input": "required name=q",
    }
    return {
        "@type": "WebSite", "name": "Suhbat", "url": site, "description": facts["sentence"],
        "inLanguage": language(), "potentialAction": search,
    }  # fmt: skip


def _data(facts: Facts, origin: str) -> Facts:
    files = [
        ("public-record.json", "application/json"), ("public-record-csv.zip", "application/zip"),
        ("public-record.sqlite", "application/vnd.sqlite3"), ("iati-activities.xml", "application/xml"),
    ]  # fmt: skip
    counts = facts["counts"]
    return {
        "@type": "Dataset",
        "name": "Suhbat public record",
        "description": (
            f"The dialogues of Central Asia with its partners and among itself: {counts['meetings']} meetings of "
            f"{counts['formats']} formats, {counts['outcomes']} outcomes and what became of them, each fact with its "
            f"source ({counts['sources']} sources)."
        ),
        "url": origin + "/data",
        "license": LICENCE,
        "isAccessibleForFree": True,
        "version": str(facts["as_of_entry"]),
        "creator": {"@type": "Organization", "name": "Suhbat", "url": origin},
        "temporalCoverage": f"{facts['years'][0]}/{facts['years'][1]}" if facts["years"] else "..",
        "spatialCoverage": {"@type": "Place", "name": "Central Asia"},
        "variableMeasured": sorted({column for columns in facts["tables"].values() for column in columns}),
        "distribution": [
            {"@type": "DataDownload", "contentUrl": f"{origin}/data/{name}", "encodingFormat": kind}
            for name, kind in files
        ],
    }


def _organisation(format_: Any, origin: str) -> Facts:
    return {"@type": "Organization", "name": format_.name, "url": origin + address(format_.path)}


def _format(facts: Facts, origin: str) -> Facts:
    format_ = facts["format"]
    organisation = _organisation(format_, origin) | {"description": format_.summary}
    if names := [name for name in (format_.short_name, *format_.native_names.values()) if name]:
        organisation["alternateName"] = names
    if format_.established:
        organisation["foundingDate"] = format_.established
    organisation["member"] = [
        {"@type": "OrganizationRole", "roleName": member.role, "member": _party(member.state)}
        | ({"startDate": member.since} if member.since else {})
        | ({"endDate": member.until} if member.until else {})
        for member in format_.members
    ]
    return organisation


def _meeting(facts: Facts, origin: str) -> Facts:
    meeting, format_ = facts["meeting"], facts["format"]
    url = origin + address(meeting.path)
    event: Facts = {
        "@type": "Event", "name": meeting.title, "url": url, "startDate": meeting.starts,
        "endDate": meeting.ends or meeting.starts, "image": origin + address(meeting.path) + ".png",
        "eventStatus": f"https://schema.org/Event{'Cancelled' if meeting.status == 'cancelled' else 'Scheduled'}",
        "about": [
            {"@type": "Thing", "name": topic_name(code)}
            for code in sorted({*meeting.topics, *(outcome.topic for outcome in meeting.outcomes)})
        ],
        "attendee": [_party(delegation["state"]) for delegation in facts["delegations"]],
    }  # fmt: skip
    if meeting.mode:
        mode = {"video": VIDEO, "hybrid": BOTH}.get(meeting.mode, IN_PERSON)
        event["eventAttendanceMode"] = f"https://schema.org/{mode}EventAttendanceMode"
    places = [_place(meeting)] if meeting.city or meeting.country else []
    if meeting.mode in {"video", "hybrid"}:
        places.append({"@type": "VirtualLocation", "url": url})
    if places:
        event["location"] = places[0] if len(places) == 1 else places
    if format_:
        event["organizer"] = _organisation(format_, origin)
    event["subjectOf"] = _creative_works([source.url for source in meeting.sources])
    return {name: value for name, value in event.items() if value}


def _creative_works(urls: list[str]) -> list[Facts]:
    """Sources of an event or a grant, for `subjectOf`: in schema.org only a creative work has citations."""
    return [{"@type": "CreativeWork", "url": url} for url in urls]


def _place(meeting: Any) -> Facts:
    postal_address = {"@type": "PostalAddress"}
    if meeting.country:
        postal_address["addressCountry"] = meeting.country
    if meeting.city:
        postal_address["addressLocality"] = meeting.city
    return {"@type": "Place", "name": meeting.city or state_name(meeting.country), "address": postal_address}


def _outcome(facts: Facts, origin: str) -> Facts:
    outcome = facts["outcome"]
    url = origin + address(outcome.path)
    work: Facts = {"name": outcome.title or outcome.summary, "url": url, "description": outcome.summary}
    urls = [source.url for block in facts["sources"] for source in block["sources"]]
    if outcome.kind in {"pledge", "project"} and outcome.amount:
        amount = {
            "@type": "MonetaryAmount", "value": outcome.amount["value"], "currency": outcome.amount["currency"],
        }  # fmt: skip
        work |= {"@type": "MonetaryGrant", "amount": amount, "funder": [_party(code) for code in outcome.by]}
        return work | ({"subjectOf": _creative_works(urls)} if urls else {})
    work |= {
        "@type": "CreativeWork", "datePublished": outcome.day, "creator": [_party(code) for code in outcome.by],
        "license": LICENCE, "isPartOf": {"@type": "CreativeWork", "url": origin + address(facts["meeting"]["path"])},
    }  # fmt: skip
    return work | ({"citation": urls} if urls else {})


def _party(code: str) -> Facts:
    """A state as an organisation, where schema.org expects an actor and not a place."""
    kind = "Organization" if code in ORGANISATIONS else "GovernmentOrganization"
    return {"@type": kind, "name": state_name(code), "identifier": code}


def _state_page(facts: Facts, origin: str) -> Facts:
    code = facts["code"]
    kind = "Organization" if code in ORGANISATIONS else "Country"
    url = origin + address(f"/states/{code}")
    return {"@type": kind, "name": state_name(code), "identifier": code, "alternateName": formal_name(code), "url": url}


def _person(facts: Facts, origin: str) -> Facts:
    person = facts["person"]
    person_data = {
        "@type": "Person", "name": person.name, "url": origin + address(person.path), "alternateName": person.variants,
        "jobTitle": [office["office"] for office in person.offices], "affiliation": _party(person.state),
    }  # fmt: skip
    return {name: value for name, value in person_data.items() if value}


_BUILDERS: dict[str, Callable[[Facts, str], Facts]] = {
    "public/home.html": _home,
    "public/data.html": _data,
    "public/format.html": _format,
    "public/meeting.html": _meeting,
    "public/outcome.html": _outcome,
    "public/state.html": _state_page,
    "public/person.html": _person,
}
