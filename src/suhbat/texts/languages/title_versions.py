"""The title of a text in its further languages."""

from typing import Annotated

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, Occasion, Viewer, act, effect, guard, phrase
from suhbat.ground.language import gettext, lazy
from suhbat.ground.language_names import language_name
from suhbat.ground.refusals import not_found
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry
from suhbat.texts.languages.versions import TRANSLATORS, keep_version, must_not_overwrite, must_stand_in, version_of
from suhbat.texts.models import Text
from suhbat.texts.text_guard_checks import (
    Hidden,
    HiddenNumber,
    InText,
    fit_title,
    meeting_and_draft,
    must_be_drafted,
    text_of,
    title_of,
)


class WriteTitle(InText, frozen=True, kw_only=True):
    """The title in a further language."""

    language: Hidden
    revision: HiddenNumber = 0
    """The revision of the leading title that it follows; 0: the present one."""
    seen: HiddenNumber = 0
    """The entry of the version that the form showed; 0: there was none."""
    title: Annotated[str, Meta(title="Title", min_length=3, max_length=300, extra={"context": "a text's"})]


class VersionTitled(Body, frozen=True, kw_only=True):
    """The title in a further language."""

    text: str
    title: str
    """The leading title."""
    paragraph: str = ""
    """The id of the paragraph that is the title; early entries have none."""
    follows: int = 0
    """The revision of the leading title that it says the same as; 0, as in early entries: the one of that moment."""
    language: str
    written: str
    """The title in that language."""


@guard("version.titled")
def may_entitle(_viewer: Viewer, _meeting: Meeting, text: Text) -> None:
    """The text is being drafted."""
    must_be_drafted(text)


@act("version.titled", "Write the title in another language", by=TRANSLATORS)
def entitle(occasion: Occasion, inputs: WriteTitle) -> VersionTitled:
    """A translator writes the title of the text in a further language, against a revision of the leading one.

    Copies in that language bear it. It is confirmed like a paragraph, and falls behind when the leading title changes.
    """
    meeting, text = meeting_and_draft(occasion, inputs)
    may_entitle(occasion.actor, meeting, text)
    must_stand_in(text, inputs.language)
    title = title_of(occasion.session, text.id)
    if inputs.revision > title.revision:
        raise not_found(lazy("There is no such revision of this paragraph."))
    follows = inputs.revision or title.revision
    must_not_overwrite(version_of(occasion.session, title.id, inputs.language), inputs.seen, follows)
    return VersionTitled(
        text=text.name,
        title=text.title,
        paragraph=title.id,
        follows=follows,
        language=inputs.language,
        written=fit_title(inputs.title),
    )


@effect("version.titled")
def entitled(session: Session, entry: Entry, body: VersionTitled) -> None:
    """One title per language; whoever had confirmed the earlier one is asked again."""
    text = text_of(session, entry.meeting, body.text)
    title = title_of(session, text.id)
    keep_version(
        session,
        entry,
        paragraph=title.id,
        language=body.language,
        wording=body.written,
        follows=body.follows or title.revision,
    )
    text.changed = entry.number


@phrase("version.titled")
def say_entitled(_entry: Entry, body: VersionTitled) -> str:
    """The text, the language, and its title there."""
    return gettext("The title of “%(title)s” in %(language)s: %(written)s") % {
        "title": body.title,
        "language": language_name(body.language),
        "written": body.written,
    }
