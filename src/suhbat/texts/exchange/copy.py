"""A copy of a text, ready to be set: in one language, in the order that its keeper's copy has (the alternat)."""

import re
from typing import Any

from babel.lists import format_list

from suhbat.formats.names import formal_name, state_name
from suhbat.ground.dates import show_date
from suhbat.ground.language import gettext, reading_in
from suhbat.texts.models import Signature, Text
from suhbat.texts.template_helpers import KINDS
from suhbat.texts.wording.footnotes import Notes
from suhbat.texts.wording.numbering import said

PARTIES = "{parties}"
"""Stands in a wording for the names of all parties: each copy names its keeper first."""


def alternat(order: list[str], keeper: str) -> list[str]:
    """The parties in the order of one party's copy: that party first, the others as they stand."""
    return [keeper, *(each for each in order if each != keeper)] if keeper in order else list(order)


def _party(code: str, language: str) -> str:
    """A party within a sentence; English gives an article to republics, unions and the like."""
    name = formal_name(code, language)
    described = language == "en" and re.search(r"\b(Republic|Union|Kingdom|States|Federation|Organi[sz]ation)\b", name)
    return f"the {name}" if described else name


def copy_of(
    text: Text, content: dict[str, Any], signatures: list[Signature], meeting: str, *, language: str, keeper: str = ""
) -> dict[str, Any]:
    """Everything that a printed copy shows. `content` is `suhbat.texts.content.document`."""
    order = alternat(content["parties"], keeper)
    leads = language == content["language"]
    words = [each["wording"] for each in content["paragraphs"]] if leads else content["versions"][language]
    signed = {each.delegation: each for each in signatures}
    with reading_in(language):
        parties = format_list([state_name(each, language) for each in order], locale=language)
        return {
            "title": content.get("titles", {}).get(language, text.title),
            "kind": str(KINDS.get(text.kind, text.kind)),
            "language": language,
            "meeting": meeting,
            "state": _state(text),
            "adopted": bool(text.adopted),
            "parties": [formal_name(each, language) for each in order],
            "keeper": formal_name(keeper, language) if keeper in order else "",
            "keeper_word": gettext("Copy of %(party)s") % {"party": _party(keeper, language)} if keeper else "",
            "paragraphs": [
                {
                    "kind": each["kind"],
                    "number": each["number"],
                    "caption": _caption(each, wording, language),
                    "wording": wording.replace(PARTIES, parties),
                }
                for each, wording in zip(content["paragraphs"], words, strict=True)
            ],
            "blocks": [_block(each, signed.get(each), language) for each in order],
            "digest": text.digest,
            "digest_word": gettext("SHA-256 of the text in all its languages"),
        }


def _state(text: Text) -> str:
    if not text.adopted:
        return gettext("Draft under negotiation; not agreed")
    how = gettext("Adopted by silence") if text.adopted_by == "silence" else gettext("Adopted by consensus")
    return f"{how}, {show_date(text.adopted[:10])}"


def _block(state: str, signature: Signature | None, language: str) -> dict[str, Any]:
    return {
        "state": state,
        "for": gettext("For %(party)s") % {"party": _party(state, language)},
        "name": signature.name if signature else "",
        "office": signature.office if signature else "",
        "when": show_date(signature.time[:10]) if signature else "",
    }


def plain_text(copy: dict[str, Any]) -> str:
    """The copy as plain text, one paragraph per line; its footnotes at the end, numbered through."""
    lines = [copy["title"], "", copy["state"], ""]
    notes = Notes()
    for each in copy["paragraphs"]:
        number = "" if each["kind"] in {"preambular", "annex", "table"} else f"{printed_number(each)} "
        lines += [each["caption"]] if each["caption"] else []
        lines += [f"{number}{notes.marked(each['wording'])}", ""]
    for block in copy["blocks"]:
        who = ", ".join(part for part in (block["name"], block["office"], block["when"]) if part)
        lines.append(f"{block['for']}: {who or '________'}")
    if copy["digest"]:
        lines += ["", f"{copy['digest_word']}: {copy['digest']}"]
    if notes.said:
        lines += ["", *notes.lines()]
    return "\n".join(lines) + "\n"


def _caption(paragraph: dict[str, Any], wording: str, language: str) -> str:
    """What annexes and tables are called, so that a reference finds them; not where their own words say it already."""
    if paragraph["kind"] not in {"annex", "table"}:
        return ""
    called = said(paragraph["number"], language)
    return "" if wording.casefold().startswith(called.casefold()) else called


def printed_number(paragraph: dict[str, Any]) -> str:
    """The number as it is printed: `1.`, `(a)`, `I.`."""
    number: str = paragraph["number"]
    if paragraph["kind"] == "sub":
        return number[number.index("(") :]
    return f"{number}."
