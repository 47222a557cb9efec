"""Pages as semantic HTML: one template engine for the `templates/` folders of all packages."""

from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.bccache import Bucket
from jinja2.ext import i18n  # noqa: F401  (named below by its import path)
from markupsafe import Markup

from suhbat.ground import dates, language, language_names, money, name_lists, text_languages

PACKAGES = Path(__file__).parent.parent


class _CompiledOnce(BytecodeCache):
    """The compiled templates, cached as long as the process runs: a second application does not compile them again.

    The key is the template's name, file and present text, so a changed template is compiled again. The result also
    depends on filters and options; these are the same in every environment of this process.
    """

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code


COMPILED = _CompiledOnce()


class _Environment(Environment):
    """Its templates share one table of globals. Jinja's own are a chain, read name by name at every rendering."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return self.globals if d is None else super().make_globals(d)


def make_environment() -> Environment:
    """The template engine. A template's name begins with its package: `meetings/meeting.html`."""
    environment = _Environment(
        loader=FileSystemLoader([str(PACKAGES / "ground" / "templates"), *_folders()]),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=COMPILED,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.globals.update(
        _=_marked(language.gettext),
        gettext=_marked(language.gettext),
        ngettext=_marked(language.ngettext, "num"),
        pgettext=_marked(language.pgettext),
        npgettext=_marked(language.npgettext, "num"),
        language=language.language,
        LANGUAGES=language.LANGUAGES,
        labelled=name_lists.labelled,
        sentences=name_lists.sentences,
        facts_of_words=money.facts_of_words,
    )
    environment.filters.update(
        date=dates.show_date,
        weekday=dates.show_weekday,
        instant=dates.show_instant,
        duration=dates.show_duration,
        amount=money.show_amount,
        in_words=money.show_in_words,
        number=money.show_number,
        language_name=language_names.language_name,
        language_label=language_names.language_label,
        own_language=text_languages.own_name,
        listed=name_lists.listed,
        in_a_row=name_lists.in_a_row,
    )
    return environment


def _marked(translate: Callable[..., str], count: str = "") -> Callable[..., Markup]:
    """A translation whose values are escaped, for templates; the last of its arguments is the value named `count`.

    Jinja's own functions need the context of the template, which Jinja copies for every text within a loop.
    """

    def translation(*arguments: Any, **values: Any) -> Markup:
        if count:
            values.setdefault(count, arguments[-1])
        return Markup(translate(*arguments)) % values  # noqa: S704  (our own texts)

    return translation


def _folders() -> list[str]:
    """The `templates/` folders of all packages. Each has one folder with the package's name."""
    return [str(path) for path in sorted(PACKAGES.glob("*/templates")) if path.parent.name != "ground"]


def render(environment: Environment, name: str, context: Mapping[str, Any]) -> str:
    """Render a template in the present reader's language; `environment.finish`, if set, changes the result."""
    html = environment.get_template(name).render(context)
    finish: Callable[[str], str] | None = getattr(environment, "finish", None)
    return finish(html) if finish else html
