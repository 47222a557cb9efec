"""Finds interface texts in Python: in the calls that translate, and where acts, panels and fields are named.

Babel's own extractor sees calls such as `_("…")` only; labels of fields stand in `Meta(title=…)`, which is
translated when a form is drawn.
"""

import ast
from collections.abc import Iterator
from typing import IO, Any

Found = tuple[int, str, str | tuple[str, ...], list[str]]
CALLS = {"_": 1, "gettext": 1, "lazy": 1, "ngettext": 2, "pgettext": 2}
"""Calls that translate, and how many leading texts they take."""
NAMED = {"act": 1, "panel": 2}
"""Calls whose argument at this place is a title."""
FIELDS = {"title", "description"}


def extract(source: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Iterator[Found]:
    """Yield line, function, text or texts, comments; Babel's protocol for extractors."""
    del keywords, comment_tags, options  # the texts stand in known calls: see above
    for node in ast.walk(ast.parse(source.read())):
        if isinstance(node, ast.Call):
            yield from _of_call(node)
        elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Literal":
            yield from _of_choices(node)


def _of_call(node: ast.Call) -> Iterator[Found]:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    if name in CALLS:
        texts = [_text(argument) for argument in node.args[: CALLS[name]]]
        if texts and all(texts):
            yield node.lineno, name if len(texts) > 1 else "gettext", tuple(texts) if len(texts) > 1 else texts[0], []
    elif name in NAMED and len(node.args) > NAMED[name] and (text := _text(node.args[NAMED[name]])):
        yield node.lineno, "gettext", text, []
    elif name == "Meta":
        for keyword in node.keywords:
            if keyword.arg in FIELDS and (text := _text(keyword.value)):
                yield node.lineno, "gettext", text, []


def _of_choices(node: ast.Subscript) -> Iterator[Found]:
    """The words of a closed choice, as `acts.forms` labels them."""
    words = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    for word in map(_text, words):
        if word:
            yield node.lineno, "gettext", word.replace("-", " ").capitalize(), []


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
