"""What an outcome must be like to be written down: amounts, dates, states, items, interventions."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import body_of
from suhbat.formats.models import Membership
from suhbat.formats.topics import TOPICS
from suhbat.ground.characters import Place, fits
from suhbat.ground.dates import is_partial
from suhbat.ground.language import Lazy, lazy
from suhbat.ground.money import CURRENCIES, MOST
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.refusals import Kind, Refused
from suhbat.meetings.models import AgendaItem, Delegation, Meeting
from suhbat.outcomes.models import Outcome
from suhbat.outcomes.outcome_fields import Amount, Made, Worded
from suhbat.outcomes.outcome_wording import NamedAmount, WordedOutcome
from suhbat.record.entries import Entry
from suhbat.record.models import EntryRow
from suhbat.record.reading import value

LONGEST_NAME = 60
"""Letters of an outcome's name at most, so that its address stays readable."""

Faults = dict[str, Lazy | str]


def refuse(faults: Faults) -> None:
    """Refuse with every fault at once, if there is any."""
    if faults:
        raise Refused(Kind.INVALID, lazy("Some of what was given does not fit."), faults)


@dataclass(frozen=True)
class Origin:
    """What of an outcome no other wording changes."""

    id: str
    kind: str
    by: list[str]
    delegation: str
    """The delegation that makes it; empty for the meeting's own."""


def worded(
    session: Session,
    meeting: Meeting,
    origin: Origin,
    inputs: Made | Worded,
    faults: Faults,
    *,
    item: str,
    intervention: int | None,
) -> WordedOutcome:
    """An outcome in the wording that a form gives it; refused with every fault at once, those found before too."""
    if not inputs.title.strip():
        faults["title"] = lazy("This is needed.")
    agenda_item = item_of(session, meeting.id, item, faults)
    to, named = (inputs.to, inputs.amount) if isinstance(inputs, Worded) else ([], Amount())
    if origin.kind == "pledge" and not to:
        faults["to"] = lazy("To whom is it promised?")
    if origin.kind == "next-meeting" and not inputs.due:
        faults["due"] = lazy("When is it to be? A year is enough.")
    if "to" not in faults:
        # A meeting's own outcome may well be for its members: nobody is excluded as the giver there.
        giver = [origin.delegation] if origin.delegation else []
        to = receivers(to, giver, states_of(session, meeting), faults)
    outcome = WordedOutcome(
        id=origin.id,
        kind=origin.kind,
        by=origin.by,
        to=to,
        topic=topic(inputs.topic, agenda_item, faults),
        title=inputs.title.strip(),
        summary=inputs.summary.strip() or inputs.title.strip(),
        amount=amount(named, faults),
        due=due(inputs.due, meeting, faults),
        item=agenda_item.id if agenda_item is not None else None,
        intervention=intervention,
        delegation=origin.delegation,
    )
    refuse(faults)
    return outcome


def delegations_of(session: Session, meeting: str) -> list[str]:
    """The states that sit at a meeting, observers left out, in protocol order."""
    return list(
        session.scalars(
            select(Delegation.state)
            .where(Delegation.meeting == meeting, Delegation.observer.is_(False))
            .order_by(Delegation.position)
        )
    )


def states_of(session: Session, meeting: Meeting) -> list[str]:
    """Whom an outcome of a meeting can be for: its delegations first, then the other members of the format."""
    here = list(
        session.scalars(select(Delegation.state).where(Delegation.meeting == meeting.id).order_by(Delegation.position))
    )
    members = session.scalars(
        select(Membership.state).where(Membership.format == meeting.format).order_by(Membership.position)
    )
    return list(dict.fromkeys([*here, *members]))


