"""Pages as semantic HTML: one template engine over the `templates/` folders of all rooms."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.bccache import Bucket
from jinja2.ext import i18n  # noqa: F401  (named below by its import path)

from suhbat.ground import dates, language, language_names, money, name_lists

ROOMS = Path(__file__).parent.parent


class _CompiledOnce(BytecodeCache):
    """What templates were compiled to, kept for as long as the process runs: a second house need not do it again.

    It is found by a template's name, file and present text, so that what was changed is compiled anew. Every
    environment of this process has the same filters and options, on which the result rests too.
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
    """The engine; a template is named by its room: `meetings/meeting.html`."""
    environment = Environment(
        loader=FileSystemLoader([str(ROOMS / "ground" / "templates"), *_folders()]),
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
    """Every room's `templates/`, each of which holds one folder of the room's own name."""
    return [str(path) for path in sorted(ROOMS.glob("*/templates")) if path.parent.name != "ground"]


def render(environment: Environment, name: str, context: Mapping[str, Any]) -> str:
    """Render a template in the present reader's language; `environment.finish`, if a room set it, has the last word."""
    shown = environment.get_template(name).render(context)
    finish: Callable[[str], str] | None = getattr(environment, "finish", None)
    return finish(shown) if finish else shown
