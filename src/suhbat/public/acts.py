"""What a reader may do: say that something is wrong. What an editor does with it."""

from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from msgspec import Meta
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suhbat.acts import Decision, Input, Occasion, Role, act, effect, phrase
from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.ground.language import gettext as _
from suhbat.ground.language import lazy
from suhbat.ground.refusals import conflict, invalid, not_found, out_of_order
from suhbat.public.models import ErrorReport
from suhbat.record.entries import Entry

EDITORS = "editors"
"""The audience of error reports: no page shows such an entry; the editors' list shows the report itself."""
MOST_OPEN = 500
"""Unanswered reports at most, so that nobody fills the record with them."""
MOST_ON_PAGE, AN_HOUR = 5, timedelta(hours=1)
"""Unanswered reports on one page within an hour: more of them say the same, or nothing."""


class ErrorReported(Input, frozen=True, kw_only=True):
    """What a reader says is wrong."""

    page: Annotated[str, Meta(title="Page", max_length=300, pattern=r"^/[^\\]*$", extra={"widget": "hidden"})]
    fact: Annotated[str, Meta(title="Which fact is wrong?", max_length=300)] = ""
    says: Annotated[str, Meta(title="What is right?", min_length=1, max_length=4_000, extra={"widget": "textarea"})]
    source: Annotated[str, Meta(title="Where is it published? (address of a page)", max_length=500)] = ""


@act("error.reported", "Report an error", by={Role.ANYONE}, audience=EDITORS)
def report_error(occasion: Occasion, inputs: ErrorReported) -> Decision[Any]:
    """Anyone may say that a fact on a page is wrong, and where the right one is published.

    The report reaches the editors' list and nobody else. No name or address is asked for.
    """
    if inputs.page.startswith("//"):
        raise invalid(page=lazy("This is not one of our pages."))
    waiting = occasion.session.scalar(select(func.count()).select_from(ErrorReport).where(ErrorReport.answered == ""))
    if (waiting or 0) >= MOST_OPEN:
        raise out_of_order(lazy("The editors' list is full. Please come back another day."))
    lately = (
        ErrorReport.page == inputs.page,
        ErrorReport.answered == "",
        ErrorReport.time > stamp(occasion.now - AN_HOUR),
    )
    here = occasion.session.scalar(select(func.count()).select_from(ErrorReport).where(*lately))
    if (here or 0) >= MOST_ON_PAGE:
        raise out_of_order(lazy("The editors have several new reports on this page already. Please come back later."))
    body = {
        "id": new_id(), "page": inputs.page, "fact": inputs.fact, "says": inputs.says, "source": inputs.source,
        "time": stamp(occasion.now),
    }  # fmt: skip
    return Decision(body, reply={"then": f"/reported?{urlencode({'page': inputs.page})}"})


@effect("error.reported")
def _reported(session: Session, entry: Entry) -> None:
    session.add(ErrorReport(**entry.body, answer="", answered=""))


@phrase("error.reported")
def _say_reported(entry: Entry) -> str:
    return _("A reader reports an error on %(page)s") % {"page": entry.body["page"]}


class ErrorAnswered(Input, frozen=True, kw_only=True):
    """What the editor did about it."""

    id: Annotated[str, Meta(max_length=40, extra={"widget": "hidden"})]
    answer: Annotated[
        str, Meta(title="What was done about it", min_length=1, max_length=2_000, extra={"widget": "textarea"})
    ]


@act("error.answered", "Answer an error report", by={Role.EDITOR, Role.ADMINISTRATOR}, audience=EDITORS)
def answer_error(occasion: Occasion, inputs: ErrorAnswered) -> Decision[Any]:
    """An editor answers a report: the fact was corrected, or why it stands. Each report is answered once."""
    report = occasion.session.get(ErrorReport, inputs.id)
    if report is None:
        raise not_found()
    if report.answered:
        raise conflict(lazy("Another editor has answered this report."))
    body = {"id": inputs.id, "answer": inputs.answer, "time": stamp(occasion.now)}
    return Decision(body, reply={"then": "/editors"})


@effect("error.answered")
def _answered(session: Session, entry: Entry) -> None:
    report = session.get_one(ErrorReport, entry.body["id"])
    report.answer, report.answered = entry.body["answer"], entry.body["time"]


@phrase("error.answered")
def _say_answered(_entry: Entry) -> str:
    return _("An error report was answered")
