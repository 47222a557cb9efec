"""Pages as semantic HTML: one template engine for the `templates/` folders of all packages."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.bccache import Bucket
from jinja2.ext import i18n  # noqa: F401  (named below by its import path)

from suhbat.ground import dates, language, language_names, money, name_lists

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


def make_environment() -> Environment:
    """The template engine. A template's name begins with its package: `meetings/meeting.html`."""
    environment = Environment(
        loader=FileSystemLoader([str(PACKAGES / "ground" / "templates"), *_folders()]),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=COMPILED,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        language.gettext,
        language.ngettext,
        newstyle=True,
        pgettext=language.pgettext,
        npgettext=language.npgettext,
    )
    environment.globals.update(
        language=language.language,
        LANGUAGES=language.LANGUAGES,
        labelled=name_lists.labelled,
        sentences=name_lists.sentences,
    )
    environment.filters.update(
        date=dates.show_date,
        weekday=dates.show_weekday,
        instant=dates.show_instant,
        amount=money.show_amount,
        number=money.show_number,
        language_name=language_names.language_name,
        language_label=language_names.language_label,
        listed=name_lists.listed,
        in_a_row=name_lists.in_a_row,
    )
    return environment


def _folders() -> list[str]:
    """The `templates/` folders of all packages. Each has one folder with the package's name."""
    return [str(path) for path in sorted(PACKAGES.glob("*/templates")) if path.parent.name != "ground"]


def render(environment: Environment, name: str, context: Mapping[str, Any]) -> str:
    """Render a template in the present reader's language; `environment.finish`, if set, changes the result."""
    html = environment.get_template(name).render(context)
    finish: Callable[[str], str] | None = getattr(environment, "finish", None)
    return finish(html) if finish else html
