"""What a person does on a page without scripts: a form is found there, filled in and sent, or a link is followed."""

import re
from typing import Any
from urllib.parse import urlsplit

import lxml.html
from tests.page_controls import form_of, words_of

Typed = dict[str, str | list[str] | None]


def press(browser: Any, page: Any, act: str, /, **typed: str | list[str] | None) -> Any:
    """Send the form of an act that stands on a page, with what is typed; None leaves a field empty or unticked."""
    form = form_of(act, page.text)
    assert form, f"{page.url} has no form of {act}: {words_of(page.text)[:600]}"
    assert set(typed) <= {*form.fields, *form.hidden}, (
        f"{act} has no such fields: {sorted(set(typed) - {*form.fields})}"
    )
    values: dict[str, Any] = dict(form.hidden) | {name: field.values for name, field in form.fields.items()}
    values |= {name: [] if value is None else value for name, value in typed.items()}
    return browser.post(f"/acts/{act}", data=values, headers={"referer": str(page.url), "accept": "text/html"})


def follow(browser: Any, page: Any, label: str) -> Any:
    """Follow the link with these words on a page."""
    tree: Any = lxml.html.document_fromstring(page.text)
    for link in tree.iter("a"):
        if re.sub(r"\s+", " ", link.text_content()).strip() == label:
            return browser.get(link.get("href"), headers={"accept": "text/html"})
    raise AssertionError(f"{page.url} has no link “{label}”: {words_of(page.text)[:600]}")


def path_of(page: Any) -> str:
    """The address of a page, without the server."""
    return urlsplit(str(page.url)).path
