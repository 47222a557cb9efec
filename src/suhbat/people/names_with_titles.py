"""A person's name with the office, in the order of the reader's language: 外務大臣 茂木敏充."""

from markupsafe import Markup

from suhbat.ground.language import language, pgettext
from suhbat.people.office_titles import SPELT_IN, office_language, office_within
from suhbat.people.office_titles import office as office_in_language


def with_office(name: str, office: str | None, spelt_in: str = "") -> str:
    """A name with its office in the reader's language; the name alone if no office is known.

    `spelt_in` is the language of the office, if it is known. An office that is not translated is marked with it.
    """
    if not office:
        return name
    pattern = pgettext("a person's name and office", "%(name)s, %(office)s")
    if code := office_language(office, spelt_in):
        return Markup(pattern) % {"name": name, "office": Markup('<span lang="{}">{}</span>').format(code, office)}  # noqa: S704  (our own text)
    is_english = language() == SPELT_IN
    translated = office if is_english else office_within(office) or office_in_language(office)
    return pattern % {"name": name, "office": translated}
