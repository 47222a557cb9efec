"""Do the language versions say the same: paragraph by paragraph, against the revision of the leading language."""

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
    """Judge one paragraph."""
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
    state: Concordance
    followed: str
    """The leading wording that the version follows; differs from the present one where it is behind."""
    terms: list[TermUse]
    earlier: list[EarlierVersion]
    """What the version said before, the latest first."""


def pairs(
    session: Session, text: Text, paragraphs: Iterable[Paragraph], labels: Mapping[str, str], language: str
) -> list[Pair]:
    """The text in its leading language and in this one, side by side."""
    held = [each for each in paragraphs if each.wording]
    ids = [each.id for each in held]
    versions = session.scalars(select(Version).where(Version.paragraph.in_(ids), Version.language == language))
    by_paragraph = {each.paragraph: each for each in versions}
    revisions = session.scalars(select(Revision).where(Revision.paragraph.in_(ids)))
    wordings = {(each.paragraph, each.number): each.wording for each in revisions}
    earlier = _earlier(session, ids, language)
    terms = terms_of(session, text.meeting.partition("/")[0])
    made = []
    for each in held:
        version = by_paragraph.get(each.id)
        followed = wordings.get((each.id, version.follows), "") if version else ""
        said = version.wording if version else ""
        uses = terms_in(terms, each.wording, said, text.language, language)
        state = concordance(each, version)
        made.append(Pair(each, labels[each.id], version, state, followed, uses, earlier.get(each.id, [])))
    return made


def _earlier(session: Session, paragraphs: list[str], language: str) -> dict[str, list[EarlierVersion]]:
    query = select(EarlierVersion).where(EarlierVersion.paragraph.in_(paragraphs), EarlierVersion.language == language)
    made: dict[str, list[EarlierVersion]] = {}
    for each in session.scalars(query.order_by(EarlierVersion.entry.desc())):
        made.setdefault(each.paragraph, []).append(each)
    return made


def terms_of(session: Session, format_: str) -> list[Term]:
    """The agreed terms of a format."""
    query = select(Term).where(Term.format == format_, Term.dropped.is_(False)).order_by(Term.id)
    return list(session.scalars(query))


def terms_in(terms: Iterable[Term], lead: str, version: str, language: str, other: str) -> list[TermUse]:
    """The agreed terms that a paragraph uses. Endings change in many languages: the first letters of words count."""
    found = []
    for term in terms:
        mine, theirs = term.words.get(language, ""), term.words.get(other, "")
        if mine and theirs and _holds(lead, mine):
            found.append(TermUse(mine, theirs, _holds(version, theirs)))
    return found


_STEM = 4
"""Letters of a word that have to agree at least; shorter words have to agree altogether."""


def _holds(text: str, term: str) -> bool:
    """Whether the words of a term stand in a text one after another, whatever their endings."""
    said, words = text.casefold().split(), term.casefold().split()
    if len(words) == 1 and words[0] in text.casefold():
        return True
    stems = [word[: max(_STEM, len(word) - 3)] for word in words]
    return any(
        all(said[at + n].lstrip("«“\"'([").startswith(stem) for n, stem in enumerate(stems))
        for at in range(len(said) - len(stems) + 1)
    )
