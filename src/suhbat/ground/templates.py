"""Pages as semantic HTML: one template engine over the `templates/` folders of all rooms."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.ext import i18n  # noqa: F401  (named below by its import path)

from suhbat.ground import dates, language, language_names, lists, money

ROOMS = Path(__file__).parent.parent


def make_environment() -> Environment:
    """The engine; a template is named by its room: `meetings/meeting.html`."""
    environment = Environment(
        loader=FileSystemLoader([str(ROOMS / "ground" / "templates"), *_folders()]),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
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
        language=language.language, LANGUAGES=language.LANGUAGES, labelled=lists.labelled, sentences=lists.sentences
    )
    environment.filters.update(
        date=dates.show_date,
        weekday=dates.show_weekday,
        instant=dates.show_instant,
        amount=money.show_amount,
        number=money.show_number,
        language_name=language_names.language_name,
        language_label=language_names.language_label,
        listed=lists.listed,
        in_a_row=lists.in_a_row,
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
