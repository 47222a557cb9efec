"""Acts of the languages of a text: versions written and confirmed; terms agreed for a format."""

from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import InFormat, Occasion, act, effect, phrase
from suhbat.acts.actors import SPEAKERS, STAFF, Role
from suhbat.formats.models import Format
from suhbat.ground.ids import new_id
from suhbat.ground.language import LANGUAGES, gettext, lazy
from suhbat.ground.refusals import conflict, invalid, not_found, out_of_order
from suhbat.record.entries import Entry
from suhbat.texts.finding import (
    Hidden,
    HiddenNumber,
    InText,
    delegation_in,
    drafting_text,
    fit,
    labels_of,
    paragraph_of,
    text_of,
)
from suhbat.texts.models import Term, Text, Version
from suhbat.texts.proposing import who

TRANSLATORS = SPEAKERS | STAFF | {Role.INTERPRETER}


class SetLanguages(InText, frozen=True, kw_only=True):
    """The further languages of a text."""

    languages: Annotated[
        list[str], Meta(title="Further languages", extra={"choices": "languages", "widget": "boxes"})
    ] = []


@act("version.languages_set", "Choose the languages of a text", by=STAFF)
def set_languages(occasion: Occasion, wish: SetLanguages) -> dict[str, Any]:
    """The drafter says in which further languages the text is to stand.

    Confirmed versions in all of them are then required for its adoption.
    """
    text = drafting_text(occasion, wish)
    strange = [code for code in wish.languages if code not in LANGUAGES]
    if strange:
        raise invalid(languages=lazy("This is not one of the choices."))
    chosen = [code for code in dict.fromkeys(wish.languages) if code != text.language]
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
    wording: Annotated[str, Meta(title="Wording", min_length=1, max_length=8_000, extra={"widget": "textarea"})]


def _in_language(text: Text, language: str) -> None:
    if language not in text.languages:
        raise out_of_order(lazy("The text does not stand in this language."))


@act("version.written", "Write a paragraph in another language", by=TRANSLATORS)
def write(occasion: Occasion, wish: WriteVersion) -> dict[str, Any]:
    """A translator writes a paragraph in a further language, against a numbered revision of the leading one.

    Whoever had confirmed the earlier wording is asked again.
    """
    text = drafting_text(occasion, wish)
    _in_language(text, wish.language)
    paragraph = paragraph_of(occasion.session, text, wish.paragraph)
    if not 0 < wish.revision <= paragraph.revision:
        raise not_found(lazy("There is no such revision of this paragraph."))
    labels = labels_of(occasion.session, text)
    wording = fit(wish.wording, labels)
    if not wording:
        raise invalid(wording=lazy("This is needed."))
    return {
        "text": text.name,
        "paragraph": paragraph.id,
        "label": labels[paragraph.id],
        "language": wish.language,
        "follows": wish.revision,
        "wording": wording,
    }


class WriteTitle(InText, frozen=True, kw_only=True):
    """The title in a further language."""

    language: Hidden
    title: Annotated[str, Meta(title="Title", min_length=3, max_length=300)]


@act("version.titled", "Write the title in another language", by=TRANSLATORS)
def entitle(occasion: Occasion, wish: WriteTitle) -> dict[str, Any]:
    """A translator writes the title of the text in a further language; copies in that language bear it."""
    text = drafting_text(occasion, wish)
    _in_language(text, wish.language)
    title = " ".join(fit(wish.title, {}, "title").split())
    if not title:
        raise invalid(title=lazy("This is needed."))
    return {"text": text.name, "title": text.title, "language": wish.language, "written": title}


@effect("version.titled")
def entitled(session: Session, entry: Entry) -> None:
    """One title per language."""
    text = text_of(session, entry.meeting, entry.body["text"])
    text.titles = text.titles | {entry.body["language"]: entry.body["written"]}
    text.changed = entry.number


@phrase("version.titled")
def say_entitled(entry: Entry) -> str:
    """The title in that language."""
    language = LANGUAGES.get(entry.body["language"], entry.body["language"])
    return gettext("The title of “%(title)s” in %(language)s: %(written)s") % {**entry.body, "language": language}


def version_of(session: Session, paragraph: str, language: str) -> Version | None:
    """A paragraph's version in a language."""
    return session.scalar(select(Version).where(Version.paragraph == paragraph, Version.language == language))


