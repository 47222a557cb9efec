"""The glossary: terms agreed for a format, offered while drafting and checked in every version."""

from typing import Annotated

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, InFormat, Occasion, act, effect
from suhbat.acts.roles_and_seats import STAFF
from suhbat.formats.models import Format
from suhbat.ground.ids import new_id
from suhbat.ground.language import LANGUAGES, lazy
from suhbat.ground.refusals import invalid, not_found
from suhbat.record.entries import Entry
from suhbat.texts.models import Term
from suhbat.texts.text_guard_checks import Hidden, fit


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


class TermAgreed(Body, frozen=True, kw_only=True):
    """A term as a format has agreed on it."""

    term: str
    """The id of the term."""
    words: dict[str, str]
    """By language, such as `{"en": …, "ru": …}`; two languages at least."""
    note: str
    """Empty where there is none."""


@act("term.agreed", "Agree a term", by=STAFF)
def agree(occasion: Occasion, inputs: AgreeTerm) -> TermAgreed:
    """The secretariat of a format enters a term as it is agreed, in two languages at least.

    It is offered to translators and every version is checked against it.
    """
    if occasion.session.get(Format, inputs.format) is None:
        raise not_found(lazy("There is no such format."))
    words = {code: term for code in LANGUAGES if (term := fit(getattr(inputs, code), {}, code))}
    if len(words) < 2:  # noqa: PLR2004  (a term says the same in two languages at least)
        raise invalid(en=lazy("Give the term in two languages at least."))
    return TermAgreed(term=new_id(), words=words, note=fit(inputs.note, {}, "note"))


@effect("term.agreed")
def agreed(session: Session, entry: Entry, body: TermAgreed) -> None:
    """The format has the term."""
    session.add(
        Term(
            id=body.term, format=entry.format, words=body.words, note=body.note, entry=entry.number, dropped=False
        )
    )  # fmt: skip


class DropTerm(InFormat, frozen=True, kw_only=True):
    """A term that no longer counts."""

    term: Hidden


class TermDropped(Body, frozen=True, kw_only=True):
    """A term that no longer counts."""

    term: str
    words: dict[str, str]
    """What it was, by language."""


@act("term.dropped", "Drop a term", by=STAFF)
def drop(occasion: Occasion, inputs: DropTerm) -> TermDropped:
    """The secretariat takes a term out of the glossary; a changed term is a new one."""
    term = occasion.session.get(Term, inputs.term)
    if term is None or term.format != inputs.format or term.dropped:
        raise not_found()
    return TermDropped(term=term.id, words=term.words)


@effect("term.dropped")
def dropped(session: Session, _entry: Entry, body: TermDropped) -> None:
    """The term is no longer offered."""
    session.get_one(Term, body.term).dropped = True
