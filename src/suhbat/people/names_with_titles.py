"""A person and the office that the person bears, in the order of the reader's language: 外務大臣 茂木敏充."""

from markupsafe import Markup

from suhbat.ground.language import language, pgettext
from suhbat.people.office_titles import SPELT_IN, office_language, office_within
from suhbat.people.office_titles import office as office_in_language


def with_office(name: str, office: str | None, spelt_in: str = "") -> str:
    """A name with its office in the reader's language; the name alone where no office is known.

    With `spelt_in`, the language in which the office is known to be spelt, one that stays in it is marked so.
    """
    if not office:
        return name
    said = pgettext("a person's name and office", "%(name)s, %(office)s")
    if strange := office_language(office, spelt_in):
        return Markup(said) % {"name": name, "office": Markup('<span lang="{}">{}</span>').format(strange, office)}  # noqa: S704  (our own text)
    is_english = language() == SPELT_IN
    told = office if is_english else office_within(office) or office_in_language(office)
    return said % {"name": name, "office": told}
