"""Validation of outcomes: amounts, dates, states, items, interventions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as day

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import body_of
from suhbat.formats.amount_input import ask_about_words, check_sum
from suhbat.formats.models import Membership
from suhbat.formats.topics import TOPICS
from suhbat.ground.characters import Place, fits
from suhbat.ground.database import read_once
from suhbat.ground.dates import is_partial
from suhbat.ground.language import Lazy, lazy
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.refusals import Kind, Refused
from suhbat.ground.slugs import slug_of
from suhbat.meetings.models import AgendaItem, Delegation, Meeting
from suhbat.outcomes.models import Outcome
from suhbat.outcomes.outcome_fields import Amount, Made, OutcomeInput
from suhbat.outcomes.outcome_wording import NamedAmount, WordedOutcome
from suhbat.record.entries import Entry
from suhbat.record.models import EntryRow
from suhbat.record.reading import entry_of

MAX_NAME_LENGTH = 60
"""Maximum characters of an outcome's name, so that its address stays readable."""

Errors = dict[str, Lazy | str]


def refuse(errors: Errors) -> None:
    """Refuse with all errors at once, if there are any."""
    if errors:
        raise Refused(Kind.INVALID, lazy("Please correct the marked fields."), errors)


@dataclass(frozen=True)
class Origin:
    """The parts of an outcome that a new wording does not change."""

    id: str
    kind: str
    by: list[str]
    delegation: str
    """The delegation that makes it; empty for an outcome of the whole meeting."""


def checked_wording(
    session: Session,
    meeting: Meeting,
    origin: Origin,
    inputs: Made | OutcomeInput,
    errors: Errors,
    *,
    item: str,
    intervention: int | None,
) -> WordedOutcome:
    """The outcome with the wording of a form; refused with all errors at once, including those passed in."""
    if not inputs.title.strip():
        errors["title"] = lazy("This is needed.")
    agenda_item = item_of(session, meeting.id, item, errors)
    to, sum_of_money = (inputs.to, inputs.amount) if isinstance(inputs, OutcomeInput) else ([], Amount())
    if origin.kind == "pledge" and not to:
        errors["to"] = lazy("To whom is it promised?")
    if origin.kind == "next-meeting" and not inputs.due:
        errors["due"] = lazy("When is it to be? A year is enough.")
    if "to" not in errors:
        # An outcome of the whole meeting may be for its members, so there is no giver to exclude.
        givers = [origin.delegation] if origin.delegation else []
        to = checked_receivers(to, givers, states_of(session, meeting), errors)
    outcome = WordedOutcome(
        id=origin.id,
        kind=origin.kind,
        by=origin.by,
        to=to,
        topic=checked_topic(inputs.topic, agenda_item, errors),
        title=inputs.title.strip(),
        summary=inputs.summary.strip() or inputs.title.strip(),
        amount=checked_amount(sum_of_money, (inputs.title, inputs.summary), errors),
        due=due_date(inputs.due, meeting, errors),
        item=agenda_item.id if agenda_item is not None else None,
        intervention=intervention,
        delegation=origin.delegation,
    )
    refuse(errors)
    return outcome


def delegations_of(session: Session, meeting: str) -> list[str]:
    """The states at a meeting without observers, in protocol order."""
    return list(
        session.scalars(
            select(Delegation.state)
            .where(Delegation.meeting == meeting, Delegation.observer.is_(False))
            .order_by(Delegation.position)
        )
    )


def states_of(session: Session, meeting: Meeting) -> list[str]:
    """The possible receivers of an outcome: the meeting's delegations, then the other members of the format."""
    delegations = select(Delegation.state).where(Delegation.meeting == meeting.id).order_by(Delegation.position)
    members = select(Membership.state).where(Membership.format == meeting.format).order_by(Membership.position)

    def read() -> list[str]:
        return list(dict.fromkeys([*session.scalars(delegations), *session.scalars(members)]))

    return read_once(session, ("states", meeting.id), read)


