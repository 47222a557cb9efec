"""Texts that wait for a delegation's answers, its yes or no, its signature; and how they stand, for the chair."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.ground.clock import instant
from suhbat.ground.language import gettext, ngettext
from suhbat.meetings.meetings_at_work import on_own_clock
from suhbat.meetings.models import Meeting
from suhbat.meetings.what_waits import DONE, OTHERS, Asking, Waiting, waits
from suhbat.texts.models import Answer, AskedForAdoption, Paragraph, Position, Proposal, Signature, Silence, Text
from suhbat.texts.text_guard_checks import LIVE

NEGOTIATED = ("open", "suspended", "convened", "closed", "draft", "published")


@dataclass
class _Facts:
    """What is known of some texts, by the id of the text."""

    points: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """By delegation: how many proposals wait for it."""
    answered: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Delegations that have answered the chair's question."""
    signed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    silent_until: dict[str, str] = field(default_factory=dict)


@waits("texts", order=30)
def texts(asking: Asking) -> Iterator[Waiting]:
    """What the reader's delegation has to answer or to sign; for the chair and the secretariat how each text stands."""
    meetings = asking.those(*NEGOTIATED)
    if not meetings:
        return
    query = select(Text).where(Text.meeting.in_(meetings)).order_by(Text.meeting, Text.opened)
    rows = asking.session.scalars(query).all()
    facts = _facts(asking.session, rows)
    for text in rows:
        meeting = meetings[text.meeting]
        yield from _of_delegation(asking, meeting, text, facts)
        if asking.serves(meeting):
            yield _of_staff(asking, meeting, text, facts)


def _of_delegation(asking: Asking, meeting: Meeting, text: Text, facts: _Facts) -> Iterator[Waiting]:
    state, title, page = asking.viewer.delegation_at(meeting.id), {"title": text.title}, _page(text)
    if state not in text.order:
        return
    waiting = facts.points[text.id][state]
    if text.status == "drafting" and waiting and asking.door.may(asking.viewer, "position.taken", meeting.id):
        says = ngettext("%(num)s point of “%(title)s” waits for your delegation.",
                        "%(num)s points of “%(title)s” wait for your delegation.", waiting)  # fmt: skip
        yield Waiting(meeting, says % {"num": waiting, **title}, page, gettext("Read and answer"))
    asked = text.status == "asked" and state not in facts.answered[text.id]
    if asked and asking.offers("adoption.answered", meeting, text):
        says = gettext("The chair asks whether “%(title)s” may be adopted.")
        yield Waiting(meeting, says % title, page, gettext("Answer"))
    if text.status == "silence" and text.id in facts.silent_until and not asking.serves(meeting):
        until = on_own_clock(instant(facts.silent_until[text.id]), meeting, asking.viewer)
        says = gettext("“%(title)s” is under silence until %(time)s. Without an objection it is then adopted.")
        yield Waiting(meeting, says % {"time": until, **title}, page, gettext("Read it"))
    if asking.offers("text.signed", meeting, text, facts.signed[text.id]):
        says = gettext("“%(title)s” waits for the signature of your delegation.")
        yield Waiting(meeting, says % title, page, gettext("Read and sign"))


def _of_staff(asking: Asking, meeting: Meeting, text: Text, facts: _Facts) -> Waiting:
    title, to_text = {"title": text.title}, gettext("To the text")
    if text.status == "drafting":
        return Waiting(meeting, gettext("“%(title)s” is still open.") % title, _page(text), to_text)
    if text.status == "asked":
        says = gettext("The chair has asked whether “%(title)s” may be adopted.")
        return Waiting(meeting, says % title, _page(text), to_text, OTHERS)
    if text.status == "silence":
        return Waiting(meeting, gettext("“%(title)s” is under silence.") % title, _page(text), to_text, OTHERS)
    if asking.offers("text.published", meeting, text):
        says = gettext("“%(title)s” is adopted and not published yet.")
        return Waiting(meeting, says % title, _page(text), gettext("Publish it"))
    unsigned = len(text.order) - len(facts.signed[text.id])
    if facts.signed[text.id] and unsigned:
        says = gettext("“%(title)s” is signed by %(count)s of %(all)s delegations.")
        values = {"count": len(facts.signed[text.id]), "all": len(text.order), **title}
        return Waiting(meeting, says % values, _page(text), to_text, OTHERS)
    return Waiting(meeting, gettext("“%(title)s” is adopted.") % title, _page(text), to_text, DONE)


def _page(text: Text) -> str:
    return f"/meetings/{text.meeting}/texts/{text.name}"


def _facts(session: Session, texts_: Sequence[Text]) -> _Facts:
    """What is known of these texts, in one query for each kind of fact."""
    facts = _Facts()
    if drafted := [text.id for text in texts_ if text.status == "drafting"]:
        orders = {text.id: text.order for text in texts_}
        _count_points(session, drafted, orders, facts)
    if asked := [text.id for text in texts_ if text.status == "asked"]:
        query = select(AskedForAdoption.text, Answer.delegation).join(Answer, Answer.asked == AskedForAdoption.id)
        query = query.where(AskedForAdoption.text.in_(asked), AskedForAdoption.status == "open")
        for text, delegation in session.execute(query):
            facts.answered[text].add(delegation)
    if silent := [text.id for text in texts_ if text.status == "silence"]:
        running = select(Silence.text, Silence.deadline).where(
            Silence.text.in_(silent), Silence.status == "running", Silence.paragraph.is_(None)
        )
        facts.silent_until = {row.text: row.deadline for row in session.execute(running)}
    if adopted := [text.id for text in texts_ if text.status == "adopted"]:
        signatures = select(Signature.text, Signature.delegation).where(Signature.text.in_(adopted))
        for text, delegation in session.execute(signatures):
            facts.signed[text].add(delegation)
    return facts


def _count_points(session: Session, drafted: list[str], orders: dict[str, list[str]], facts: _Facts) -> None:
    """Count as the text's own page does (`Line.waits`): proposals to answer, and own ones to repair."""
    answers: dict[str, set[str]] = defaultdict(set)
    positions = select(Position.proposal, Position.delegation).join(Proposal, Proposal.id == Position.proposal)
    for proposal, delegation in session.execute(positions.where(Proposal.text.in_(drafted))):
        answers[proposal].add(delegation)
    query = select(Proposal.id, Proposal.text, Proposal.by, Proposal.holders, Proposal.status).join(
        Paragraph, Paragraph.id == Proposal.paragraph
    )
    live = query.where(Proposal.text.in_(drafted), Proposal.status.in_(LIVE), Paragraph.status == "open")
    for row in session.execute(live):
        for state in orders[row.text]:
            to_answer = row.status == "open" and state not in row.holders and state not in answers[row.id]
            if to_answer or (row.status == "flagged" and state == row.by):
                facts.points[row.text][state] += 1
