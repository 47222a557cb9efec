"""Acts of the glossary: terms agreed for a format, offered while drafting and checked in every version."""

from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import InFormat, Occasion, act, effect
from suhbat.acts.actors import STAFF
from suhbat.formats.models import Format
from suhbat.ground.ids import new_id
from suhbat.ground.language import LANGUAGES, lazy
from suhbat.ground.refusals import invalid, not_found
from suhbat.record.entries import Entry
from suhbat.texts.lookup import Hidden, fit
from suhbat.texts.models import Term


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
def agree(occasion: Occasion, inputs: AgreeTerm) -> dict[str, Any]:
    """The secretariat of a format enters a term as it is agreed, in two languages at least.

    It is offered to translators and every version is checked against it.
    """
    if occasion.session.get(Format, inputs.format) is None:
        raise not_found(lazy("There is no such format."))
    words = {code: said for code in LANGUAGES if (said := fit(getattr(inputs, code), {}, code))}
    if len(words) < 2:  # noqa: PLR2004  (a term says the same in two languages at least)
        raise invalid(en=lazy("Give the term in two languages at least."))
    return {"term": new_id(), "words": words, "note": fit(inputs.note, {}, "note")}


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
def drop(occasion: Occasion, inputs: DropTerm) -> dict[str, Any]:
    """The secretariat takes a term out of the glossary; a changed term is a new one."""
    found = occasion.session.get(Term, inputs.term)
    if found is None or found.format != inputs.format or found.dropped:
        raise not_found()
    return {"term": found.id, "words": found.words}


@effect("term.dropped")
def dropped(session: Session, entry: Entry) -> None:
    """No longer offered."""
    session.get_one(Term, entry.body["term"]).dropped = True