def checked_amount(amount: Amount, texts: Iterable[str], errors: Errors) -> NamedAmount | None:
    """The amount as the record stores it; None where none is named. Errors are added field by field.

    Where the words of the amount, or of these texts, say something else than the choice of how exactly, it asks.
    """
    if not fits(amount.as_said, Place.AS_SAID):
        errors["amount.as_said"] = lazy("This holds letters that nobody sees; they can turn figures round.")
    if amount.value is None:
        if amount.as_said or amount.currency:
            errors["amount.value"] = lazy("Give the amount in figures too; words alone belong into the summary.")
        return None
    check_sum(amount, errors)
    ask_about_words(amount, texts, errors, as_said=amount.as_said)
    return NamedAmount(
        value=amount.value, currency=amount.currency, qualifier=amount.qualifier, as_said=amount.as_said.strip()
    )


def due_date(date: str, meeting: Meeting, errors: Errors) -> str | None:
    """A due date as precise as it was said; it is not before the meeting."""
    if not date:
        return None
    if not is_partial(date):
        errors["due"] = lazy("This is no date. Write a day, a month or a year: 2021-03-31, 2021-03 or 2021.")
    elif date < meeting.starts[: len(date)]:
        errors["due"] = lazy("This lies before the meeting.")
    return date


def past_date(date: str, today: day, errors: Errors) -> str | None:
    """The date of something that has happened: a valid date, not in the future."""
    if not date:
        return None
    if not is_partial(date):
        errors["date"] = lazy("This is no date. Write a day, a month or a year: 2021-03-31, 2021-03 or 2021.")
    elif date > today.isoformat()[: len(date)]:
        errors["date"] = lazy("This day has not come yet.")
    return date


def checked_receivers(receivers: list[str], givers: list[str], possible: list[str], errors: Errors) -> list[str]:
    """The receivers, each once, in protocol order: possible ones, and not the giver."""
    if unknown := [code for code in receivers if code not in possible]:
        errors["to"] = lazy("Not known at this meeting: %(codes)s.") % {"codes": in_a_row(unknown)}
    elif set(receivers) & set(givers):
        errors["to"] = lazy("Nobody promises something to oneself.")
    return [code for code in possible if code in receivers]


def checked_topic(topic: str, item: AgendaItem | None, errors: Errors) -> str:
    """The topic; that of the agenda item where none is named."""
    if topic and topic not in TOPICS:
        errors["topic"] = lazy("This topic is not known here.")
    return topic or (item.topic if item is not None and item.topic in TOPICS else "other")


def item_of(session: Session, meeting: str, item: str, errors: Errors) -> AgendaItem | None:
    """The agenda item of the outcome, if one is named."""
    if not item:
        return None
    row = session.get(AgendaItem, item)
    if row is None or row.meeting != meeting:
        errors["item"] = lazy("This is no item of the meeting's agenda.")
        return None
    return row


def interventions(session: Session, meeting: str, delegation: str = "") -> list[Entry]:
    """The entries that gave the floor at a meeting, in order; only those of `delegation`, if it is named."""
    query = select(EntryRow).where(EntryRow.meeting == meeting, EntryRow.act == "floor.given").order_by(EntryRow.number)
    given = ("interventions", meeting)
    entries = read_once(session, given, lambda: [entry_of(row) for row in session.scalars(query)])
    return [entry for entry in entries if not delegation or body_of(entry).delegation == delegation]


def present_item(session: Session, meeting: str) -> str:
    """The agenda item that was opened last; empty if none was."""
    rows = session.scalars(
        select(EntryRow)
        .where(EntryRow.meeting == meeting, EntryRow.act == "item.opened")
        .order_by(EntryRow.number.desc())
        .limit(1)
    )
    return next((str(body_of(entry_of(row)).item) for row in rows), "")


def name_for(session: Session, meeting: str, title: str, kind: str) -> str:
    """The id of a new outcome, `<meeting>#<name>`. The name is made from the Latin letters of the title."""
    name = slug_of(title, MAX_NAME_LENGTH) or kind
    used_ids = set(session.scalars(select(Outcome.id).where(Outcome.meeting == meeting)))
    base, count = f"{meeting}#{name}", 1
    address = base
    while address in used_ids:
        count += 1
        address = f"{base}-{count}"
    return address
