"""Who promised what to whom, said whole in each language.

States stand side by side, the five in one word, and between giver and receiver what that language puts there. Endings
of case cannot be put behind a name, so none is needed.
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
"""States named one by one, at most: alone, before the five, and as givers where nobody is named as the receiver."""


def states(codes: Iterable[str], link: bool = True) -> Markup:
    """States in a row, each of them a link to its page if wanted."""
    return escape(in_a_row(_state(code, link) for code in codes))


def group(codes: Sequence[str], link: bool = True) -> Markup:
    """States as one party: the five in one word, of many others how many there are; who they are is told on a hover."""
    rest = [code for code in codes if code not in FIVE]
    if len(codes) - len(rest) == len(FIVE) and len(rest) <= BESIDE_THE_FIVE:
        return escape(listed([*(_state(code, link) for code in rest), _told_apart(_("the five"), FIVE)]))
    if len(codes) > SIDE_BY_SIDE:
        count = len(codes)
        return _told_apart(ngettext("%(num)s state", "%(num)s states", count) % {"num": count}, codes)
    return states(codes, link)


def _state(code: str, link: bool) -> Markup:
    """A state's name; where the register has it in English alone, marked as that."""
    spelt_in = name_language(code)
    name = escape(state_name(code))
    if spelt_in and spelt_in != language():
        name = Markup('<span lang="{}">{}</span>').format(spelt_in, name)
    return Markup('<a class="state" href="{}">{}</a>').format(address(f"/states/{code}"), name) if link else name


def _told_apart(said: str, codes: Iterable[str]) -> Markup:
    """One word for several states, with their names in the reader's alphabetical order behind it."""
    names = in_a_row(state_name(code) for code in protocol_order(codes))
    return Markup('<span title="{}">{}</span>').format(names, said)


def party_to_party(giver: Markup, receiver: Markup) -> Markup:
    """Who gives and who receives, as one text."""
    said = pgettext("giver and receiver", "%(giver)s to %(receiver)s")
    return escape(said) % {"giver": giver, "receiver": receiver}


def between(by: Sequence[str], to: Sequence[str]) -> Markup:
    """Who promised something and to whom; of many who agreed on something for nobody in particular, nothing."""
    if to:
        return party_to_party(group(by), group(to))
    return group(by) if len(by) <= MOST_GIVERS else Markup("")
