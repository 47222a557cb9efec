"""What the house finds by name is all that was written: no handler without a route, no key without what it names."""

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


def written(*endings: str) -> Iterator[Path]:
    """Every file of the house with one of these endings that is no test's."""
    for path in sorted(FOLDER.rglob("*")):
        if path.suffix in endings and not {"tests", "static"} & set(path.relative_to(FOLDER).parts):
            yield path


def handlers() -> dict[Any, str]:
    """Every function that was written to answer an address, by what it is."""
    found: dict[Any, str] = {}
    for path in written(".py"):
        if "litestar" not in path.read_text("utf-8"):
            continue
        module = importlib.import_module(".".join(path.relative_to(FOLDER.parent).with_suffix("").parts))
        for name, thing in vars(module).items():
            if isinstance(thing, HTTPRouteHandler):
                found[thing.fn] = f"{thing.fn.__module__}.{name}"
    return found


def test_every_handler_that_was_written_answers_an_address(app):
    answering = [handler.fn for route in make_pages(app).routes for handler in getattr(route, "route_handlers", ())]
    routed = {getattr(function, "func", function) for function in answering}  # what runs in a thread is wrapped
    forgotten = sorted(name for function, name in handlers().items() if function not in routed)
    assert len(handlers()) > len(FILES)
    assert forgotten == []


def test_every_file_of_the_table_is_in_some_package_and_told_to_contributors():
    guide = GUIDE.read_text("utf-8")
    assert [name for name in FILES if not list(modules(name))] == []
    assert [name for name in FILES if f"`{name}.py`" not in guide] == []


def said_of(kind: Any) -> Iterator[dict[str, Any]]:
    """What the fields of an input say beside their types, however deep they are."""
    if get_origin(kind) is Annotated:
        for meta in kind.__metadata__:
            if isinstance(meta, msgspec.Meta):
                yield meta.extra or {}
        yield from said_of(get_args(kind)[0])
    elif get_args(kind):
        for inner in get_args(kind):
            yield from said_of(inner)
    elif isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        for hint in get_type_hints(kind, include_extras=True).values():
            yield from said_of(hint)


@pytest.mark.parametrize(("key", "register"), [("choices", PROVIDERS), ("drawn", DRAWERS)])
def test_every_key_that_a_field_names_is_registered_and_every_one_registered_is_used(key, register):
    used = {said[key]: name for name, known in REGISTRY.items() for said in said_of(known.input_type) if key in said}
    assert {named: act for named, act in used.items() if named not in register} == {}
    assert sorted(register.keys() - used.keys()) == []


def test_every_panel_has_a_page_that_asks_for_its_slot_and_a_template(app):
    asked = {slot for path in written(".py") for slot in re.findall(r'panels_of\("(\w+)"\)', path.read_text("utf-8"))}
    assert {panel.slot for panel in PANELS.values()} == asked
    for panel in PANELS.values():
        assert app.templates.get_template(panel.template)


def test_every_kind_of_screen_that_a_page_opens_is_drawn_and_every_one_drawn_is_opened(app):
    make_pages(app)
    opened = {
        kind for path in written(".html") for kind in re.findall(r'data-screen="([\w-]+):', path.read_text("utf-8"))
    }
    assert opened == LIVE_VIEWS.keys()
