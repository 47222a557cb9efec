"""Acts of the languages of a text: versions written and confirmed; terms agreed for a format."""

from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Occasion, act, effect, phrase
from suhbat.acts.actors import SPEAKERS, STAFF, Role
from suhbat.ground.language import LANGUAGES, gettext, lazy
from suhbat.ground.language_names import language_name
from suhbat.ground.refusals import conflict, invalid, not_found, out_of_order
from suhbat.record.entries import Entry
from suhbat.texts.lookup import (
    Hidden,
    HiddenNumber,
    InText,
    delegation_in,
    drafting_text,
    fit_for,
    fit_title,
    labels_of,
    paragraph_of,
    text_of,
    title_of,
)
from suhbat.texts.models import EarlierVersion, Text, Version
from suhbat.texts.negotiation.propose import who
from suhbat.texts.place_labels import place_said

TRANSLATORS = SPEAKERS | STAFF | {Role.INTERPRETER}


class SetLanguages(InText, frozen=True, kw_only=True):
    """The further languages of a text."""

    languages: Annotated[
        list[str], Meta(title="Further languages", extra={"choices": "languages", "widget": "boxes"})
    ] = []


@act("version.languages_set", "Choose the languages of a text", by=STAFF)
def set_languages(occasion: Occasion, inputs: SetLanguages) -> dict[str, Any]:
    """The drafter says in which further languages the text is to stand.

    Confirmed versions in all of them are then required for its adoption.
    """
    text = drafting_text(occasion, inputs)
    strange = [code for code in inputs.languages if code not in LANGUAGES]
    if strange:
        raise invalid(languages=lazy("This is not one of the choices."))
    chosen = [code for code in dict.fromkeys(inputs.languages) if code != text.language]
    return {"text": text.name, "title": text.title, "languages": chosen}


@effect("version.languages_set")
def languages_set(session: Session, entry: Entry) -> None:
    """What was written in a language that falls away stays where it is."""
    text = text_of(session, entry.meeting, entry.body["text"])
    text.languages, text.changed = entry.body["languages"], entry.number


class WriteVersion(InText, frozen=True, kw_only=True):
    """A paragraph in a further language."""

    paragraph: Hidden
    language: Hidden
    revision: HiddenNumber
    seen: HiddenNumber = 0
    """The entry of the version that the form showed; 0: there was none."""
    wording: Annotated[str, Meta(title="Wording", min_length=1, max_length=8_000, extra={"widget": "textarea"})]


def _in_language(text: Text, language: str) -> None:
    if language not in text.languages:
        raise out_of_order(lazy("The text does not stand in this language."))


def _as_read(session: Session, paragraph: str, inputs: "WriteVersion | WriteTitle", follows: int) -> None:
    """Refuse to write over what the writer has not read, or over what follows a later revision."""
    found = version_of(session, paragraph, inputs.language)
    if (found.entry if found else 0) != inputs.seen or (found is not None and follows < found.follows):
        raise conflict(lazy("This version has changed since you read it. Look again."))


@act("version.written", "Write a paragraph in another language", by=TRANSLATORS)
def write(occasion: Occasion, inputs: WriteVersion) -> dict[str, Any]:
    """A translator writes a paragraph in a further language, against a numbered revision of the leading one.

    Whoever had confirmed the earlier wording is asked again. Another's words that came in the meantime are not
    overwritten: the form is refused.
    """
    text = drafting_text(occasion, inputs)
    _in_language(text, inputs.language)
    paragraph = paragraph_of(occasion.session, text, inputs.paragraph)
    if not 0 < inputs.revision <= paragraph.revision:
        raise not_found(lazy("There is no such revision of this paragraph."))
    _as_read(occasion.session, paragraph.id, inputs, inputs.revision)
    labels = labels_of(occasion.session, text)
    wording = fit_for(paragraph, inputs.wording, labels)
    if not wording:
        raise invalid(wording=lazy("This is needed."))
    return {
        "text": text.name,
        "paragraph": paragraph.id,
        "label": labels[paragraph.id],
        "language": inputs.language,
        "follows": inputs.revision,
        "wording": wording,
    }


class WriteTitle(InText, frozen=True, kw_only=True):
    """The title in a further language."""

    language: Hidden
    revision: HiddenNumber = 0
    """The revision of the leading title that it follows; 0: the present one."""
    seen: HiddenNumber = 0
    """The entry of the version that the form showed; 0: there was none."""
    title: Annotated[str, Meta(title="Title", min_length=3, max_length=300, extra={"context": "a text's"})]


@act("version.titled", "Write the title in another language", by=TRANSLATORS)
def entitle(occasion: Occasion, inputs: WriteTitle) -> dict[str, Any]:
    """A translator writes the title of the text in a further language, against a revision of the leading one.

    Copies in that language bear it. It is confirmed like a paragraph, and falls behind when the leading title changes.
    """
    text = drafting_text(occasion, inputs)
    _in_language(text, inputs.language)
    title = title_of(occasion.session, text.id)
    if inputs.revision > title.revision:
        raise not_found(lazy("There is no such revision of this paragraph."))
    follows = inputs.revision or title.revision
    _as_read(occasion.session, title.id, inputs, follows)
    return {
        "text": text.name,
        "title": text.title,
        "paragraph": title.id,
        "follows": follows,
        "language": inputs.language,
        "written": fit_title(inputs.title),
    }


