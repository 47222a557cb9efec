"""Error reports: a reader sends one, an editor answers it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode

from msgspec import Meta, structs
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, Input, Occasion, Role, act, effect, guard, phrase
from suhbat.acts.place_finders import Place
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.ground.language import gettext as _
from suhbat.ground.language import lazy
from suhbat.ground.refusals import conflict, invalid, not_found, out_of_order
from suhbat.people.seat_managers import INSTALLATION_PLACE
from suhbat.public.models import ErrorReport
from suhbat.record.entries import Entry

EDITORS = "editors"
"""The audience of error reports. No page shows such an entry; the editors' list shows the report itself."""
MOST_OPEN = 500
"""Unanswered reports at most, so that nobody can fill the record with reports."""
MOST_ON_PAGE, AN_HOUR = 5, timedelta(hours=1)
"""Unanswered reports on one page within an hour, at most. Further reports repeat the first ones or are abuse."""


class ErrorReported(Input, frozen=True, kw_only=True):
    """A reader's report of an error."""

    page: Annotated[str, Meta(title="Page", max_length=300, pattern=r"^/[^\\]*$", extra={"widget": "hidden"})] = "/"
    fact: Annotated[str, Meta(title="Which fact is wrong?", max_length=300)] = ""
    says: Annotated[str, Meta(title="What is right?", min_length=1, max_length=4_000, extra={"widget": "textarea"})]
    source: Annotated[str, Meta(title="Where is it published? (address of a page)", max_length=500)] = ""


class ReportedError(Body, frozen=True, kw_only=True):  # the act's own name is its input's in the API
    """A reader's report: the page, the wrong fact, what is right, where that is published, and the time (UTC).

    `fact` and `source` are empty if the reader gave none.
    """

    id: str
    page: str
    fact: str
    says: str
    source: str
    time: str


@dataclass(frozen=True)
class WaitingReports:
    """How many reports wait for an answer: in all, and on one page within an hour."""

    altogether: int
    on_page: int


@guard("error.reported")
def may_report(_viewer: Viewer, _place: Place, waiting: WaitingReports) -> None:
    """Anyone may report while the editors' list has room and the page has few new reports."""
    if waiting.altogether >= MOST_OPEN:
        raise out_of_order(lazy("The editors' list is full. Please come back another day."))
    if waiting.on_page >= MOST_ON_PAGE:
        raise out_of_order(lazy("The editors have several new reports on this page already. Please come back later."))


@act("error.reported", "Report an error", by={Role.ANYONE}, audience=EDITORS)
def report_error(occasion: Occasion, inputs: ErrorReported) -> Decision[ReportedError]:
    """Anyone may say that a fact on a page is wrong, and where the right one is published.

    The report reaches the editors' list and nobody else. No name or address is asked for.
    """
    may_report(occasion.actor, INSTALLATION_PLACE, waiting_reports(occasion.session, inputs.page, occasion.now))
    if inputs.page.startswith("//"):
        raise invalid(page=lazy("This is not one of our pages."))
    body = ReportedError(
        id=new_id(),
        page=inputs.page,
        fact=inputs.fact,
        says=inputs.says,
        source=inputs.source,
        time=stamp(occasion.now),
    )
    return Decision(body, reply={"then": f"/reported?{urlencode({'page': inputs.page})}"})


def waiting_reports(session: Session, page: str, now: datetime) -> WaitingReports:
    """Count the reports that wait for an answer, in one query."""
    recent = func.count().filter(ErrorReport.page == page, ErrorReport.time > stamp(now - AN_HOUR))
    query = select(func.count(), recent).select_from(ErrorReport).where(ErrorReport.answered == "")
    altogether, on_page = session.execute(query).one()
    return WaitingReports(altogether, on_page)


@effect("error.reported")
def _reported(session: Session, _entry: Entry, body: ReportedError) -> None:
    session.add(ErrorReport(**structs.asdict(body), answer="", answered=""))


@phrase("error.reported")
def _say_reported(_entry: Entry, body: ReportedError) -> str:
    return _("A reader reports an error on %(page)s") % {"page": body.page}


class ErrorAnswered(Input, frozen=True, kw_only=True):
    """An editor's answer to a report."""

    id: Annotated[str, Meta(max_length=40, extra={"widget": "hidden"})]
    answer: Annotated[
        str, Meta(title="What was done about it", min_length=1, max_length=2_000, extra={"widget": "textarea"})
    ]


class AnsweredError(Body, frozen=True, kw_only=True):
    """The report that was answered, what was done about it, and the time (UTC)."""

    id: str
    answer: str
    time: str


@guard("error.answered")
def may_answer(_viewer: Viewer, _place: Place, report: ErrorReport) -> None:
    """A report is answered once."""
    if report.answered:
        raise conflict(lazy("Another editor has answered this report."))


@act("error.answered", "Answer an error report", by={Role.EDITOR, Role.ADMINISTRATOR}, audience=EDITORS)
def answer_error(occasion: Occasion, inputs: ErrorAnswered) -> Decision[AnsweredError]:
    """An editor answers a report: the fact was corrected, or why it stands. Each report is answered once."""
    report = occasion.session.get(ErrorReport, inputs.id)
    if report is None:
        raise not_found()
    may_answer(occasion.actor, INSTALLATION_PLACE, report)
    body = AnsweredError(id=inputs.id, answer=inputs.answer, time=stamp(occasion.now))
    return Decision(body, reply={"then": "/editors"})


@effect("error.answered")
def _answered(session: Session, _entry: Entry, body: AnsweredError) -> None:
    report = session.get_one(ErrorReport, body.id)
    report.answer, report.answered = body.answer, body.time


@phrase("error.answered")
def _say_answered(_entry: Entry, _body: AnsweredError) -> str:
    return _("An error report was answered")
