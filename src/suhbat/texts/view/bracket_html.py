"""Compiled text as HTML: brackets with their holders, also for screen readers."""

import re
from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

from suhbat.formats.flags import flag
from suhbat.ground.language import gettext, language, pgettext
from suhbat.ground.name_lists import listed
from suhbat.texts.holder_names import holder_name
from suhbat.texts.text_guard_checks import CHAIR
from suhbat.texts.wording.brackets import Alternative, Compiled, Group, Node
from suhbat.texts.wording.footnotes import Notes, split_footnotes
from suhbat.texts.wording.numbering import with_numbers
from suhbat.texts.wording.tokens import tokens
from suhbat.texts.wording.unicode_cleaning import with_hidden_shown
from suhbat.texts.wording.word_difference import difference

_LEFT = Markup('<i aria-hidden="true">[</i>')
_RIGHT = Markup('<i aria-hidden="true">]</i>')
_DELETED = Markup('<del><span class="unseen">{} </span>{}</del>')
_INSERTED = Markup('<ins><span class="unseen">{} </span>{}</ins>')
_AROUND = 70
"""Letters of agreed text on each side of a bracket in an excerpt."""

_OWN = " br-own"
_EVERYONE = "\0"
"""Stands for the own delegation in HTML that is cached for all; the holders then stand between two of these letters."""
_HOLDERS = re.compile("\0([^\0]*)\0")
"""No wording holds this letter: input with it is refused."""


def words(text: str, labels: Mapping[str, str] | None = None) -> Markup:
    """Words with references as numbers, footnotes and line breaks; invisible letters by their names."""
    html = Markup()
    for passage, note in split_footnotes(text):
        html += _bare(passage, labels)
        if note:
            html += Markup('<span class="footnote"><span class="unseen">{} </span>{}</span>').format(
                gettext("Footnote:"), _bare(note, labels)
            )
    return html


def numbered(text: str, notes: Notes, labels: Mapping[str, str] | None = None) -> Markup:
    """Words with the marks of their footnotes; the notes themselves are for the end of the page (`endnotes`)."""
    html = Markup()
    for passage, note in split_footnotes(text):
        html += _bare(passage, labels)
        if note:
            n = notes.number(note)
            html += Markup(
                '<sup class="note-mark"><a href="#note-{0}" id="mark-{0}" aria-label="{1}">{0}</a></sup>'
            ).format(n, gettext("Footnote %(n)s") % {"n": n})
    return html


def with_marks(html: Markup, passages: Iterable[str]) -> Markup:
    """The HTML of a wording, with each of these passages marked."""
    for passage in dict.fromkeys(passages):
        escaped = Markup("<br>").join(escape(part) for part in passage.split("\n"))
        html = Markup(str(html).replace(str(escaped), f"<mark>{escaped}</mark>"))  # noqa: S704  (both are escaped)
    return html


def endnotes(notes: Notes, labels: Mapping[str, str] | None = None) -> Markup:
    """The footnotes of a page, each with the way back to its mark."""
    if not notes.notes:
        return Markup()
    rows = Markup().join(
        Markup('<li id="note-{0}">{1} <a href="#mark-{0}" aria-label="{2}">↑</a></li>').format(
            n, _bare(note, labels), gettext("Back to the text")
        )
        for n, note in enumerate(notes.notes, 1)
    )
    return Markup('<ol class="endnotes" aria-label="{}">{}</ol>').format(gettext("Footnotes"), rows)


def _bare(text: str, labels: Mapping[str, str] | None) -> Markup:
    html = Markup()
    for piece, hidden in with_hidden_shown(with_numbers(text, labels or {})):
        if hidden:
            spoken = gettext("hidden letter %(name)s") % {"name": piece}
            html += Markup('<span class="hidden-letter"><span class="unseen">{} </span>{}</span>').format(spoken, piece)
        else:
            html += Markup("<br>").join(escape(part) for part in piece.split("\n"))
    return html


def brackets(nodes: Compiled, labels: Mapping[str, str], own: str = "") -> Markup:
    """Compiled text with its brackets; words that the own delegation holds are marked."""
    return Markup().join(_node(node, labels, own) for node in nodes)


