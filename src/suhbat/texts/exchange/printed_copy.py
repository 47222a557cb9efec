"""A copy of a text, ready to be set: in one language, in the order that its keeper's copy has (the alternat)."""

from typing import Any

from suhbat.formats.state_names import formal_name, state_name
from suhbat.ground.dates import show_date
from suhbat.ground.language import gettext, reading_in
from suhbat.ground.name_lists import in_a_row, labelled, listed
from suhbat.people.names_with_titles import with_office
from suhbat.people.office_titles import office
from suhbat.texts.exchange.alternat import names_all, reordered
from suhbat.texts.exchange.party_names import copy_kept_by, signing_for
from suhbat.texts.models import Signature, Text
from suhbat.texts.negotiation.open_text import KINDS
from suhbat.texts.wording.footnotes import Notes
from suhbat.texts.wording.numbering import TITLE, label_in

PARTIES = "{parties}"
"""Stands in a wording for the names of all parties: each copy names its keeper first."""


def alternat(order: list[str], keeper: str) -> list[str]:
    """The parties in the order of one party's copy: that party first, the others as they stand."""
    return [keeper, *(state for state in order if state != keeper)] if keeper in order else list(order)


def copy_of(
    text: Text, content: dict[str, Any], signatures: list[Signature], meeting: str, *, language: str, keeper: str = ""
) -> dict[str, Any]:
    """Everything that a printed copy shows. `content` is `suhbat.texts.adoption.canonical_text.document`.

    A keeper's copy is the same text, under the same hash: only the order in which the parties are named is its own.
    """
    order = alternat(content["parties"], keeper)
    keeper = keeper if keeper in order else ""
    leads = language == content["language"]
    words = [paragraph["wording"] for paragraph in content["paragraphs"]] if leads else content["versions"][language]
    signed = {signature.delegation: signature for signature in signatures}
    with reading_in(language):
        naming = _Naming(content["parties"], order, keeper, language)
        return {
            "title": naming.ordered(content.get("titles", {}).get(language, text.title), TITLE),
            "kind": str(KINDS.get(text.kind, text.kind)),
            "language": language,
            "meeting": meeting,
            "state": _state(text),
            "adopted": bool(text.adopted),
            "parties": [formal_name(state, language) for state in order],
            "keeper": formal_name(keeper, language) if keeper else "",
            "keeper_word": copy_kept_by(keeper, language) if keeper else "",
            "paragraphs": [
                {
                    "kind": paragraph["kind"],
                    "number": paragraph["number"],
                    "caption": _caption(paragraph, wording, words, language),
                    "wording": naming.ordered(wording, paragraph["number"]),
                }
                for paragraph, wording in zip(content["paragraphs"], words, strict=True)
            ],
            "reordered": naming.moved,
            "left_alone": naming.left_alone,
            "blocks": [_block(state, signed.get(state), language) for state in order],
            "digest": text.digest,
            "digest_line": labelled(gettext("SHA-256 of the text in all its languages"), text.digest or ""),
        }


class _Naming:
    """Puts the names of the parties in wordings into the order of a copy, and lists where that changed something."""

    def __init__(self, parties: list[str], order: list[str], keeper: str, language: str) -> None:
        self._parties, self._keeper, self._language = parties, keeper, language
        self._before, self._now = (
            listed((state_name(state, language) for state in states), language) for states in (parties, order)
        )
        self.moved: list[dict[str, str]] = []
        """`where` (the number of the paragraph), `before` and `now`."""
        self.left_alone: list[str] = []
        """Numbers of paragraphs that seem to name all parties, but in no enumeration that could be put in order."""

    def ordered(self, words: str, where: str) -> str:
        """The words in the order of this copy."""
        reordering = reordered(words, self._parties, self._keeper, self._language)
        moved = (
            [*reordering.moved, *[(self._before, self._now)] * reordering.words.count(PARTIES)] if self._keeper else []
        )
        self.moved += [{"where": where, "before": was, "now": now} for was, now in moved if was != now]
        if self._keeper and not moved and names_all(words, self._parties, self._language):
            enumerated = reordered(words, self._parties, self._parties[-1], self._language).moved
            self.left_alone += [] if enumerated else [where]
        return reordering.words.replace(PARTIES, self._now)


def _state(text: Text) -> str:
    if not text.adopted:
        return gettext("Draft under negotiation; not agreed")
    how = gettext("Adopted by silence") if text.adopted_by == "silence" else gettext("Adopted by consensus")
    return in_a_row([how, show_date(text.adopted[:10])])


def _block(state: str, signature: Signature | None, language: str) -> dict[str, Any]:
    signed_for = signing_for(state, language)
    if signature is None:
        line = labelled(signed_for, "________")
        return {"state": state, "for": signed_for, "name": "", "below": "", "line": line}
    title, day = office(signature.office), show_date(signature.time[:10])
    return {
        "state": state,
        "for": signed_for,
        "name": signature.name,
        "below": in_a_row(part for part in (title, day) if part),
        "line": labelled(signed_for, in_a_row([with_office(signature.name, signature.office), day])),
    }


def plain_text(copy: dict[str, Any]) -> str:
    """The copy as plain text, one paragraph per line; its footnotes at the end, numbered through."""
    lines = [copy["title"], "", copy["state"], ""]
    notes = Notes()
    for paragraph in copy["paragraphs"]:
        number = "" if paragraph["kind"] in {"preambular", "annex", "table"} else f"{printed_number(paragraph)} "
        lines += [paragraph["caption"]] if paragraph["caption"] else []
        lines += [f"{number}{notes.marked(paragraph['wording'])}", ""]
    for block in copy["blocks"]:
        lines.append(block["line"])
    if copy["digest"]:
        lines += ["", copy["digest_line"]]
    if notes.notes:
        lines += ["", *notes.lines()]
    return "\n".join(lines) + "\n"


def _caption(paragraph: dict[str, Any], wording: str, whole: list[str], language: str) -> str:
    """What annexes and tables are called, so that a reference finds them; not where their own words say it already.

    Where the text itself refers to one by the name that the server used before, it has that name.
    """
    if paragraph["kind"] not in {"annex", "table"}:
        return ""
    called, former = (label_in(paragraph["number"], language, formerly=before) for before in (False, True))
    if any(former in words and called not in words for words in whole):
        called = former
    return "" if wording.casefold().startswith(called.casefold()) else called


def printed_number(paragraph: dict[str, Any]) -> str:
    """The number as it is printed: `1.`, `(a)`, `I.`."""
    number: str = paragraph["number"]
    if paragraph["kind"] == "sub":
        return number[number.index("(") :]
    return f"{number}."
