"""Whether the language versions say the same: by paragraph, against the revision of the leading language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.texts.models import EarlierVersion, Paragraph, Revision, Term, Text, Version


class Concordance(StrEnum):
    """How a paragraph stands in a further language."""

    MISSING = "missing"
    DRAFT = "draft"
    """It follows the present revision, and nobody has confirmed it."""
    BEHIND = "behind"
    """The leading language has changed since."""
    CONFIRMED = "confirmed"


def concordance(paragraph: Paragraph, version: Version | None) -> Concordance:
    """How one paragraph stands."""
    if version is None:
        return Concordance.MISSING
    if version.follows != paragraph.revision:
        return Concordance.BEHIND
    return Concordance.CONFIRMED if version.confirmed else Concordance.DRAFT


@dataclass(frozen=True)
class TermUse:
    """An agreed term that the leading language uses here, and whether the version uses its counterpart."""

    term: str
    counterpart: str
    used: bool


@dataclass(frozen=True)
class Pair:
    """A paragraph in two languages."""

    paragraph: Paragraph
    label: str
    version: Version | None
    status: Concordance
    followed: str
    """The leading wording that the version follows; differs from the present one where it is behind."""
    terms: list[TermUse]
    earlier: list[EarlierVersion]
    """What the version said before, the latest first."""


def pairs(
    session: Session, text: Text, paragraphs: Iterable[Paragraph], labels: Mapping[str, str], language: str
) -> list[Pair]:
    """The text in its leading language and in this one, side by side."""
    worded = [paragraph for paragraph in paragraphs if paragraph.wording]
    ids = [paragraph.id for paragraph in worded]
    versions = session.scalars(select(Version).where(Version.paragraph.in_(ids), Version.language == language))
    by_paragraph = {version.paragraph: version for version in versions}
    revisions = session.scalars(select(Revision).where(Revision.paragraph.in_(ids)))
    wordings = {(revision.paragraph, revision.number): revision.wording for revision in revisions}
    earlier = _earlier(session, ids, language)
    terms = terms_of(session, text.meeting.partition("/")[0])
    side_by_side = []
    for paragraph in worded:
        version = by_paragraph.get(paragraph.id)
        followed = wordings.get((paragraph.id, version.follows), "") if version else ""
        wording = version.wording if version else ""
        uses = terms_in(terms, paragraph.wording, wording, text.language, language)
        status, before = concordance(paragraph, version), earlier.get(paragraph.id, [])
        side_by_side.append(Pair(paragraph, labels[paragraph.id], version, status, followed, uses, before))
    return side_by_side


def _earlier(session: Session, paragraphs: list[str], language: str) -> dict[str, list[EarlierVersion]]:
    query = select(EarlierVersion).where(EarlierVersion.paragraph.in_(paragraphs), EarlierVersion.language == language)
    by_paragraph: dict[str, list[EarlierVersion]] = {}
    for version in session.scalars(query.order_by(EarlierVersion.entry.desc())):
        by_paragraph.setdefault(version.paragraph, []).append(version)
    return by_paragraph


def terms_of(session: Session, format_: str) -> list[Term]:
    """The agreed terms of a format."""
    query = select(Term).where(Term.format == format_, Term.dropped.is_(False)).order_by(Term.id)
    return list(session.scalars(query))


def terms_in(terms: Iterable[Term], lead: str, version: str, language: str, other: str) -> list[TermUse]:
    """The agreed terms that a paragraph uses. Word endings change in many languages, so only stems are compared."""
    uses = []
    for term in terms:
        leading, counterpart = term.words.get(language, ""), term.words.get(other, "")
        if leading and counterpart and _contains(lead, leading):
            uses.append(TermUse(leading, counterpart, _contains(version, counterpart)))
    return uses


_STEM = 4
"""The letters of a word that must agree at least; a shorter word must agree as a whole."""


def _contains(text: str, term: str) -> bool:
    """Whether the words of a term stand in a text one after another, whatever their endings."""
    text_words, words = text.casefold().split(), term.casefold().split()
    if len(words) == 1 and words[0] in text.casefold():
        return True
    stems = [word[: max(_STEM, len(word) - 3)] for word in words]
    return any(
        all(text_words[at + n].lstrip("«“\"'([").startswith(stem) for n, stem in enumerate(stems))
        for at in range(len(text_words) - len(stems) + 1)
    )