def line_brackets(nodes: Compiled, labels: Mapping[str, str], own: str, cache: dict[str, Markup]) -> Markup:
    """The same, drawn once per language and kept in `cache`; only the mark of the own words differs by reader."""
    html = cache.get(language())
    if html is None:
        html = cache[language()] = brackets(nodes, labels, _EVERYONE)
    return Markup(_HOLDERS.sub(lambda holders: _OWN if own in holders[1].split(" ") else "", html))  # noqa: S704


def excerpt(nodes: Compiled, labels: Mapping[str, str], own: str = "") -> Markup:
    """The brackets with only the nearest words around them."""
    html = Markup()
    for n, node in enumerate(nodes):
        if isinstance(node, str):
            html += words(_short(node, first=n == 0, last=n + 1 == len(nodes)), labels)
        else:
            html += _node(node, labels, own)
    return html


def _short(text: str, *, first: bool, last: bool) -> str:
    if first and last:
        return text[: 2 * _AROUND] + ("…" if len(text) > 2 * _AROUND else "")
    if first and len(text) > _AROUND:
        return "…" + text[-_AROUND:].partition(" ")[2]
    if last and len(text) > _AROUND:
        return text[:_AROUND].rpartition(" ")[0] + "…"
    if len(text) > 2 * _AROUND:
        return text[:_AROUND].rpartition(" ")[0] + " … " + text[-_AROUND:].partition(" ")[2]
    return text


def _node(node: Node, labels: Mapping[str, str], own: str) -> Markup:
    if isinstance(node, str):
        return words(node, labels)
    html = Markup('<span class="br">')
    if node.base:
        html += Markup('<span class="br-base{}"><span class="unseen">{} </span>{}{}{}</span> ').format(
            " br-gone" if _is_deletion(node) else "",
            gettext("In brackets:"),
            _LEFT,
            brackets(node.base, labels, own),
            _RIGHT,
        )
    html += Markup(" ").join(_alternative(alternative, labels, own) for alternative in node.alternatives)
    html += Markup('<span class="unseen"> {}</span></span>').format(gettext("End of brackets."))
    space = Markup(" ")
    return (space if node.space == "before" else Markup()) + html + (space if node.space == "after" else Markup())


def _is_deletion(group: Group) -> bool:
    return all(not alternative.words for alternative in group.alternatives)


def _alternative(alternative: Alternative, labels: Mapping[str, str], own: str) -> Markup:
    holders = alternative.holders
    names = listed(holder_name(holder) for holder in holders)
    spoken = gettext("%(who)s would have:") if alternative.words else gettext("%(who)s would leave this out.")
    tags = Markup().join(
        Markup('<span class="br-tag">{}{}</span>').format(
            flag(holder) if holder != CHAIR else "", pgettext("a person", "Chair") if holder == CHAIR else holder
        )
        for holder in holders
    )
    return Markup(
        '<span class="br-alt{}"><span class="br-who" aria-hidden="true" title="{}">{}{}</span>'
        '<span class="unseen">{} </span>{}{}</span>'
    ).format(
        f"\0{' '.join(holders)}\0" if own is _EVERYONE else _OWN if own in holders else "",
        names,
        _LEFT,
        tags,
        spoken % {"who": names},
        brackets(alternative.inner, labels, own)
        if alternative.inner
        else words(alternative.words, labels)
        if alternative.words
        else Markup('<span class="br-none" aria-hidden="true">–</span>'),
        _RIGHT,
    )


def changes(old: str, new: str, labels: Mapping[str, str], version: int) -> Markup:
    """Two wordings in one: deleted words in `<del>`, new words in `<ins>`."""
    base = tokens(old, version)
    html, at = Markup(), 0
    for edit in difference(old, new, version):
        html += words("".join(base[at : edit.start]), labels)
        deleted, inserted = "".join(base[edit.start : edit.end]), "".join(edit.words)
        if deleted:
            html += _DELETED.format(gettext("Gone:"), words(deleted, labels))
        if inserted:
            html += _INSERTED.format(gettext("Come:"), words(inserted, labels))
        at = edit.end
    return html + words("".join(base[at:]), labels)
