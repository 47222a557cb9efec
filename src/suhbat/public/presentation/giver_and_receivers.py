"""Who promised something to whom, as one phrase that each language translates as a whole.

States are listed side by side; the five states of Central Asia are one word. A name cannot take case endings, so every
translation must do without them.
"""

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from suhbat.acts.app import address
from suhbat.formats.state_names import name_language, protocol_order, state_name
from suhbat.ground.language import gettext as _
from suhbat.ground.language import language, ngettext, pgettext
from suhbat.ground.name_lists import in_a_row, listed

FIVE = ("KG", "KZ", "TJ", "TM", "UZ")
SIDE_BY_SIDE, BESIDE_THE_FIVE, MOST_GIVERS = 6, 3, 5
"""States that are listed by name, at most: in general, beside the five, and as givers without a receiver."""


def states(codes: Iterable[str], link: bool = True) -> Markup:
    """A list of states, by default with links to their pages."""
    return escape(in_a_row(_state(code, link) for code in codes))


def group(codes: Sequence[str], link: bool = True) -> Markup:
    """States as one party: the five as one word, many states as a number. The names are in the tooltip."""
    others = [code for code in codes if code not in FIVE]
    if len(codes) - len(others) == len(FIVE) and len(others) <= BESIDE_THE_FIVE:
        return escape(listed([*(_state(code, link) for code in others), _group_word(_("the five"), FIVE)]))
    if len(codes) > SIDE_BY_SIDE:
        count = len(codes)
        return _group_word(ngettext("%(num)s state", "%(num)s states", count) % {"num": count}, codes)
    return states(codes, link)


def _state(code: str, link: bool) -> Markup:
    """A state's name; if it is in another language than the page, it is marked with this language."""
    name_code = name_language(code)
    name = escape(state_name(code))
    if name_code and name_code != language():
        name = Markup('<span lang="{}">{}</span>').format(name_code, name)
    return Markup('<a class="state" href="%s">%s</a>') % (address(f"/states/{code}"), name) if link else name


def _group_word(words: str, codes: Iterable[str]) -> Markup:
    """One expression for several states, with their names in a tooltip, in the reader's alphabetical order."""
    names = in_a_row(state_name(code) for code in protocol_order(codes))
    return Markup('<span title="%s">%s</span>') % (names, words)


def party_to_party(giver: Markup, receiver: Markup) -> Markup:
    """Giver and receiver as one phrase."""
    template = pgettext("giver and receiver", "%(giver)s to %(receiver)s")
    return escape(template) % {"giver": giver, "receiver": receiver}


def between(by: Sequence[str], to: Sequence[str]) -> Markup:
    """Who promised something and to whom. Empty if many states agreed on something without a receiver."""
    if to:
        return party_to_party(group(by), group(to))
    return group(by) if len(by) <= MOST_GIVERS else Markup("")