@effect("version.titled")
def entitled(session: Session, entry: Entry) -> None:
    """One title per language; whoever had confirmed the earlier one is asked again."""
    body = entry.body
    text = text_of(session, entry.meeting, body["text"])
    title = title_of(session, text.id)
    _keep(session, entry, title.id, body["written"], body.get("follows") or title.revision)
    text.changed = entry.number


@phrase("version.titled")
def say_entitled(entry: Entry) -> str:
    """The title in that language."""
    language = language_name(entry.body["language"])
    return gettext("The title of “%(title)s” in %(language)s: %(written)s") % {**entry.body, "language": language}


def version_of(session: Session, paragraph: str, language: str) -> Version | None:
    """A paragraph's version in a language."""
    return session.scalar(select(Version).where(Version.paragraph == paragraph, Version.language == language))


@effect("version.written")
def written(session: Session, entry: Entry) -> None:
    """One version per paragraph and language; the earlier ones are laid behind it."""
    _keep(session, entry, entry.body["paragraph"], entry.body["wording"], entry.body["follows"])


def _keep(session: Session, entry: Entry, paragraph: str, wording: str, follows: int) -> None:
    language = entry.body["language"]
    found = version_of(session, paragraph, language)
    if found is None:
        found = Version(paragraph=paragraph, language=language, machine=False)
        session.add(found)
    else:
        earlier = {"wording": found.wording, "follows": found.follows, "entry": found.entry}
        session.add(EarlierVersion(paragraph=paragraph, language=language, **earlier))
    found.wording, found.follows, found.confirmed = wording, follows, []
    found.machine, found.entry = entry.act == "version.drafted", entry.number


@act("version.drafted", "Keep a machine's draft", by=TRANSLATORS)
def draft(occasion: Occasion, inputs: WriteVersion) -> dict[str, Any]:
    """A translator has a machine draft a paragraph, where the house has a translation service.

    The draft is marked as machine-made until a person writes or confirms it. What a person wrote is never overwritten.
    """
    text = drafting_text(occasion, inputs)
    if not occasion.settings.translation:
        raise out_of_order(lazy("No translation service is set up in this house."))
    held = version_of(occasion.session, paragraph_of(occasion.session, text, inputs.paragraph).id, inputs.language)
    if held is not None and not held.machine:
        raise out_of_order(lazy("A person has written this paragraph already; a machine does not overwrite it."))
    return write(occasion, inputs)


@effect("version.drafted")
def drafted(session: Session, entry: Entry) -> None:
    """A version like any other, but for its mark."""
    written(session, entry)


@phrase("version.drafted")
def say_drafted(entry: Entry) -> str:
    """Which paragraph, in which language."""
    return gettext("A machine drafts paragraph %(label)s in %(language)s") % _said(entry)


@phrase("version.written")
def say_written(entry: Entry) -> str:
    """Which paragraph, in which language."""
    return gettext("Paragraph %(label)s is written in %(language)s") % _said(entry)


class ConfirmVersion(InText, frozen=True, kw_only=True):
    """A version that says the same."""

    paragraph: Hidden
    language: Hidden
    seen: HiddenNumber


@act("version.confirmed", "Confirm a language version", by=SPEAKERS)
def confirm(occasion: Occasion, inputs: ConfirmVersion) -> dict[str, Any]:
    """A delegation confirms that a paragraph says the same in this language as in the leading one.

    A version that is behind cannot be confirmed, nor one that has changed since it was read.
    """
    text = drafting_text(occasion, inputs)
    state = delegation_in(occasion, text)
    _in_language(text, inputs.language)
    paragraph = paragraph_of(occasion.session, text, inputs.paragraph)
    found = version_of(occasion.session, paragraph.id, inputs.language)
    if found is None:
        raise not_found(lazy("This paragraph is not yet written in that language."))
    if found.entry != inputs.seen:
        raise conflict(lazy("This version has changed since you read it. Look again."))
    if found.follows != paragraph.revision:
        raise out_of_order(lazy("The leading language has changed since this was written: it has to follow first."))
    labels = labels_of(occasion.session, text)
    confirmed = [each for each in text.order if each in {*found.confirmed, state}]
    return {
        "text": text.name,
        "paragraph": paragraph.id,
        "label": labels[paragraph.id],
        "language": inputs.language,
        "by": state,
        "confirmed": confirmed,
    }


@effect("version.confirmed")
def confirmed_(session: Session, entry: Entry) -> None:
    """One more that confirms."""
    found = version_of(session, entry.body["paragraph"], entry.body["language"])
    assert found is not None
    found.confirmed, found.machine = entry.body["confirmed"], False


@phrase("version.confirmed")
def say_confirmed(entry: Entry) -> str:
    """Who, which paragraph, in which language."""
    return gettext("%(who)s confirms paragraph %(label)s in %(language)s") % _said(entry)


def _said(entry: Entry) -> dict[str, Any]:
    language = language_name(entry.body["language"])
    return {"label": place_said(entry.body["label"]), "language": language, "who": who(entry.body.get("by", ""))}
