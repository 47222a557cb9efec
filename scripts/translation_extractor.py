"""Finds interface texts in Python: in calls that translate, and in the titles of acts, panels and fields.

Babel's own extractor sees only calls such as `_("…")`; labels of fields stand in `Meta(title=…)`, which is
translated when a form is drawn. Contexts stand in `lazy("…", context="…")`, `act(…, context="…")`,
`panel(…, context="…")`, `Meta(title="…", extra={"context": "…"})` and, for the words of a `Literal`,
`Meta(extra={"words_of": "…"})` beside it.
"""

import ast
from collections.abc import Iterator
from typing import IO, Any, TypeGuard

Found = tuple[int, str, str | tuple[str, ...], list[str]]
CALLS = {"_": 1, "gettext": 1, "lazy": 1, "ngettext": 2, "pgettext": 2, "npgettext": 3}
"""Calls that translate, each with its number of texts; the first text of `pgettext` and `npgettext` is a context."""
NAMED = {"act": 1, "panel": 2}
"""Calls whose argument at this place is a title."""
FIELDS = {"title", "description"}
NOT_LITERAL = "a text and its context are plain literals; a context is given by name"


def extract(source: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Iterator[Found]:
    """Yield line, function, text or texts, comments; Babel's protocol for extractors."""
    del keywords, comment_tags, options  # the texts stand in known calls: see above
    yield from _of_node(ast.parse(source.read()), "")


def _of_node(node: ast.AST, words_of: str) -> Iterator[Found]:
    """The texts under a node; `words_of` is the context of the closed choices in it."""
    if isinstance(node, ast.Call):
        yield from _of_call(node)
    elif _is_subscript_of(node, "Annotated"):
        if _labelled_elsewhere(node):
            return
        words_of = _extra_of_metas(node, "words_of") or words_of
    elif _is_subscript_of(node, "Literal"):
        yield from _of_choices(node, words_of)
    for child in ast.iter_child_nodes(node):
        yield from _of_node(child, words_of)


def _of_call(node: ast.Call) -> Iterator[Found]:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    context = _text(_keyword(node, "context"))
    if name == "lazy" and len(node.args) > 1:
        raise SyntaxError(f"line {node.lineno}: {NOT_LITERAL}")
    if name in CALLS:
        texts = tuple(_text(argument) for argument in node.args[: CALLS[name]])
        if texts and all(texts):
            yield _found(node.lineno, name, texts, context)
    elif name in NAMED and len(node.args) > NAMED[name] and (text := _text(node.args[NAMED[name]])):
        yield _found(node.lineno, "gettext", (text,), context)
    elif name == "Meta":
        for keyword in node.keywords:
            if keyword.arg in FIELDS and (text := _text(keyword.value)):
                title_context = _extra(node, "context") if keyword.arg == "title" else ""
                yield _found(node.lineno, "gettext", (text,), title_context)


def _found(line: int, name: str, texts: tuple[str, ...], context: str) -> Found:
    if context:
        return line, "pgettext", (context, *texts), []
    return (line, name, texts, []) if len(texts) > 1 else (line, "gettext", texts[0], [])


def _of_choices(node: ast.Subscript, words_of: str) -> Iterator[Found]:
    """The words of a closed choice, as `acts.forms` labels them."""
    words = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    for word in map(_text, words):
        if word:
            yield _found(node.lineno, "gettext", (word.replace("-", " ").capitalize(),), words_of)


def _is_subscript_of(node: ast.AST, name: str) -> TypeGuard[ast.Subscript]:
    return isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == name


def _extra_of_metas(annotated: ast.Subscript, key: str) -> str:
    """The value of a key in the `extra` of an annotation's `Meta`s; empty if none has it."""
    parts = annotated.slice.elts if isinstance(annotated.slice, ast.Tuple) else []
    return next((text for part in parts if isinstance(part, ast.Call) and (text := _extra(part, key))), "")


def _labelled_elsewhere(annotated: ast.Subscript) -> bool:
    """Whether the words of a closed choice have their labels in a separate table (`extra={"labels": …}`)."""
    metas = annotated.slice.elts[1:] if isinstance(annotated.slice, ast.Tuple) else []
    extras = (_keyword(meta, "extra") for meta in metas if isinstance(meta, ast.Call))
    return any(_text(key) == "labels" for extra in extras if isinstance(extra, ast.Dict) for key in extra.keys)


def _extra(meta: ast.Call, key: str) -> str:
    extra = _keyword(meta, "extra")
    if not isinstance(extra, ast.Dict):
        return ""
    return next((_text(value) for name, value in zip(extra.keys, extra.values, strict=True) if _text(name) == key), "")


def _keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


def _text(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
