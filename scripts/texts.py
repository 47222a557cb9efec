"""Interface texts: collect, compile, check.

python scripts/texts.py collect    bring every language's catalogue up to the texts in code and templates
python scripts/texts.py compile    make the catalogues that the running house reads
python scripts/texts.py check      fail where a language lacks a text
"""

import sys
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "suhbat"
LOCALE = SOURCE / "locale"
LANGUAGES = ("ru", "ja", "kk", "ky", "tg", "tk", "uz")
"""Languages in which every text must be there. English is the texts themselves."""
METHODS = [
    ("**/tests/**", "ignore"),
    ("tests/**", "ignore"),
    ("**.py", "text_extractor:extract"),
    ("**/templates/**.html", "jinja2"),
]
OPTIONS = {"**/templates/**.html": {"trimmed": "true", "silent": "false", "extensions": "jinja2.ext.do"}}


def found() -> Catalog:
    """Every text in code and templates, with the files it stands in."""
    texts = Catalog(project="Suhbat", charset="utf-8")
    extracted = extract_from_dir(SOURCE, METHODS, OPTIONS)
    for name, _line, message, comments, context in sorted(extracted, key=lambda each: (each[0], each[1])):
        texts.add(message, None, [(str(name), 1)], auto_comments=comments, context=context)
    return texts


def catalogue(code: str) -> Path:
    """The file of a language's texts."""
    return LOCALE / code / "LC_MESSAGES" / "suhbat.po"


def read(code: str) -> Catalog:
    """A language's texts; an empty catalogue where there are none yet."""
    path = catalogue(code)
    if not path.exists():
        return Catalog(locale=code, project="Suhbat", charset="utf-8")
    with path.open("rb") as source:
        return read_po(source, locale=code)


def collect() -> None:
    """Bring each catalogue up to the texts; what is translated stays."""
    template = found()
    for code in LANGUAGES:
        texts = read(code)
        texts.update(template, no_fuzzy_matching=True)
        catalogue(code).parent.mkdir(parents=True, exist_ok=True)
        with catalogue(code).open("wb") as target:
            write_po(target, texts, width=0, include_lineno=False, ignore_obsolete=True, sort_by_file=True)


def compile_all() -> None:
    """Write the `.mo` of every catalogue that is newer than it."""
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/suhbat.po")):
        made = path.with_suffix(".mo")
        if made.exists() and made.stat().st_mtime >= path.stat().st_mtime:
            continue
        with path.open("rb") as source, made.open("wb") as target:
            write_mo(target, read_po(source, locale=path.parts[-3]))


def check() -> int:
    """Name what is missing, and count it."""
    missing = 0
    template = found()
    for code in LANGUAGES:
        texts = read(code)
        for message in template:
            if not message.id:
                continue
            held = texts.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
            said = held.string if held is not None else ""
            if not (said if isinstance(said, str) else all(said or ())):
                print(f"{code}: missing {message.id!r}")
                missing += 1
    return missing


if __name__ == "__main__":
    todo = sys.argv[1]
    if todo == "collect":
        collect()
    elif todo == "compile":
        compile_all()
    elif (count := check()) > 0:
        raise SystemExit(f"{count} texts are missing")
