"""Interface texts: collect, compile, check.

python scripts/texts.py collect    write the template and update every language's catalogue
python scripts/texts.py compile    make the catalogues that the running house reads
python scripts/texts.py check      fail where a complete language lacks a text
"""

import sys
from pathlib import Path

from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "src" / "suhbat" / "locale"
TEMPLATE = LOCALE / "suhbat.pot"
COMPLETE = ("ru",)
"""Languages in which every text must be there. English is the texts themselves."""
PARTS = {"ja": ("/public/", "/floor/", "/ground/", "/rehearsal/")}
"""Languages complete in these rooms only: where a text is used there, it must be there."""


def collect() -> None:
    """Collect the texts from code and templates, and bring each catalogue up to them."""
    LOCALE.mkdir(exist_ok=True)
    run = CommandLineInterface().run
    run(["pybabel", "-q", "extract", "-F", str(ROOT / "frontend" / "texts.cfg"), "-k", "lazy", "-k", "act:2", "-k",
         "_:1", "--sort-by-file", "--omit-header", "--no-wrap", "-o", str(TEMPLATE),
         "src/suhbat"])  # fmt: skip
    for code in ("ru", "ja", "kk", "ky", "tg", "tk", "uz"):
        command = "update" if catalogue(code).exists() else "init"
        more = ["--no-fuzzy-matching", "--ignore-obsolete", "--omit-header"] if command == "update" else []
        run(
            [
                "pybabel",
                "-q",
                command,
                *more,
                "--no-wrap",
                "-D",
                "suhbat",
                "-i",
                str(TEMPLATE),
                "-d",
                str(LOCALE),
                "-l",
                code,
            ]
        )


def catalogue(code: str) -> Path:
    """The file of a language's texts."""
    return LOCALE / code / "LC_MESSAGES" / "suhbat.po"


def compile_all() -> None:
    """Write the `.mo` of every catalogue that is newer than it."""
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/suhbat.po")):
        made = path.with_suffix(".mo")
        if made.exists() and made.stat().st_mtime >= path.stat().st_mtime:
            continue
        with path.open("rb") as source, made.open("wb") as target:
            write_mo(target, read_po(source, locale=path.parts[-3]))


def check() -> int:
    """Name what is missing."""
    missing = 0
    for code in [*COMPLETE, *PARTS]:
        path = catalogue(code)
        if not path.exists():
            continue
        with path.open("rb") as source:
            for message in read_po(source, locale=code):
                here = code in COMPLETE or any(part in place for place, _ in message.locations for part in PARTS[code])
                said = message.string if isinstance(message.string, str) else all(message.string)
                if message.id and here and not said:
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
