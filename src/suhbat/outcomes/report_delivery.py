"""Reports on the delivery of a published outcome, by those concerned."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suhbat.acts import Body, InMeeting, Occasion, Role, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import DELEGATION
from suhbat.formats.models import Source
from suhbat.formats.vocabulary import DELIVERY_STATUSES
from suhbat.ground.language import _, lazy
from suhbat.ground.refusals import not_allowed, out_of_order
from suhbat.meetings.meeting_day import day_at
from suhbat.meetings.models import Meeting
from suhbat.outcomes import outcome_validation
from suhbat.outcomes.models import Delivery, Outcome
from suhbat.outcomes.outcome_fields import Amount, Of
from suhbat.outcomes.outcome_labels import in_a_sentence
from suhbat.outcomes.outcome_validation import Errors
from suhbat.outcomes.outcome_wording import NamedAmount, WordedOutcome, wording_of
from suhbat.outcomes.queries import outcome_of
from suhbat.record.entries import Entry

Reported = Literal["in-progress", "delivered", "dropped", "unknown"]


class Report(InMeeting, frozen=True, kw_only=True):
    """A report on what became of an outcome."""

    outcome: Of
    state: Annotated[
        Reported, Meta(title="State", extra={"choices": "delivery_states", "context": "how far a promise is kept"})
    ]
    summary: Annotated[
        str, Meta(title=_("What happened"), min_length=1, max_length=4_000, extra={"widget": "textarea"})
    ]
    date: Annotated[
        str,
        Meta(
            title="When",
            description=_("A day, a month or a year."),
            max_length=10,
            extra={"context": "what a report tells"},
        ),
    ] = ""
    amount: Amount = Amount()
    evidence: Annotated[
        str,
        Meta(title=_("Where it can be read"), description=_("An address beginning with https://"), max_length=2_000),
    ] = ""
    publisher: Annotated[str, Meta(title=_("Who published it"), max_length=300)] = ""


class ReportSource(msgspec.Struct, frozen=True, kw_only=True):
    """Where a report can be read."""

    n: int
    """Its number among the meeting's sources."""
    url: str
    publisher: str
    date: str | None
    """When it was published; forms do not ask for it."""


class ReportedDelivery(msgspec.Struct, frozen=True, kw_only=True):
    """What happened, when, and with which source."""

    date: str | None
    """A day, a month or a year, as it was reported."""
    state: str
    """`in-progress`, `delivered`, `dropped` or `unknown`."""
    amount: NamedAmount | None
    summary: str
    source: ReportSource | None


class DeliveryReported(Body, frozen=True, kw_only=True):
    """A report on an outcome."""

    outcome: WordedOutcome
    delivery: ReportedDelivery


@guard("delivery.reported")
def may_report(viewer: Viewer, meeting: Meeting, outcome: Outcome) -> None:
    """Those whom it concerns and the secretariat, once it is published; meetings held here only.

    Until the meeting's record is published the delegations report, afterwards the standing seats for promises.
    """
    if outcome.origin != "held":
        raise out_of_order(lazy("This one comes from published sources: the editors of the public record follow it."))
    if outcome.status != "published":
        raise out_of_order(lazy("What is not published yet cannot be delivered."))
    concerned = {*outcome.by, *outcome.to}
    if meeting.status == "published":
        if not _reports_between_meetings(viewer, meeting, concerned):
            raise not_allowed(
                lazy("The record of the meeting is published: standing seats for promises report on it now.")
            )
    elif not any(
        seat.role == Role.SECRETARIAT or (seat.role in DELEGATION and seat.state in concerned)
        for seat in viewer.seats_at(meeting.id)
    ):
        raise not_allowed(lazy("Those who promised, those who receive and the secretariat report on it."))


def _reports_between_meetings(viewer: Viewer, meeting: Meeting, concerned: set[str]) -> bool:
    """Whether the viewer holds a standing seat for promises of a state concerned, or is the format's secretariat."""
    return Role.SECRETARIAT in viewer.roles_at("", meeting.format) or any(
        seat.subject == "promises" and seat.state in concerned for seat in viewer.standing_seats(meeting.format)
    )


REPORTERS = DELEGATION | {Role.SECRETARIAT, Role.STANDING}


@act("delivery.reported", "Report what became of an outcome", by=REPORTERS, audience="public")
def report(occasion: Occasion, inputs: Report) -> DeliveryReported:
    """A state that made or receives a published outcome, or the secretariat, reports what became of it.

    Once the record of the meeting is published, its seats report nothing more: the standing seats for promises do, and
    the secretariat of the format. The report says when, what, and where it can be read, and is public at once. That
    nothing is known is a report too.
    """
    outcome = outcome_of(occasion.session, inputs.meeting, inputs.outcome)
    meeting = occasion.session.get_one(Meeting, outcome.meeting)
    may_report(occasion.actor, meeting, outcome)
    errors: Errors = {}
    delivery = ReportedDelivery(
        date=outcome_validation.past_date(inputs.date, day_at(meeting, occasion.now), errors),
        state=inputs.state,
        amount=outcome_validation.checked_amount(inputs.amount, (inputs.summary,), errors),
        summary=inputs.summary,
        source=_source(occasion.session, inputs, errors),
    )
    outcome_validation.refuse(errors)
    return DeliveryReported(outcome=wording_of(outcome), delivery=delivery)


def _source(session: Session, inputs: Report, errors: Errors) -> ReportSource | None:
    if not inputs.evidence:
        if inputs.publisher:
            errors["evidence"] = lazy("Where did they publish it?")
        return None
    parts = urlsplit(inputs.evidence)
    if parts.scheme not in {"http", "https"} or not parts.netloc or any(c.isspace() for c in inputs.evidence):
        errors["evidence"] = lazy("This is no address of a page; it begins with https://")
    last = session.scalar(select(func.max(Source.n)).where(Source.of == inputs.meeting))
    return ReportSource(n=(last or 0) + 1, url=inputs.evidence, publisher=inputs.publisher or parts.netloc, date=None)


@effect("delivery.reported")
def reported(session: Session, entry: Entry, body: DeliveryReported) -> None:
    """The report is added to the outcome, which takes over its state; its source is added to the meeting."""
    outcome = session.get_one(Outcome, body.outcome.id)
    delivery = body.delivery
    amount, source = delivery.amount, delivery.source
    count = session.scalar(select(func.count()).select_from(Delivery).where(Delivery.outcome == outcome.id))
    session.add(
        Delivery(
            outcome=outcome.id,
            position=(count or 0) + 1,
            date=delivery.date,
            status=delivery.state,
            value=amount.value if amount else None,
            currency=amount.currency if amount else "",
            qualifier=amount.qualifier if amount else "",
            summary=delivery.summary,
            source=source.n if source else None,
            entry=entry.number,
        )
    )
    if source:
        session.add(Source(of=entry.meeting, n=source.n, url=source.url, publisher=source.publisher, date=source.date))
    outcome.delivery_status, outcome.changed = delivery.state, entry.number


@phrase("delivery.reported")
def say_reported(_entry: Entry, body: DeliveryReported) -> str:
    """Names the outcome and the reported state."""
    text = lazy("Reported on “%(title)s”: %(state)s")
    return in_a_sentence(text, body.outcome, state=str(DELIVERY_STATUSES[body.delivery.state]))
