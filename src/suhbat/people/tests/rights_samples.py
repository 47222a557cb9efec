"""Sample inputs and addresses of this package for the rights tests."""

from datetime import timedelta

from sqlalchemy import select

from suhbat.people.models import Passkey, Person, PreparedForm, SeatRow
from suhbat.people.passkeys import registration_options
from suhbat.people.tests.authenticator import SoftKey


def credential(world, role, key):
    with world.app.database.reading() as session:
        person = session.get_one(Person, world.person(role))
        return key.create(registration_options(session, world.settings, person, world.clock()))


def plant(world):
    adviser = world.secret("delegation:KZ", where="an invitation by Kazakhstan's organiser")
    world.do("head", "seat.offered", role="adviser", state="KZ", name=adviser)
    observer = world.secret("secretariat", where="an invitation by the secretariat")
    world.do("secretariat", "seat.offered", role="observer", name=observer)
    draft = world.secret("delegation:KZ", where="a form that Kazakhstan's assistant has prepared")
    inputs = {"meeting": world.meeting, "title": draft, "summary": draft, "to": ["KG"]}
    world.do("assistant", "form.prepared", {"meeting": world.meeting, "act": "project.announced", "inputs": inputs})
    words = world.secret("secretariat", where="whom those who are invited may ask")
    world.do("secretariat", "letters.worded", contact=words)
    link = world.do("secretariat", "seat.offered", role="interpreter", name="Someone").reply["link"]
    world.notes["link"] = link.rsplit("/", 1)[1]
    named = world.secret(
        "delegations", "role:head elsewhere", where="who answers for Kazakhstan's promises", meeting=world.format
    )
    naming = {"format": world.format, "state": "KZ", "subject": "promises", "rank": "alternate", "name": named}
    world.do("promises chief", "standing.named", naming)
    device = world.secret(f"person:{world.person('head')}", where="the name of the head's device")
    world.notes["key"] = SoftKey(name=b"planted")
    inputs = {"credential": credential(world, "head", world.notes["key"]), "device": device}
    world.do("head", "passkey.kept", inputs)


def open_seat(world):
    return world.one(select(SeatRow.id).where(SeatRow.person.is_(None), SeatRow.role == "interpreter"))


def own_key(world):
    return world.one(select(Passkey.id).where(Passkey.person == world.person("head")))


def tested(world):
    world.do("clerk", "standing.tested", {"format": world.format})
    return {"format": world.format, "seat": world.seat("promises chief")}


PLEDGE = {"title": "Beds for clinics", "summary": "A hundred beds for the clinics.", "to": ["KG"]}


def prepared(world):
    inputs = {"meeting": world.meeting, "act": "pledge.made", "inputs": PLEDGE | {"meeting": world.meeting}}
    world.do("assistant", "form.prepared", inputs)
    return world.one(
        select(PreparedForm.id).where(PreparedForm.outcome == "waiting", PreparedForm.act == "pledge.made")
    )


def lapsed(world):
    last_day = world.at.date().isoformat()
    naming = {"format": world.format, "state": "KZ", "subject": "consular", "rank": "main", "name": "For today"}
    world.do("head elsewhere", "standing.named", naming | {"until": last_day})
    world.at += timedelta(days=1)
    return {"format": world.format}


ACTS = {
    "seat.offered": lambda w: {"meeting": w.meeting, "role": "delegate", "state": "KZ", "name": "Someone"},
    "seat.renewed": lambda w: {"meeting": w.meeting, "seat": open_seat(w)},
    "seat.revoked": lambda w: {"meeting": w.meeting, "seat": open_seat(w)},
    "seat.corrected": lambda w: {
        "meeting": w.meeting,
        "seat": w.seat("adviser"),
        "name": "Adviser",
        "office": "Envoy",
        "reason": "Misspelt",
    },
    "seat.taken": lambda w: {"secret": w.notes["link"]},
    "seat.vacated": lambda w: {"meeting": w.meeting, "seat": w.seat("adviser")},
    "letters.worded": lambda w: {"meeting": w.meeting, "language": "ja", "sentence": "Welcome"},
    "form.prepared": lambda w: {
        "meeting": w.meeting,
        "act": "pledge.made",
        "inputs": PLEDGE | {"meeting": w.meeting},
    },
    "form.settled": lambda w: {"meeting": w.meeting, "form": prepared(w), "entered": False},
    "passkey.kept": lambda w: {"credential": credential(w, "chair", SoftKey(name=b"fresh")), "device": "Telephone"},
    "passkey.named": lambda w: {"passkey": own_key(w), "device": "Telephone"},
    "passkey.revoked": lambda w: {"passkey": own_key(w)},
    "person.signed_out": {},
    "administrator.named": {"name": "Someone"},
    "editor.named": {"name": "Someone"},
    "installation.restored": {},
    "standing.named": lambda w: {
        "format": w.format,
        "state": "KZ",
        "subject": "travel",
        "rank": "chief",
        "name": "Someone",
    },
    "standing.handed_over": lambda w: {"format": w.format, "seat": w.seat("promises chief"), "name": "Someone"},
    "standing.tested": lambda w: {"format": w.format},
    "standing.answered": tested,
    "standing.lapsed": lapsed,
    "rehearsal.seat_taken": lambda w: {"meeting": w.meeting, "seat": "TJ"},
}
PAGES = {
    "/phone/{token:str}": lambda _w: ["/phone/someone.abc"],
    "/meetings/{format_id:str}/{slug:str}/prepared/{form:str}": lambda w: [
        f"/meetings/{w.meeting}/prepared/{w.one(select(PreparedForm.id))}"
    ],
    "/invitations/{secret:str}": lambda _w: ["/invitations/" + "x" * 43],
    "/invitations/{secret:str}/letter": lambda _w: ["/invitations/" + "x" * 43 + "/letter"],
    "/rehearse/seats/{format_id:str}/{slug:str}/{seat:str}": lambda w: [f"/rehearse/seats/{w.elsewhere}/TJ"],
}
