"""A text in its further languages: which they are, versions written, drafted by a machine, and confirmed."""

from typing import Annotated

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Body, Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import SPEAKERS, STAFF, Role
from suhbat.ground.language import gettext, lazy
from suhbat.ground.language_names import language_name
from suhbat.ground.refusals import conflict, invalid, not_found, out_of_order
from suhbat.ground.text_languages import NO_LANGUAGE, is_language
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry
from suhbat.texts.holder_names import holder_name
from suhbat.texts.models import EarlierVersion, Paragraph, Text, Version
from suhbat.texts.place_labels import place_label
from suhbat.texts.text_guard_checks import (
    Hidden,
    HiddenNumber,
    InText,
    fit_for,
    labels_of,
    meeting_and_draft,
    must_be_drafted,
    must_negotiate,
    paragraph_of,
    text_of,
)

TRANSLATORS = SPEAKERS | STAFF | {Role.INTERPRETER}


class SetLanguages(InText, frozen=True, kw_only=True):
    """The further languages of a text."""

    languages: Annotated[
        list[str], Meta(title="Further languages", extra={"choices": "text languages", "widget": "boxes"})
    ] = []


class LanguagesSet(Body, frozen=True, kw_only=True):
    """In which languages a text is to stand beside its leading one."""

    text: str
    """The name of the text within its meeting."""
    title: str
    languages: list[str]
    """Such as `ru`."""


@guard("version.languages_set")
def may_set_languages(_viewer: Viewer, _meeting: Meeting, text: Text) -> None:
    """The text is being drafted."""
    must_be_drafted(text)


@act("version.languages_set", "Choose the languages of a text", by=STAFF)
def set_languages(occasion: Occasion, inputs: SetLanguages) -> LanguagesSet:
    """The drafter says in which further languages the text is to stand.

    Confirmed versions in all of them are then required for its adoption.
    """
    meeting, text = meeting_and_draft(occasion, inputs)
    may_set_languages(occasion.actor, meeting, text)
    if not all(map(is_language, inputs.languages)):
        raise invalid(languages=NO_LANGUAGE)
    chosen = [code for code in dict.fromkeys(inputs.languages) if code != text.language]
    return LanguagesSet(text=text.name, title=text.title, languages=chosen)


@effect("version.languages_set")
def languages_set(session: Session, entry: Entry, body: LanguagesSet) -> None:
    """The languages of the text. Versions in a language that is removed stay in their table."""
    text = text_of(session, entry.meeting, body.text)
    text.languages, text.changed = body.languages, entry.number


def version_of(session: Session, paragraph: str, language: str) -> Version | None:
    """A paragraph's version in a language."""
    return session.scalar(select(Version).where(Version.paragraph == paragraph, Version.language == language))


def must_stand_in(text: Text, language: str) -> None:
    """Refuse a language that the text is not to have."""
    if language not in text.languages:
        raise out_of_order(lazy("The text does not stand in this language."))


def must_not_overwrite(version: Version | None, seen_entry: int, follows: int) -> None:
    """Refuse to overwrite a version that the writer has not read, or one that follows a later revision of the lead."""
    if (version.entry if version else 0) != seen_entry or (version is not None and follows < version.follows):
        raise conflict(lazy("This version has changed since you read it. Look again."))


def keep_version(
    session: Session, entry: Entry, *, paragraph: str, language: str, wording: str, follows: int
) -> Version:
    """Save a paragraph in a language, confirmed by nobody yet; its earlier wording becomes an `EarlierVersion`."""
    version = version_of(session, paragraph, language)
    if version is None:
        version = Version(paragraph=paragraph, language=language)
        session.add(version)
    else:
        earlier = {"wording": version.wording, "follows": version.follows, "entry": version.entry}
        session.add(EarlierVersion(paragraph=paragraph, language=language, **earlier))
    version.wording, version.follows, version.confirmed = wording, follows, []
    version.machine, version.entry = False, entry.number
    return version


class WriteVersion(InText, frozen=True, kw_only=True):
    """A paragraph in a further language."""

    paragraph: Hidden
    language: Hidden
    revision: HiddenNumber
    seen: HiddenNumber = 0
    """The entry of the version that the form showed; 0: there was none."""
    wording: Annotated[str, Meta(title="Wording", min_length=1, max_length=8_000, extra={"widget": "textarea"})]


class VersionWritten(Body, frozen=True, kw_only=True):
    """A paragraph in a further language, by a person or (`version.drafted`) by a machine."""

    text: str
    paragraph: str
    label: str
    """The number of the paragraph."""
    language: str
    follows: int
    """The revision of the leading language that it says the same as."""
    wording: str


@guard("version.written")
def may_write(_viewer: Viewer, _meeting: Meeting, text: Text) -> None:
    """The text is being drafted."""
    must_be_drafted(text)


@act("version.written", "Write a paragraph in another language", by=TRANSLATORS)
def write(occasion: Occasion, inputs: WriteVersion) -> VersionWritten:
    """A translator writes a paragraph in a further language, against a numbered revision of the leading one.

    Whoever had confirmed the earlier wording is asked again. Another's words that came in the meantime are not
    overwritten: the form is refused.
    """
    meeting, text = meeting_and_draft(occasion, inputs)
    may_write(occasion.actor, meeting, text)
    return _version(occasion.session, text, inputs)


