"""A text as one value: what is adopted, hashed, signed and exported. The same on every machine."""

import hashlib
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.ground.language import Lazy, lazy
from suhbat.ground.language_names import language_name
from suhbat.ground.name_lists import in_a_row
from suhbat.record.hashing import canonical
from suhbat.texts.models import Paragraph, Proposal, Text, Version
from suhbat.texts.negotiation.cross_references import hanging_hurdles
from suhbat.texts.place_labels import place_label
from suhbat.texts.text_guard_checks import LIVE, running_silence, title_and_paragraphs
from suhbat.texts.wording import numbering
from suhbat.texts.wording.unicode_cleaning import misleading_letters

FORM = "suhbat-text-1"
"""The form of the value; a later form gets another name, so that old hashes stay what they are."""


def document(session: Session, text: Text) -> dict[str, Any]:
    """The base text in all its languages, references as numbers. Only what is in the text: no proposals.

    A text that was adopted while the server used other words for annexes, tables and the preamble keeps those words:
    its hash was made of them.
    """
    content = _document(session, text)
    if not text.digest or digest(content) == text.digest:
        return content
    former = _document(session, text, formerly=True)
    return former if digest(former) == text.digest else content


def _document(session: Session, text: Text, *, formerly: bool = False) -> dict[str, Any]:
    title, *others = title_and_paragraphs(session, text.id)
    paragraphs = [paragraph for paragraph in others if paragraph.wording]
    labels = numbering.numbers(paragraphs)
    ids = [title.id, *(paragraph.id for paragraph in paragraphs)]
    versions = session.scalars(select(Version).where(Version.paragraph.in_(ids))).all()
    wordings = {(version.paragraph, version.language): version.wording for version in versions}
    titles = {code: wordings[title.id, code] for code in text.languages if (title.id, code) in wordings}
    return ({"titles": titles} if titles else {}) | {
        "form": FORM,
        "format": text.meeting.partition("/")[0],
        "meeting": text.meeting,
        "name": text.name,
        "title": text.title,
        "kind": text.kind,
        "corrects": text.corrects or "",
        "parties": list(text.order),
        "language": text.language,
        "paragraphs": [
            {
                "kind": paragraph.kind,
                "number": labels[paragraph.id],
                "wording": numbering.with_numbers(paragraph.wording, labels, text.language, formerly=formerly),
            }
            for paragraph in paragraphs
        ],
        "versions": {
            code: [
                numbering.with_numbers(wordings.get((paragraph.id, code), ""), labels, code, formerly=formerly)
                for paragraph in paragraphs
            ]
            for code in text.languages
        },
    }


def digest(content: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON (RFC 8785) of a document, in hex."""
    return hashlib.sha256(canonical(content)).hexdigest()


def paragraph_digest(paragraph: Paragraph) -> str:
    """SHA-256 of one paragraph's wording, in hex."""
    return hashlib.sha256(paragraph.wording.encode()).hexdigest()


def _hidden_letters(session: Session, text: Text, paragraphs: list[Paragraph]) -> list[Lazy]:
    """Hurdles: letters that nobody sees on paper and that could change what a sentence means."""
    labels = numbering.numbers(paragraphs)
    ids = [paragraph.id for paragraph in paragraphs]
    versions = session.scalars(select(Version).where(Version.paragraph.in_(ids), Version.language.in_(text.languages)))
    wordings = [(paragraph.id, paragraph.wording) for paragraph in paragraphs]
    wordings += [(version.paragraph, version.wording) for version in versions] if text.languages else []
    hidden = {labels[name]: letters for name, words in wordings if (letters := misleading_letters(words))}
    return [
        lazy("Paragraph %(label)s holds letters that nobody sees: %(letters)s. Redraft it without them.")
        % {"label": place_label(label), "letters": in_a_row(dict.fromkeys(letters))}
        for label, letters in hidden.items()
    ]


def hurdles(session: Session, text: Text) -> list[Lazy]:
    """What still stands between the text and its adoption, in words; none if it is clean."""
    in_the_way: list[Lazy] = []
    title, *others = title_and_paragraphs(session, text.id)
    paragraphs = [paragraph for paragraph in others if paragraph.wording]
    if not paragraphs:
        in_the_way.append(lazy("The text has no paragraph."))
    live = set(session.scalars(select(Proposal.paragraph).where(Proposal.text == text.id, Proposal.status.in_(LIVE))))
    if live:
        labels = numbering.numbers([title, *others])
        places = [place_label(labels[paragraph.id]) for paragraph in (title, *others) if paragraph.id in live]
        in_the_way.append(lazy("Proposals are still open on: %(places)s.") % {"places": in_a_row(places)})
    in_the_way += _hidden_letters(session, text, paragraphs)
    in_the_way += hanging_hurdles(session, text, paragraphs)
    if any(silence.paragraph for silence in running_silence(session, text.id)):
        in_the_way.append(lazy("A paragraph is under silence; its deadline comes first."))
    if text.languages:
        in_the_way += _unconfirmed(session, text, title, paragraphs)
    return in_the_way


def _unconfirmed(session: Session, text: Text, title: Paragraph, paragraphs: list[Paragraph]) -> list[Lazy]:
    """Hurdles: languages in which paragraphs or the title are not confirmed against the leading language."""
    ids = [title.id, *(paragraph.id for paragraph in paragraphs)]
    versions = session.scalars(select(Version).where(Version.paragraph.in_(ids))).all()
    ready = {(version.paragraph, version.language, version.follows) for version in versions if version.confirmed}
    in_the_way: list[Lazy] = []
    for code in text.languages:
        language = language_name(code)
        missing = sum((paragraph.id, code, paragraph.revision) not in ready for paragraph in paragraphs)
        if missing:
            placeholders = {"language": language, "count": missing}
            in_the_way.append(lazy("In %(language)s %(count)s paragraphs are not confirmed.") % placeholders)
        if (title.id, code, title.revision) not in ready:
            in_the_way.append(lazy("In %(language)s the title is not confirmed.") % {"language": language})
    return in_the_way
