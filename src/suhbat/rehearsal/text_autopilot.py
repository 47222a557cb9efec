"""The autopilot for a text: makes, answers and settles proposals and has the text adopted, with ordinary acts.

Like the rest of the autopilot, it stores no position in the script. Proposals of humans are answered and settled too:
they are taken into the text if nobody objects.
"""

from collections.abc import Iterator

from sqlalchemy import select

from suhbat.ground.language import lazy
from suhbat.ground.refusals import Refused
from suhbat.rehearsal.autopilot_scene import Move, Scene
from suhbat.rehearsal.script import ScriptedProposal, ScriptedText
from suhbat.rehearsal.staging import secretariat_actor
from suhbat.texts.adoption.adoption_question import open_question
from suhbat.texts.models import Paragraph, Position, Proposal, Text
from suhbat.texts.models_adoption import Answer
from suhbat.texts.negotiation.package_incorporation import deal_of
from suhbat.texts.text_guard_checks import labels_of, live_on, paragraphs_of

NOT_FOR_ALL = "Not all could accept it."


def text_move(scene: Scene) -> Move | None:
    """The move that is due for the text; None if the script has no text, or if it is adopted and published."""
    if scene.script.text is None:
        return None
    text = _text(scene)
    if text is None:
        return _open_text(scene, scene.script.text)
    if text.status == "asked":
        return _answer_question(scene, text)
    secretariat = secretariat_actor(scene.script.format)
    if scene.may(secretariat, "text.published", text):
        return scene.move(secretariat, "text.published", text=text.name)
    if text.status != "drafting":
        return None
    return next(_drafting_moves(scene, text), None)


def _text(scene: Scene) -> Text | None:
    return scene.session.scalar(select(Text).where(Text.meeting == scene.meeting.id).order_by(Text.opened).limit(1))


def _open_text(scene: Scene, scripted: ScriptedText) -> Move:
    hint = lazy("You are in the chair: put your text before the others.")
    inputs = {
        "title": scripted.title,
        "kind": scripted.kind,
        "language": scripted.language,
        "paragraphs": scripted.paragraphs,
    }
    return scene.move(scene.chair, "text.opened", hint, **inputs)


def _drafting_moves(scene: Scene, text: Text) -> Iterator[Move]:
    """The moves that are due while the text is drafted, in order; only the first is performed."""
    paragraphs = paragraphs_of(scene.session, text.id)
    yield from _proposals(scene, text, paragraphs)
    for paragraph in paragraphs:
        live_proposals = live_on(scene.session, paragraph.id)
        if live_proposals and text.discussed != paragraph.id:
            hint = lazy("Put the next paragraph with brackets on everyone's screen.")
            yield scene.move(scene.chair, "text.discussed", hint, text=text.name, paragraph=paragraph.id)
        for proposal in live_proposals:
            yield from _answers(scene, text, proposal)
        for proposal in live_proposals:
            yield _settle(scene, text, paragraph, proposal)
    yield scene.move(
        scene.chair, "adoption.asked", lazy("All brackets are gone: ask whether it may be adopted."), text=text.name
    )


def _proposals(scene: Scene, text: Text, paragraphs: list[Paragraph]) -> Iterator[Move]:
    """The scripted proposals that are not made yet. For a human delegation, any proposal to the paragraph counts."""
    labels = labels_of(scene.session, text)
    by_label = {labels[paragraph.id]: paragraph for paragraph in paragraphs}
    existing = list(scene.session.scalars(select(Proposal).where(Proposal.text == text.id)))
    for scripted in _scripted_proposals(scene):
        paragraph = by_label.get(scripted.paragraph)
        if paragraph is None or scripted.old not in paragraph.wording:
            continue
        if any(proposal.by == scripted.by and proposal.paragraph == paragraph.id for proposal in existing):
            continue
        hint = lazy("Propose the words that your delegation would have.")
        wording = paragraph.wording.replace(scripted.old, scripted.new, 1)
        inputs = {"paragraph": paragraph.id, "revision": paragraph.revision, "wording": wording, "note": scripted.note}
        yield scene.move(scene.head(scripted.by), "proposal.made", hint, text=text.name, **inputs)


def _scripted_proposals(scene: Scene) -> list[ScriptedProposal]:
    return scene.script.text.proposals if scene.script.text else []


def _scripted_for(scene: Scene, proposal: Proposal) -> ScriptedProposal | None:
    """The scripted proposal that this proposal is; None for other words of a human."""
    return next(
        (
            scripted
            for scripted in _scripted_proposals(scene)
            if scripted.by == proposal.by and scripted.new in proposal.wording
        ),
        None,
    )


def _answers(scene: Scene, text: Text, proposal: Proposal) -> Iterator[Move]:
    scripted = _scripted_for(scene, proposal)
    answered = set(scene.session.scalars(select(Position.delegation).where(Position.proposal == proposal.id)))
    for state in text.order:
        if state in answered or not scene.may(scene.head(state), "position.taken", text, proposal):
            continue
        stand = scripted.answers.get(state, "can-accept") if scripted else "can-accept"
        reason = scripted.because if scripted and stand == "objects" else ""
        inputs = {"proposal": proposal.id, "seen": proposal.worded, "stand": stand, "reason": reason}
        hint = lazy("Answer the next proposal: support it, accept it, reserve or object.")
        yield scene.move(scene.head(state), "position.taken", hint, text=text.name, **inputs)


def _settle(scene: Scene, text: Text, paragraph: Paragraph, proposal: Proposal) -> Move:
    """The chair takes a proposal into the text or sets it aside."""
    scripted = _scripted_for(scene, proposal)
    is_taken = scripted is None or scripted.then == "taken"
    if is_taken and scene.may(scene.chair, "proposal.incorporated", text, deal_of(scene.session, text, proposal)):
        hint = lazy("Take the next proposal into the text.")
        inputs = {"proposal": proposal.id, "seen": paragraph.changed}
        return scene.move(scene.chair, "proposal.incorporated", hint, text=text.name, **inputs)
    reason = scripted.reason if scripted and scripted.reason else NOT_FOR_ALL
    hint = lazy("Set the next proposal aside, and say why.")
    return scene.move(scene.chair, "proposal.set_aside", hint, text=text.name, proposal=proposal.id, reason=reason)


def _answer_question(scene: Scene, text: Text) -> Move | None:
    try:
        question = open_question(scene.session, text)
    except Refused:
        return None
    answered = set(scene.session.scalars(select(Answer.delegation).where(Answer.asked == question.id)))
    for state in text.order:
        if state not in answered and scene.may(scene.head(state), "adoption.answered", text):
            hint = lazy("The chair asks: do you agree that the text is adopted?")
            return scene.move(scene.head(state), "adoption.answered", hint, text=text.name, agrees=True)
    return None