def amount(given: Amount, faults: Faults) -> NamedAmount | None:
    """The amount as the record keeps it; None where none was named. Faults are added field by field."""
    if not fits(given.as_said, Place.AS_SAID):
        faults["amount.as_said"] = lazy("This holds letters that nobody sees; they can turn figures round.")
    if given.value is None:
        if given.as_said or given.currency:
            faults["amount.value"] = lazy("Give the amount in figures too; words alone belong into the summary.")
        return None
    if given.value <= 0:
        faults["amount.value"] = lazy("An amount is more than nothing.")
    elif given.value > MOST:
        faults["amount.value"] = lazy("No state has ever promised as much: please count the zeros again.")
    if not given.currency:
        faults["amount.currency"] = lazy("In which currency?")
    elif given.currency not in CURRENCIES:
        faults["amount.currency"] = lazy("This currency is not known here; give its code, such as JPY or USD.")
    return NamedAmount(
        value=given.value, currency=given.currency, qualifier=given.qualifier, as_said=given.as_said.strip()
    )


def due(given: str, meeting: Meeting, faults: Faults) -> str | None:
    """A due date of no more precision than was said; it does not lie before the meeting."""
    if not given:
        return None
    if not is_partial(given):
        faults["due"] = lazy("This is no date. Write a day, a month or a year: 2021-03-31, 2021-03 or 2021.")
    elif given < meeting.starts[: len(given)]:
        faults["due"] = lazy("This lies before the meeting.")
    return given


def happened(given: str, now: datetime, faults: Faults) -> str | None:
    """The date of something that has happened: a real one, and not in the future anywhere on earth."""
    if not given:
        return None
    if not is_partial(given):
        faults["date"] = lazy("This is no date. Write a day, a month or a year: 2021-03-31, 2021-03 or 2021.")
    elif given > now.date().isoformat()[: len(given)]:
        faults["date"] = lazy("This day has not come yet.")
    return given


def receivers(given: list[str], by: list[str], known: list[str], faults: Faults) -> list[str]:
    """For whom it is: states known to the meeting, each once, in protocol order, and not the giver."""
    if strange := [code for code in given if code not in known]:
        faults["to"] = lazy("Not known at this meeting: %(codes)s.") % {"codes": in_a_row(strange)}
    elif set(given) & set(by):
        faults["to"] = lazy("Nobody promises something to oneself.")
    return [code for code in known if code in given]


def topic(given: str, item: AgendaItem | None, faults: Faults) -> str:
    """The topic; the agenda item's where none was named."""
    if given and given not in TOPICS:
        faults["topic"] = lazy("This topic is not known here.")
    return given or (item.topic if item is not None and item.topic in TOPICS else "other")


def item_of(session: Session, meeting: str, given: str, faults: Faults) -> AgendaItem | None:
    """The agenda item it belongs to."""
    if not given:
        return None
    row = session.get(AgendaItem, given)
    if row is None or row.meeting != meeting:
        faults["item"] = lazy("This is no item of the meeting's agenda.")
        return None
    return row


def interventions(session: Session, meeting: str, delegation: str = "") -> list[Entry]:
    """The entries that gave the floor at a meeting, in order; those of one delegation where it is named."""
    rows = session.scalars(
        select(EntryRow).where(EntryRow.meeting == meeting, EntryRow.act == "floor.given").order_by(EntryRow.number)
    )
    given = [value(row) for row in rows]
    return [entry for entry in given if not delegation or body_of(entry).delegation == delegation]


def present_item(session: Session, meeting: str) -> str:
    """The agenda item that was opened last; empty if none was."""
    rows = session.scalars(
        select(EntryRow)
        .where(EntryRow.meeting == meeting, EntryRow.act == "item.opened")
        .order_by(EntryRow.number.desc())
        .limit(1)
    )
    return next((str(body_of(value(row)).item) for row in rows), "")


def name_for(session: Session, meeting: str, title: str, kind: str) -> str:
    """A new outcome's id, `<meeting>#<name>`: the name from its title, where that has Latin letters."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME].strip("-") or kind
    taken = set(session.scalars(select(Outcome.id).where(Outcome.meeting == meeting)))
    base, count = f"{meeting}#{name}", 1
    address = base
    while address in taken:
        count += 1
        address = f"{base}-{count}"
    return address
