"""Everything that is found by name is used: every handler has a route, every key of a field is registered."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import msgspec
import pytest
from litestar.handlers import HTTPRouteHandler

from suhbat.acts.forms import DRAWERS, PROVIDERS
from suhbat.acts.live_views import LIVE_VIEWS
from suhbat.acts.panels import PANELS
from suhbat.acts.registry import REGISTRY
from suhbat.application import make_pages
from suhbat.discovery import FILES, load_packages
from suhbat.ground.packages import FOLDER, modules

load_packages()
GUIDE = FOLDER.parent.parent / "CONTRIBUTING.md"


def sources(*endings: str) -> Iterator[Path]:
    """Every source file with one of these endings, without tests."""
    for path in sorted(FOLDER.rglob("*")):
        if path.suffix in endings and not {"tests", "static"} & set(path.relative_to(FOLDER).parts):
            yield path


def handlers() -> dict[Any, str]:
    """The name of every function that answers an address."""
    names: dict[Any, str] = {}
    for path in sources(".py"):
        if "litestar" not in path.read_text("utf-8"):
            continue
        module = importlib.import_module(".".join(path.relative_to(FOLDER.parent).with_suffix("").parts))
        for name, value in vars(module).items():
            if isinstance(value, HTTPRouteHandler):
                names[value.fn] = f"{value.fn.__module__}.{name}"
    return names


def test_every_handler_has_a_route(app):
    answering = [handler.fn for route in make_pages(app).routes for handler in getattr(route, "route_handlers", ())]
    routed = {getattr(function, "func", function) for function in answering}  # `func` is what runs in a thread
    forgotten = sorted(name for function, name in handlers().items() if function not in routed)
    assert len(handlers()) > len(FILES)
    assert forgotten == []


def test_every_file_of_the_table_is_in_some_package_and_in_the_guide_for_contributors():
    guide = GUIDE.read_text("utf-8")
    assert [name for name in FILES if not list(modules(name))] == []
    assert [name for name in FILES if f"`{name}.py`" not in guide] == []


def extras_of(kind: Any) -> Iterator[dict[str, Any]]:
    """The `extra` of every field of an input, also of nested ones."""
    if get_origin(kind) is Annotated:
        for meta in kind.__metadata__:
            if isinstance(meta, msgspec.Meta):
                yield meta.extra or {}
        yield from extras_of(get_args(kind)[0])
    elif get_args(kind):
        for inner in get_args(kind):
            yield from extras_of(inner)
    elif isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        for hint in get_type_hints(kind, include_extras=True).values():
            yield from extras_of(hint)


@pytest.mark.parametrize(("key", "register"), [("choices", PROVIDERS), ("drawn", DRAWERS)])
def test_every_key_of_a_field_is_registered_and_every_registered_key_is_used(key, register):
    used = {extra[key]: name for name, act in REGISTRY.items() for extra in extras_of(act.input_type) if key in extra}
    assert {value: name for value, name in used.items() if value not in register} == {}
    assert sorted(register.keys() - used.keys()) == []


def test_every_panel_has_a_page_with_its_slot_and_a_template(app):
    asking = re.compile(r'(?:panels_of\(|filled_panels\(session, app, actor, )"(\w+)"\)')
    slots = {slot for path in sources(".py") for slot in asking.findall(path.read_text("utf-8"))}
    assert {panel.slot for panel in PANELS.values()} == slots
    for panel in PANELS.values():
        assert app.templates.get_template(panel.template)


def test_every_live_view_on_a_page_is_registered_and_every_registered_one_is_on_a_page(app):
    make_pages(app)
    opened = {
        kind for path in sources(".html") for kind in re.findall(r'data-screen="([\w-]+):', path.read_text("utf-8"))
    }
    assert opened == LIVE_VIEWS.keys()
