"""Explanations of position, filed beside a text."""

from typing import Annotated

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import SPEAKERS
from suhbat.ground.ids import new_id
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import invalid
from suhbat.ground.text_languages import NO_LANGUAGE, is_language
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry
from suhbat.texts.holder_names import holder_name
from suhbat.texts.models import Explanation, Text
from suhbat.texts.text_guard_checks import InText, fit, meeting_and_text, must_negotiate


class Explain(InText, frozen=True, kw_only=True):
    """An explanation of position."""

    language: Annotated[str, Meta(title="Language", max_length=5, extra={"choices": "text languages"})] = "en"
    wording: Annotated[str, Meta(title="Explanation", min_length=1, max_length=15_000, extra={"widget": "textarea"})]


class ExplanationFiled(Body, frozen=True, kw_only=True):
    """How a delegation explains its position."""

    text: str
    """The name of the text within its meeting."""
    title: str
    explanation: str
    """The id of the explanation."""
    by: str
    """The delegation."""
    language: str
    """The language of the wording, such as `en`."""
    wording: str


@guard("explanation.filed")
def may_explain(viewer: Viewer, _meeting: Meeting, text: Text) -> None:
    """The viewer's delegation negotiates the text, or has negotiated it."""
    must_negotiate(viewer, SPEAKERS, text)


@act("explanation.filed", "File an explanation of position", by=SPEAKERS)
def explain(occasion: Occasion, inputs: Explain) -> Decision[ExplanationFiled]:
    """A delegation explains its position beside the text, before or after the adoption. The text is not changed.

    It is public with the text: at once where the text is published already.
    """
    meeting, text = meeting_and_text(occasion, inputs)
    may_explain(occasion.actor, meeting, text)
    if not is_language(inputs.language):
        raise invalid(language=NO_LANGUAGE)
    wording = fit(inputs.wording, {})
    if not wording:
        raise invalid(wording=lazy("This is needed."))
    body = ExplanationFiled(
        text=text.name,
        title=text.title,
        explanation=new_id(),
        by=occasion.delegation,
        language=inputs.language,
        wording=wording,
    )
    return Decision(body, audience="public" if text.published else "")


@effect("explanation.filed", on_release=True)
def explained(session: Session, entry: Entry, body: ExplanationFiled) -> None:
    """The explanation stands beside the text."""
    session.add(
        Explanation(
            id=body.explanation,
            text=f"{entry.meeting}/{body.text}",
            delegation=body.by,
            language=body.language,
            wording=body.wording,
            entry=entry.number,
        )
    )


@phrase("explanation.filed")
def say_explained(_entry: Entry, body: ExplanationFiled) -> str:
    """Who explains its position on which text."""
    return gettext("%(who)s explains its position on “%(title)s”") % {"who": holder_name(body.by), "title": body.title}