@effect("version.written")
def written(session: Session, entry: Entry) -> None:
    """One version per paragraph and language; earlier ones are in the record."""
    body = entry.body
    found = version_of(session, body["paragraph"], body["language"])
    if found is None:
        found = Version(paragraph=body["paragraph"], language=body["language"], machine=False)
        session.add(found)
    found.wording, found.follows, found.confirmed = body["wording"], body["follows"], []
    found.entry = entry.number


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
def confirm(occasion: Occasion, wish: ConfirmVersion) -> dict[str, Any]:
    """A delegation confirms that a paragraph says the same in this language as in the leading one.

    A version that is behind cannot be confirmed, nor one that has changed since it was read.
    """
    text = drafting_text(occasion, wish)
    state = delegation_in(occasion, text)
    _in_language(text, wish.language)
    paragraph = paragraph_of(occasion.session, text, wish.paragraph)
    found = version_of(occasion.session, paragraph.id, wish.language)
    if found is None:
        raise not_found(lazy("This paragraph is not yet written in that language."))
    if found.entry != wish.seen:
        raise conflict(lazy("This version has changed since you read it. Look again."))
    if found.follows != paragraph.revision:
        raise out_of_order(lazy("The leading language has changed since this was written: it has to follow first."))
    labels = labels_of(occasion.session, text)
    confirmed = [each for each in text.order if each in {*found.confirmed, state}]
    return {
        "text": text.name,
        "paragraph": paragraph.id,
        "label": labels[paragraph.id],
        "language": wish.language,
        "by": state,
        "confirmed": confirmed,
    }


@effect("version.confirmed")
def confirmed_(session: Session, entry: Entry) -> None:
    """One more that confirms."""
    found = version_of(session, entry.body["paragraph"], entry.body["language"])
    assert found is not None
    found.confirmed = entry.body["confirmed"]


@phrase("version.confirmed")
def say_confirmed(entry: Entry) -> str:
    """Who, which paragraph, in which language."""
    return gettext("%(who)s confirms paragraph %(label)s in %(language)s") % _said(entry)


def _said(entry: Entry) -> dict[str, Any]:
    language = LANGUAGES.get(entry.body["language"], entry.body["language"])
    return {"label": entry.body["label"], "language": language, "who": who(entry.body.get("by", ""))}


class AgreeTerm(InFormat, frozen=True, kw_only=True):
    """A term in the languages of the format."""

    en: Annotated[str, Meta(title="English", max_length=200)] = ""
    ru: Annotated[str, Meta(title="Русский", max_length=200)] = ""
    ja: Annotated[str, Meta(title="日本語", max_length=200)] = ""
    kk: Annotated[str, Meta(title="Қазақша", max_length=200)] = ""
    ky: Annotated[str, Meta(title="Кыргызча", max_length=200)] = ""
    tg: Annotated[str, Meta(title="Тоҷикӣ", max_length=200)] = ""
    tk: Annotated[str, Meta(title="Türkmençe", max_length=200)] = ""
    uz: Annotated[str, Meta(title="Oʻzbekcha", max_length=200)] = ""
    note: Annotated[str, Meta(title="Note", max_length=1_000)] = ""


@act("term.agreed", "Agree a term", by=STAFF)
def agree(occasion: Occasion, wish: AgreeTerm) -> dict[str, Any]:
    """The secretariat of a format enters a term as it is agreed, in two languages at least.

    It is offered to translators and every version is checked against it.
    """
    if occasion.session.get(Format, wish.format) is None:
        raise not_found(lazy("There is no such format."))
    words = {code: said for code in LANGUAGES if (said := fit(getattr(wish, code), {}, code))}
    if len(words) < 2:  # noqa: PLR2004  (a term says the same in two languages at least)
        raise invalid(en=lazy("Give the term in two languages at least."))
    return {"term": new_id(), "words": words, "note": fit(wish.note, {}, "note")}


@effect("term.agreed")
def agreed(session: Session, entry: Entry) -> None:
    """The term."""
    body = entry.body
    session.add(
        Term(
            id=body["term"], format=entry.format, words=body["words"], note=body["note"], entry=entry.number,
            dropped=False,
        )
    )  # fmt: skip


class DropTerm(InFormat, frozen=True, kw_only=True):
    """A term that no longer counts."""

    term: Hidden


@act("term.dropped", "Drop a term", by=STAFF)
def drop(occasion: Occasion, wish: DropTerm) -> dict[str, Any]:
    """The secretariat takes a term out of the glossary; a changed term is a new one."""
    found = occasion.session.get(Term, wish.term)
    if found is None or found.format != wish.format or found.dropped:
        raise not_found()
    return {"term": found.id, "words": found.words}


@effect("term.dropped")
def dropped(session: Session, entry: Entry) -> None:
    """No longer offered."""
    session.get_one(Term, entry.body["term"]).dropped = True
