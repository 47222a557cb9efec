"""Paragraphs from plain text, recognised by the marks that people usually type."""

import re

import msgspec

from suhbat.ground.ids import new_id
from suhbat.ground.language import lazy
from suhbat.ground.refusals import invalid
from suhbat.texts.negotiation.paragraph_places import FreshParagraph
from suhbat.texts.text_guard_checks import fit
from suhbat.texts.wording import numbering

_NUMBERED = re.compile(r"^\d{1,3}[.)]\s+")
_LETTERED = re.compile(r"^\([a-z]{1,2}\)\s+")
MOST = 400
"""Paragraphs of one text at most."""


def read_paragraphs(pasted: str, labels: dict[str, str] | None = None) -> list[FreshParagraph]:
    """Paragraphs from plain text, recognised by the marks that people usually type.

    References are to the present paragraphs (`labels`), or without these to the new ones themselves.
    """
    blocks = [block.strip() for block in re.split(r"\n\s*\n", pasted.replace("\r\n", "\n")) if block.strip()]
    preamble = any(_NUMBERED.match(block) for block in blocks)
    fresh: list[FreshParagraph] = []
    for block in blocks:
        kind, wording = _kind_and_words(block)
        if kind == "operative" and _NUMBERED.match(block):
            preamble = False
        elif kind == "operative" and preamble:
            kind = "preambular"
        fresh.append(FreshParagraph(id=new_id(), kind=kind, wording=fit(wording, {}, "paragraphs")))
    if len(fresh) > MOST:
        raise invalid(paragraphs=lazy("A text has 400 paragraphs at most."))
    labels = labels or numbering.numbers(fresh)
    wordings = [numbering.with_ids(paragraph.wording, labels) for paragraph in fresh]
    return [msgspec.structs.replace(p, wording=wording) for p, wording in zip(fresh, wordings, strict=True)]


def _kind_and_words(block: str) -> tuple[str, str]:
    """The kind of a block, by its mark, and its words without the mark."""
    if block.startswith("# "):
        return "section", block[2:]
    if mark := _LETTERED.match(block):
        return "sub", block[mark.end() :]
    if mark := _NUMBERED.match(block):
        return "operative", block[mark.end() :]
    rows = block.split("\n")
    return ("table" if len(rows) > 1 and all("|" in row for row in rows) else "operative"), block
