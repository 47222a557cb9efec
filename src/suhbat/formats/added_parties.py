"""States and organisations that an administrator adds by hand, with names in the languages of the interface.

The register of `state_names.py` has what comes with the program. What is added here is public, is kept in the table
`party`, and is in the register of every process from the next entry on: see `follow_parties`. There is no flag to
guess: a party without a drawing has a tile with its code.
"""

from collections.abc import Sequence
from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, Input, Occasion, Role, act, effect, phrase
from suhbat.acts.app import App
from suhbat.formats.choices import zone_named
from suhbat.formats.models import Party
from suhbat.formats.state_names import is_known, set_added
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import conflict, invalid, not_found
from suhbat.record.entries import Entry

CODE = r"^[A-Z]{2,10}$"
Name = Annotated[str, Meta(max_length=120)]
NAMES = {"en": "name", "ru": "name_ru", "ja": "name_ja", "kk": "name_kk", "ky": "name_ky", "tg": "name_tg",
         "tk": "name_tk", "uz": "name_uz"}  # fmt: skip
"""By language: the field of the form that has the name in it."""


class Names(Input, frozen=True, kw_only=True):
    """The names of a party. Where one is missing, the English name is shown and marked."""

    name: Annotated[Name, Meta(title="Name in English", min_length=1)]
    formal: Annotated[Name, Meta(title="Full name in English", description="Such as: Republic of Singapore")] = ""
    name_ru: Annotated[Name, Meta(title="Name in Russian")] = ""
    name_ja: Annotated[Name, Meta(title="Name in Japanese")] = ""
    name_kk: Annotated[Name, Meta(title="Name in Kazakh")] = ""
    name_ky: Annotated[Name, Meta(title="Name in Kyrgyz")] = ""
    name_tg: Annotated[Name, Meta(title="Name in Tajik")] = ""
    name_tk: Annotated[Name, Meta(title="Name in Turkmen")] = ""
    name_uz: Annotated[Name, Meta(title="Name in Uzbek")] = ""
    zone: Annotated[
        str,
        Meta(title="Time zone of its capital or seat", max_length=40, extra={"choices": "zones", "widget": "suggest"}),
    ] = ""


class AddParty(Names, frozen=True, kw_only=True):
    """A state or organisation that is to be added."""

    code: Annotated[
        str,
        Meta(
            title="Letters on its tile",
            description="Two to ten capital letters, such as UNDP. They cannot be changed later.",
            pattern=CODE,
            extra={"order": -1},
        ),
    ]


class ChangeParty(Names, frozen=True, kw_only=True):
    """The right names of a party. `seen` is the entry that the form showed."""

    code: Annotated[str, Meta(title="Letters on its tile", pattern=CODE, extra={"widget": "hidden"})]
    seen: Annotated[int, Meta(title="Seen", extra={"widget": "hidden"})]


class PartyAdded(Body, frozen=True, kw_only=True):
    """A party with its names by language, each short and formal, and its time zone."""

    code: str
    names: dict[str, dict[str, str]]
    zone: str


class PartyChanged(PartyAdded, frozen=True, kw_only=True):
    """The same, as it is from now on."""


@act("party.added", "Add a state or organisation", by={Role.ADMINISTRATOR}, audience="public")
def add(occasion: Occasion, inputs: AddParty) -> Decision[PartyAdded]:
    """The administrator adds a state or organisation that the lists do not have, with its names.

    The members and observers of the United Nations and well-known organisations are in the lists already. Nothing is
    said with this about anybody's status. The letters stay for ever; the names can be corrected.
    """
    if is_known(inputs.code) or occasion.session.get(Party, inputs.code) is not None:
        raise invalid(code=lazy("These letters stand for another state or organisation."))
    return Decision(PartyAdded(code=inputs.code, names=_names(inputs), zone=_zone(inputs)), reply={"then": "/formats"})


@act("party.changed", "Correct the names of a state or organisation", by={Role.ADMINISTRATOR}, audience="public")
def change(occasion: Occasion, inputs: ChangeParty) -> Decision[PartyChanged]:
    """The administrator corrects the names of a state or organisation that was added by hand."""
    party = occasion.session.get(Party, inputs.code)
    if party is None:
        raise not_found()
    if party.entry != inputs.seen:
        raise conflict()
    return Decision(
        PartyChanged(code=inputs.code, names=_names(inputs), zone=_zone(inputs)), reply={"then": "/formats"}
    )


@effect("party.added")
def added(session: Session, entry: Entry, body: PartyAdded) -> None:
    """The party stands in the table."""
    _write(session, entry, body)


@effect("party.changed")
def changed(session: Session, entry: Entry, body: PartyChanged) -> None:
    """The party has its new names."""
    _write(session, entry, body)


def _write(session: Session, entry: Entry, body: PartyAdded) -> None:
    party = session.get(Party, body.code) or Party(code=body.code)
    party.names, party.zone, party.entry = body.names, body.zone, entry.number
    session.add(party)


@phrase("party.added")
def say_added(_entry: Entry, body: PartyAdded) -> str:
    """The sentence with its name."""
    return gettext("“%(name)s” was added to the states and organisations.") % {"name": body.names["en"]["short"]}


@phrase("party.changed")
def say_changed(_entry: Entry, body: PartyChanged) -> str:
    """The sentence with its name."""
    return gettext("The names of “%(name)s” were corrected.") % {"name": body.names["en"]["short"]}


def added_parties(session: Session) -> Sequence[Party]:
    """All parties that were added by hand, in the order of their letters; one query."""
    return session.scalars(select(Party).order_by(Party.code)).all()


def follow_parties(app: App) -> None:
    """Have the added parties in the register of this process, now and after every entry that changes them."""

    def load() -> None:
        with app.database.reading() as session:
            set_added({party.code: {"zone": party.zone, "names": party.names} for party in added_parties(session)})

    def note(entries: Sequence[Entry]) -> None:
        if any(entry.act.startswith("party.") for entry in entries):
            load()

    set_added({})
    with app.database.engine.connect() as connection:
        has_table = inspect(connection).has_table(Party.__tablename__)
    if has_table:
        load()
    app.door.listeners.append(note)
    app.tail.before.append(lambda entry: note([entry]))


def form_values(party: Party) -> dict[str, Any]:
    """The values of the form that corrects a party."""
    names = {field: party.names.get(language, {}).get("short", "") for language, field in NAMES.items()}
    formal = party.names["en"]["formal"]
    return {"code": party.code, "seen": party.entry, "zone": party.zone, "formal": formal} | names


def _zone(inputs: Names) -> str:
    if inputs.zone and not zone_named(inputs.zone):
        raise invalid(zone=lazy("There is no such time zone."))
    return zone_named(inputs.zone) if inputs.zone else ""


def _names(inputs: Names) -> dict[str, dict[str, str]]:
    given = {language: getattr(inputs, field).strip() for language, field in NAMES.items()}
    names = {language: {"short": name, "formal": name} for language, name in given.items() if name}
    names["en"]["formal"] = inputs.formal.strip() or inputs.name.strip()
    return names
