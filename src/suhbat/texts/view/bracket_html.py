"""Compiled text as HTML: brackets set beautifully, and spoken with their holders."""

import re
from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

from suhbat.formats.flags import flag
from suhbat.formats.state_names import state_name
from suhbat.ground.language import gettext, language, pgettext
from suhbat.ground.name_lists import listed
from suhbat.texts.text_lookup import CHAIR
from suhbat.texts.wording.brackets import Alternative, Compiled, Group, Node
from suhbat.texts.wording.footnotes import Notes, parted
from suhbat.texts.wording.numbering import shown
from suhbat.texts.wording.tokens import tokens
from suhbat.texts.wording.unicode_cleaning import with_hidden_shown
from suhbat.texts.wording.word_difference import difference

_LEFT = Markup('<i aria-hidden="true">[</i>')
_RIGHT = Markup('<i aria-hidden="true">]</i>')
_AROUND = 70
"""Letters of agreed text left on each side of a bracket in an excerpt."""


_OWN = " br-own"
_EVERYONE = "\0"
"""Stands for the own delegation in what is set out for all; the holders then stand between two of these letters."""
_HOLDERS = re.compile("\0([^\0]*)\0")
"""No wording holds this letter: it is refused where words come in."""


def words(text: str, labels: Mapping[str, str] | None = None) -> Markup:
    """Plain words: references as numbers, footnotes, lines; letters that nobody would see shown by their names."""
    made = Markup()
    for said, note in parted(text):
        made += _bare(said, labels)
        if note:
            made += Markup('<span class="footnote"><span class="unseen">{} </span>{}</span>').format(
                gettext("Footnote:"), _bare(note, labels)
            )
    return made


def numbered(text: str, notes: Notes, labels: Mapping[str, str] | None = None) -> Markup:
    """Words with the marks of their footnotes; the notes themselves are for the end of the page (`endnotes`)."""
    made = Markup()
    for said, note in parted(text):
        made += _bare(said, labels)
        if note:
            n = notes.number(note)
            made += Markup(
                '<sup class="note-mark"><a href="#note-{0}" id="mark-{0}" aria-label="{1}">{0}</a></sup>'
            ).format(n, gettext("Footnote %(n)s") % {"n": n})
    return made


def with_marks(made: Markup, spans: Iterable[str]) -> Markup:
    """Words set out before, with every one of these passages marked."""
    for span in dict.fromkeys(spans):
        said = Markup("<br>").join(escape(part) for part in span.split("\n"))
        made = Markup(str(made).replace(str(said), f"<mark>{said}</mark>"))  # noqa: S704  (both are escaped)
    return made


def endnotes(notes: Notes, labels: Mapping[str, str] | None = None) -> Markup:
    """The footnotes of a page, each with the way back to its mark."""
    if not notes.said:
        return Markup()
    rows = Markup().join(
        Markup('<li id="note-{0}">{1} <a href="#mark-{0}" aria-label="{2}">↑</a></li>').format(
            n, _bare(said, labels), gettext("Back to the text")
        )
        for n, said in enumerate(notes.said, 1)
    )
    return Markup('<ol class="endnotes" aria-label="{}">{}</ol>').format(gettext("Footnotes"), rows)


def _bare(text: str, labels: Mapping[str, str] | None) -> Markup:
    made = Markup()
    for piece, hidden in with_hidden_shown(shown(text, labels or {})):
        if hidden:
            said = gettext("hidden letter %(name)s") % {"name": piece}
            made += Markup('<span class="hidden-letter"><span class="unseen">{} </span>{}</span>').format(said, piece)
        else:
            made += Markup("<br>").join(escape(part) for part in piece.split("\n"))
    return made


def brackets(nodes: Compiled, labels: Mapping[str, str], own: str = "") -> Markup:
    """Compiled text with its brackets; words that the own delegation holds are marked."""
    return Markup().join(_node(node, labels, own) for node in nodes)


def line_brackets(nodes: Compiled, labels: Mapping[str, str], own: str, kept: dict[str, Markup]) -> Markup:
    """The same, set out once per language and kept in `kept`; only the mark of the own words is each reader's."""
    made = kept.get(language())
    if made is None:
        made = kept[language()] = brackets(nodes, labels, _EVERYONE)
    return Markup(_HOLDERS.sub(lambda found: _OWN if own in found[1].split(" ") else "", made))  # noqa: S704


def excerpt(nodes: Compiled, labels: Mapping[str, str], own: str = "") -> Markup:
    """The brackets with only the nearest words around them."""
    made = Markup()
    for n, node in enumerate(nodes):
        if isinstance(node, str):
            made += words(_short(node, first=n == 0, last=n + 1 == len(nodes)), labels)
        else:
            made += _node(node, labels, own)
    return made


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
    made = Markup('<span class="br">')
    if node.base:
        made += Markup('<span class="br-base{}"><span class="unseen">{} </span>{}{}{}</span> ').format(
            " br-gone" if _would_go(node) else "",
            gettext("In brackets:"),
            _LEFT,
            brackets(node.base, labels, own),
            _RIGHT,
        )
    made += Markup(" ").join(_alternative(each, labels, own) for each in node.alternatives)
    made += Markup('<span class="unseen"> {}</span></span>').format(gettext("End of brackets."))
    lone = Markup(" ")
    return (lone if node.space == "before" else Markup()) + made + (lone if node.space == "after" else Markup())


def _would_go(group: Group) -> bool:
    return all(not each.words for each in group.alternatives)


def _alternative(each: Alternative, labels: Mapping[str, str], own: str) -> Markup:
    names = listed(name(state) for state in each.holders)
    said = gettext("%(who)s would have:") if each.words else gettext("%(who)s would leave this out.")
    tags = Markup().join(
        Markup('<span class="br-tag">{}{}</span>').format(
            flag(state) if state != CHAIR else "", pgettext("a person", "Chair") if state == CHAIR else state
        )
        for state in each.holders
    )
    return Markup(
        '<span class="br-alt{}"><span class="br-who" aria-hidden="true" title="{}">{}{}</span>'
        '<span class="unseen">{} </span>{}{}</span>'
    ).format(
        f"\0{' '.join(each.holders)}\0" if own is _EVERYONE else _OWN if own in each.holders else "",
        names,
        _LEFT,
        tags,
        said % {"who": names},
        brackets(each.inner, labels, own)
        if each.inner
        else words(each.words, labels)
        if each.words
        else Markup('<span class="br-none" aria-hidden="true">–</span>'),
        _RIGHT,
    )


def name(holder: str) -> str:
    """A holder's name."""
    return gettext("The chair") if holder == CHAIR else state_name(holder)


def name_within(holder: str) -> str:
    """A holder's name within a sentence."""
    return gettext("the chair") if holder == CHAIR else state_name(holder)


def changes(old: str, new: str, labels: Mapping[str, str], version: int) -> Markup:
    """What changed between two wordings: what went, what came."""
    base = tokens(old, version)
    made, at = Markup(), 0
    for edit in difference(old, new, version):
        made += words("".join(base[at : edit.start]), labels)
        gone, come = "".join(base[edit.start : edit.end]), "".join(edit.words)
        if gone:
            made += Markup('<del><span class="unseen">{} </span>{}</del>').format(gettext("Gone:"), words(gone, labels))
        if come:
            made += Markup('<ins><span class="unseen">{} </span>{}</ins>').format(gettext("Come:"), words(come, labels))
        at = edit.end
    return made + words("".join(base[at:]), labels)
