r"""A reader's corrections of one language, applied to its catalogue.

A file of corrections is a table with tabs between its columns:

    msgid    today    better    form    context

`msgid` is the English text, `today` its present translation (empty if there is none), `better` the new one. `form` is
the index of a plural form, empty for a text that has none; `context` is the text's `msgctxt`, empty if it has none. The
last two columns may be missing. Line ends and tabs within a text are written `\n` and `\t`. A correction is applied if
the catalogue still has `today`, and if `better` has every placeholder of the English.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Catalog, Message
from scripts import translation_catalogues

PLACEHOLDER = re.compile(r"%\(\w+\)[sdi]|\{\w*\}|%[sd]")


@dataclass(frozen=True)
class Correction:
    """One row of a file: a translation and its better one."""

    msgid: str
    today: str
    better: str
    form: int | None
    context: str


def apply(code: str, path: Path) -> list[str]:
    """Correct a language's catalogue by a file; returns a line with the reason for each row that was not applied."""
    catalogue = translation_catalogues.read(code)
    refused = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("msgid\t"):
            continue
        if fault := _correct(catalogue, _read(line)):
            refused.append(f"{path.name}, line {number}: {fault}")
    translation_catalogues.write(code, catalogue)
    return refused


def _read(line: str) -> Correction | None:
    cells = [cell.replace("\\n", "\n").replace("\\t", "\t") for cell in line.split("\t")]
    if len(cells) < len(("msgid", "today", "better")):
        return None
    msgid, today, better, form, context = (*cells, "", "")[:5]
    return Correction(msgid, today, better, int(form) if form.strip() else None, context)


def _correct(catalogue: Catalog, correction: Correction | None) -> str:
    """Apply one correction; returns the reason if it cannot be applied, else an empty text."""
    if correction is None:
        return "fewer than three columns"
    message = catalogue.get(correction.msgid, correction.context or None)
    if message is None:
        return f"no such text: {correction.msgid!r}"
    if missing := set(PLACEHOLDER.findall(correction.msgid)) - set(PLACEHOLDER.findall(correction.better)):
        return f"placeholders missing: {', '.join(sorted(missing))}"
    if _translation(message, correction.form) not in {correction.today, correction.better}:
        return f"the catalogue says something else: {correction.msgid!r}"
    if correction.form is None:
        message.string = correction.better
    else:
        forms = list(message.string)
        forms[correction.form] = correction.better
        message.string = tuple(forms)
    return ""


def _translation(message: Message, form: int | None) -> str | None:
    """The present translation, or one plural form of it; None if the text has no such form."""
    counted = not isinstance(message.id, str)
    if counted != (form is not None):
        return None
    if form is None:
        return str(message.string or "")
    return str(message.string[form]) if form < len(message.string) else None
