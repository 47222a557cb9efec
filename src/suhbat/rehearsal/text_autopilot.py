"""The autopilot at a text: brackets are made, answered and settled, and the text is adopted, through ordinary acts.

Like the rest of the autopilot it keeps no place in the script. Words that humans propose are answered and settled too:
they are taken into the text if nobody objects.
"""

from collections.abc import Iterator

from sqlalchemy import select

from suhbat.ground.language import lazy
from suhbat.ground.refusals import Refused
from suhbat.rehearsal.scene import Move, Scene
from suhbat.rehearsal.script import Asked, Negotiated
from suhbat.rehearsal.staging import secretary
from suhbat.texts.adoption.question import open_question
from suhbat.texts.lookup import labels_of, live_on, paragraphs_of
from suhbat.texts.models import Paragraph, Position, Proposal, Text
from suhbat.texts.models_adoption import Answer
from suhbat.texts.negotiation.deals import deal_of

NOT_FOR_ALL = "Not all could accept it."


def text_move(at: Scene) -> Move | None:
    """What is due at the text; None if the script has none, or it is adopted and published."""
    if at.script.text is None:
        return None
    text = _text(at)
    if text is None:
        return _open(at, at.script.text)
    if text.state == "asked":
        return _answer_the_chair(at, text)
    clerk = secretary(at.script.format)
    if at.may(clerk, "text.published", text):
        return at.move(clerk, "text.published", text=text.name)
    if text.state != "drafting":
        return None
    return next(_due(at, text), None)


def _text(at: Scene) -> Text | None:
    return at.session.scalar(select(Text).where(Text.meeting == at.meeting.id).order_by(Text.opened).limit(1))


def _open(at: Scene, given: Negotiated) -> Move:
    hint = lazy("You are in the chair: put your text before the others.")
    inputs = {"title": given.title, "kind": given.kind, "language": given.language, "paragraphs": given.paragraphs}
    return at.move(at.chair, "text.opened", hint, **inputs)


def _due(at: Scene, text: Text) -> Iterator[Move]:
    """What is due while it is drafted, in the order in which it should happen; the first is made."""
    paragraphs = paragraphs_of(at.session, text.id)
    yield from _proposals(at, text, paragraphs)
    for paragraph in paragraphs:
        live = live_on(at.session, paragraph.id)
        if live and text.discussed != paragraph.id:
            hint = lazy("Put the next paragraph with brackets on everyone's screen.")
            yield at.move(at.chair, "text.discussed", hint, text=text.name, paragraph=paragraph.id)
        for proposal in live:
            yield from _answers(at, text, proposal)
        for proposal in live:
            yield _settled(at, text, paragraph, proposal)
    yield at.move(
        at.chair, "adoption.asked", lazy("All brackets are gone: ask whether it may be adopted."), text=text.name
    )


def _proposals(at: Scene, text: Text, paragraphs: list[Paragraph]) -> Iterator[Move]:
    """What the script's delegations ask for and have not asked for yet. A human asks for what they like, once."""
    labels = labels_of(at.session, text)
    by_label = {labels[each.id]: each for each in paragraphs}
    made = list(at.session.scalars(select(Proposal).where(Proposal.text == text.id)))
    for asked in _script(at):
        paragraph = by_label.get(asked.paragraph)
        if paragraph is None or asked.old not in paragraph.wording:
            continue
        if any(each.by == asked.by and each.paragraph == paragraph.id for each in made):
            continue
        hint = lazy("Propose the words that your delegation would have.")
        wording = paragraph.wording.replace(asked.old, asked.new, 1)
        inputs = {"paragraph": paragraph.id, "revision": paragraph.revision, "wording": wording, "note": asked.note}
        yield at.move(at.head(asked.by), "proposal.made", hint, text=text.name, **inputs)


def _script(at: Scene) -> list[Asked]:
    return at.script.text.proposals if at.script.text else []


def _asked(at: Scene, proposal: Proposal) -> Asked | None:
    """The script's proposal that this one is; None for one that a human worded."""
    return next((each for each in _script(at) if each.by == proposal.by and each.new in proposal.wording), None)


def _answers(at: Scene, text: Text, proposal: Proposal) -> Iterator[Move]:
    known = _asked(at, proposal)
    given = set(at.session.scalars(select(Position.delegation).where(Position.proposal == proposal.id)))
    for state in text.order:
        if state in given or not at.may(at.head(state), "position.taken", text, proposal):
            continue
        stand = known.answers.get(state, "can-accept") if known else "can-accept"
        reason = known.because if known and stand == "objects" else ""
        inputs = {"proposal": proposal.id, "seen": proposal.worded, "stand": stand, "reason": reason}
        hint = lazy("Answer the next proposal: support it, accept it, reserve or object.")
        yield at.move(at.head(state), "position.taken", hint, text=text.name, **inputs)


def _settled(at: Scene, text: Text, paragraph: Paragraph, proposal: Proposal) -> Move:
    """The chair takes a proposal into the text or sets it aside."""
    known = _asked(at, proposal)
    wanted = known is None or known.then == "taken"
    if wanted and at.may(at.chair, "proposal.incorporated", text, deal_of(at.session, text, proposal)):
        hint = lazy("Take the next proposal into the text.")
        inputs = {"proposal": proposal.id, "seen": paragraph.changed}
        return at.move(at.chair, "proposal.incorporated", hint, text=text.name, **inputs)
    reason = known.reason if known and known.reason else NOT_FOR_ALL
    hint = lazy("Set the next proposal aside, and say why.")
    return at.move(at.chair, "proposal.set_aside", hint, text=text.name, proposal=proposal.id, reason=reason)


def _answer_the_chair(at: Scene, text: Text) -> Move | None:
    try:
        asked = open_question(at.session, text)
    except Refused:
        return None
    given = set(at.session.scalars(select(Answer.delegation).where(Answer.asked == asked.id)))
    for state in text.order:
        if state not in given and at.may(at.head(state), "adoption.answered", text):
            hint = lazy("The chair asks: do you agree that the text is adopted?")
            return at.move(at.head(state), "adoption.answered", hint, text=text.name, agrees=True)
    return None