def _version(session: Session, text: Text, inputs: WriteVersion) -> VersionWritten:
    must_stand_in(text, inputs.language)
    paragraph = paragraph_of(session, text, inputs.paragraph)
    if not 0 < inputs.revision <= paragraph.revision:
        raise not_found(lazy("There is no such revision of this paragraph."))
    must_not_overwrite(version_of(session, paragraph.id, inputs.language), inputs.seen, inputs.revision)
    labels = labels_of(session, text)
    wording = fit_for(paragraph, inputs.wording, labels)
    if not wording:
        raise invalid(wording=lazy("This is needed."))
    return VersionWritten(
        text=text.name,
        paragraph=paragraph.id,
        label=labels[paragraph.id],
        language=inputs.language,
        follows=inputs.revision,
        wording=wording,
    )


@effect("version.written")
def written(session: Session, entry: Entry, body: VersionWritten) -> None:
    """One version per paragraph and language; the earlier ones are saved beside it."""
    _keep(session, entry, body)


def _keep(session: Session, entry: Entry, body: VersionWritten) -> Version:
    return keep_version(
        session,
        entry,
        paragraph=body.paragraph,
        language=body.language,
        wording=body.wording,
        follows=body.follows,
    )


@phrase("version.written")
def say_written(_entry: Entry, body: VersionWritten) -> str:
    """The paragraph and the language."""
    return gettext("Paragraph %(label)s is written in %(language)s") % {
        "label": place_label(body.label),
        "language": language_name(body.language),
    }


@guard("version.drafted")
def may_draft(_viewer: Viewer, _meeting: Meeting, text: Text, version: Version | None) -> None:
    """The text is being drafted, and no person has written the paragraph (`version`: the present one)."""
    must_be_drafted(text)
    if version is not None and not version.machine:
        raise out_of_order(lazy("A person has written this paragraph already; a machine does not overwrite it."))


@act("version.drafted", "Keep a machine's draft", by=TRANSLATORS)
def draft(occasion: Occasion, inputs: WriteVersion) -> VersionWritten:
    """A translator has a machine draft a paragraph, where a translation service is set up.

    The draft is marked as machine-made until a person writes or confirms it. What a person wrote is never overwritten.
    """
    meeting, text = meeting_and_draft(occasion, inputs)
    paragraph = paragraph_of(occasion.session, text, inputs.paragraph)
    may_draft(occasion.actor, meeting, text, version_of(occasion.session, paragraph.id, inputs.language))
    if not occasion.settings.translation:
        raise out_of_order(lazy("No translation service is set up here."))
    return _version(occasion.session, text, inputs)


@effect("version.drafted")
def drafted(session: Session, entry: Entry, body: VersionWritten) -> None:
    """A version, marked as machine-made."""
    _keep(session, entry, body).machine = True


@phrase("version.drafted")
def say_drafted(_entry: Entry, body: VersionWritten) -> str:
    """The paragraph and the language."""
    return gettext("A machine drafts paragraph %(label)s in %(language)s") % {
        "label": place_label(body.label),
        "language": language_name(body.language),
    }


class ConfirmVersion(InText, frozen=True, kw_only=True):
    """A version that says the same."""

    paragraph: Hidden
    language: Hidden
    seen: HiddenNumber


class VersionConfirmed(Body, frozen=True, kw_only=True):
    """Who confirmed that a version says the same as the leading language."""

    text: str
    paragraph: str
    label: str
    language: str
    by: str
    """The delegation that confirmed it now."""
    confirmed: list[str]
    """All delegations that have confirmed this wording."""


@guard("version.confirmed")
def may_confirm(viewer: Viewer, _meeting: Meeting, text: Text, paragraph: Paragraph, version: Version) -> None:
    """The text is being drafted, the own delegation negotiates it, and the version follows the present revision."""
    must_be_drafted(text)
    must_negotiate(viewer, SPEAKERS, text)
    if version.follows != paragraph.revision:
        raise out_of_order(lazy("The leading language has changed since this was written: it has to follow first."))


@act("version.confirmed", "Confirm a language version", by=SPEAKERS)
def confirm(occasion: Occasion, inputs: ConfirmVersion) -> VersionConfirmed:
    """A delegation confirms that a paragraph says the same in this language as in the leading one.

    A version that is behind cannot be confirmed, nor one that has changed since it was read.
    """
    meeting, text = meeting_and_draft(occasion, inputs)
    paragraph = paragraph_of(occasion.session, text, inputs.paragraph)
    version = version_of(occasion.session, paragraph.id, inputs.language)
    if version is None:
        raise not_found(lazy("This paragraph is not yet written in that language."))
    may_confirm(occasion.actor, meeting, text, paragraph, version)
    must_stand_in(text, inputs.language)
    if version.entry != inputs.seen:
        raise conflict(lazy("This version has changed since you read it. Look again."))
    return VersionConfirmed(
        text=text.name,
        paragraph=paragraph.id,
        label=labels_of(occasion.session, text)[paragraph.id],
        language=inputs.language,
        by=occasion.delegation,
        confirmed=[state for state in text.order if state in {*version.confirmed, occasion.delegation}],
    )


@effect("version.confirmed")
def was_confirmed(session: Session, _entry: Entry, body: VersionConfirmed) -> None:
    """One more delegation confirms."""
    version = version_of(session, body.paragraph, body.language)
    assert version is not None
    version.confirmed, version.machine = body.confirmed, False


@phrase("version.confirmed")
def say_confirmed(_entry: Entry, body: VersionConfirmed) -> str:
    """The delegation, the paragraph and the language."""
    return gettext("%(who)s confirms paragraph %(label)s in %(language)s") % {
        "who": holder_name(body.by),
        "label": place_label(body.label),
        "language": language_name(body.language),
    }
