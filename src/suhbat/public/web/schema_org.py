"""What a page says to search engines, in the words of schema.org: events, organisations, grants, a data set."""

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


def linked(template: str, facts: Facts, origin: str) -> Facts | None:
    """The page as JSON-LD; None for lists, which say nothing that the things in them do not say."""
    make = _MAKERS.get(template)
    return {"@context": "https://schema.org", **make(facts, origin)} if make else None


def _home(facts: Facts, origin: str) -> Facts:
    site = origin + address("/")
    find = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": origin + address("/search") + "?q={q}"},
        "query-input": "required name=q",
    }
    return {
        "@type": "WebSite", "name": "Suhbat", "url": site, "description": facts["sentence"],
        "inLanguage": language(), "potentialAction": find,
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
    found = facts["format"]
    made = _organisation(found, origin) | {"description": found.summary}
    if names := [name for name in (found.short_name, *found.native_names.values()) if name]:
        made["alternateName"] = names
    if found.established:
        made["foundingDate"] = found.established
    made["member"] = [
        {"@type": "OrganizationRole", "roleName": each.role, "member": _party(each.state)}
        | ({"startDate": each.since} if each.since else {})
        | ({"endDate": each.until} if each.until else {})
        for each in found.members
    ]
    return made


def _meeting(facts: Facts, origin: str) -> Facts:
    meeting, format_ = facts["meeting"], facts["format"]
    url = origin + address(meeting.path)
    made: Facts = {
        "@type": "Event", "name": meeting.title, "url": url, "startDate": meeting.starts,
        "endDate": meeting.ends or meeting.starts, "image": origin + address(meeting.path) + ".png",
        "eventStatus": f"https://schema.org/Event{'Cancelled' if meeting.status == 'cancelled' else 'Scheduled'}",
        "about": [
            {"@type": "Thing", "name": topic_name(code)}
            for code in sorted({*meeting.topics, *(each.topic for each in meeting.outcomes)})
        ],
        "attendee": [_party(each["state"]) for each in facts["delegations"]],
    }  # fmt: skip
    if meeting.mode:
        mode = {"video": VIDEO, "hybrid": BOTH}.get(meeting.mode, IN_PERSON)
        made["eventAttendanceMode"] = f"https://schema.org/{mode}EventAttendanceMode"
    places = [_place(meeting)] if meeting.city or meeting.country else []
    if meeting.mode in {"video", "hybrid"}:
        places.append({"@type": "VirtualLocation", "url": url})
    if places:
        made["location"] = places[0] if len(places) == 1 else places
    if format_:
        made["organizer"] = _organisation(format_, origin)
    made["subjectOf"] = _works([each.url for each in meeting.sources])
    return {name: value for name, value in made.items() if value}


def _works(urls: list[str]) -> list[Facts]:
    """Sources of an event or a grant: `subjectOf`, since only works have citations."""
    return [{"@type": "CreativeWork", "url": url} for url in urls]


def _place(meeting: Any) -> Facts:
    where = {"@type": "PostalAddress"}
    if meeting.country:
        where["addressCountry"] = meeting.country
    if meeting.city:
        where["addressLocality"] = meeting.city
    return {"@type": "Place", "name": meeting.city or state_name(meeting.country), "address": where}


def _outcome(facts: Facts, origin: str) -> Facts:
    outcome = facts["outcome"]
    url = origin + address(outcome.path)
    work: Facts = {"name": outcome.title or outcome.summary, "url": url, "description": outcome.summary}
    sources = [s.url for block in facts["sources"] for s in block["sources"]]
    if outcome.kind in {"pledge", "project"} and outcome.amount:
        amount = {
            "@type": "MonetaryAmount", "value": outcome.amount["value"], "currency": outcome.amount["currency"],
        }  # fmt: skip
        work |= {"@type": "MonetaryGrant", "amount": amount, "funder": [_party(code) for code in outcome.by]}
        return work | ({"subjectOf": _works(sources)} if sources else {})
    work |= {
        "@type": "CreativeWork", "datePublished": outcome.day, "creator": [_party(code) for code in outcome.by],
        "license": LICENCE, "isPartOf": {"@type": "CreativeWork", "url": origin + address(facts["meeting"]["path"])},
    }  # fmt: skip
    return work | ({"citation": sources} if sources else {})


def _party(code: str) -> Facts:
    """A state where schema.org wants someone who acts, and not a place."""
    kind = "Organization" if code in ORGANISATIONS else "GovernmentOrganization"
    return {"@type": kind, "name": state_name(code), "identifier": code}


def _state_page(facts: Facts, origin: str) -> Facts:
    code = facts["code"]
    kind = "Organization" if code in ORGANISATIONS else "Country"
    url = origin + address(f"/states/{code}")
    return {"@type": kind, "name": state_name(code), "identifier": code, "alternateName": formal_name(code), "url": url}


def _person(facts: Facts, origin: str) -> Facts:
    person = facts["person"]
    made = {
        "@type": "Person", "name": person.name, "url": origin + address(person.path), "alternateName": person.variants,
        "jobTitle": [each["office"] for each in person.offices], "affiliation": _party(person.state),
    }  # fmt: skip
    return {name: value for name, value in made.items() if value}


_MAKERS: dict[str, Callable[[Facts, str], Facts]] = {
    "public/home.html": _home,
    "public/data.html": _data,
    "public/format.html": _format,
    "public/meeting.html": _meeting,
    "public/outcome.html": _outcome,
    "public/state.html": _state_page,
    "public/person.html": _person,
}
