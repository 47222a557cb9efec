"""Papers as PDF: set by typst, with a sign for every letter, whatever its script.

The fonts that the front-end build lays down have Latin, Cyrillic and Japanese letters. For other letters the Noto fonts
of the machine are looked through (`make setup` installs Debian's, where it may). A letter for which no font has a sign
stands as a visible mark, and the paper names it at its end: there is always a PDF.
"""

import json
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from suhbat.ground.font_letters import has_letter
from suhbat.ground.language import gettext
from suhbat.ground.name_lists import listed
from suhbat.ground.static_files import STATIC

FONTS = STATIC / "fonts"
"""The typefaces that the front-end build lays down."""
MACHINE = (Path("/usr/share/fonts/truetype/noto"), Path("/usr/share/fonts/opentype/noto"))
"""Where Debian puts the Noto fonts."""
FACES = ("Noto Serif", "Noto Serif JP", "Noto Serif CJK JP")
"""Noto Serif first: Japanese fonts lack the Kazakh, Kyrgyz and Tajik letters."""
HAN = {"zh": "Noto Serif CJK SC", "ko": "Noto Serif CJK KR"}
"""By language: the face whose forms of Chinese characters its readers expect."""
COLLECTION = "NotoSerifCJK-Regular.ttc"
FIRST_CHOICE = ("NotoNaskhArabic", "NotoSerif", "NotoSans")
"""The beginnings of the names of the fonts that are looked through first."""
MARKS = "□�?"
"""What stands for a letter without a sign: the first of these that has one."""
MOST_TRIES = 40
_UNSHOWN = re.compile(r"the text `\"(.*?)\"` could not be displayed", re.DOTALL)


@dataclass(frozen=True)
class Signs:
    """The font files that some words need besides our own, and the letters for which no font has a sign."""

    files: tuple[Path, ...]
    missing: frozenset[str]


def pdf(template: Path, data: dict[str, Any], created: datetime, language: str) -> bytes:
    """Set a paper, dated `created`. The template gets `data`, and in it `faces`, `lang` and `unshown`."""
    signs = signs_for(_words(data), language)
    missing = set(signs.missing)
    for _try in range(MOST_TRIES):
        try:
            return _set(template, _for_template(data, missing, signs, language), signs, created)
        except typst.TypstError as fault:
            unshown = {letter for found in _UNSHOWN.findall(str(fault)) for letter in found} - missing - set(MARKS)
            if not unshown:
                raise
            missing |= unshown
    raise RuntimeError("a paper holds too many letters that cannot be shown")


def named_letters(letters: Iterable[str]) -> str:
    """Letters without a sign, by their numbers and names: U+1F600 GRINNING FACE."""
    return listed([f"U+{ord(letter):04X} {unicodedata.name(letter, '')}".strip() for letter in sorted(letters)])


@cache
def _own_files() -> tuple[Path, ...]:
    return tuple(sorted(FONTS.glob("*.ttf"))) if FONTS.is_dir() else ()


@cache
def _files_of_the_machine() -> tuple[Path, ...]:
    """The upright, regular fonts of the machine, those of the first choice first."""

    def rank(file: Path) -> tuple[int, str]:
        first = (n for n, name in enumerate(FIRST_CHOICE) if file.name.startswith(name))
        return next(first, len(FIRST_CHOICE)), file.name

    files = (file for folder in MACHINE if folder.is_dir() for file in folder.glob("*-Regular.*"))
    return tuple(sorted(files, key=rank))


def signs_for(words: str, language: str = "") -> Signs:
    """Which further fonts show these words, and what no font shows."""
    lacking = {letter for letter in set(words) if _is_shown(letter) and not _has_sign(_own_files(), letter)}
    files: list[Path] = []
    if language.partition("-")[0] in HAN:
        files += [file for file in _files_of_the_machine() if file.name == COLLECTION]
        lacking = {letter for letter in lacking if not _has_sign(files, letter)}
    for file in _files_of_the_machine():
        if not lacking:
            break
        if found := {letter for letter in lacking if has_letter(file, letter)}:
            files.append(file)
            lacking -= found
    return Signs(tuple(files), frozenset(lacking))


def _is_shown(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cf", "Zl", "Zp"}


def _has_sign(files: Iterable[Path], letter: str) -> bool:
    return any(has_letter(file, letter) for file in files)


def _words(value: Any) -> str:
    return "".join(sorted({letter for words in _texts(value) for letter in words}))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _for_template(data: dict[str, Any], missing: set[str], signs: Signs, language: str) -> dict[str, Any]:
    mark = next((mark for mark in MARKS if _has_sign(_own_files(), mark)), "?")
    shown = _replaced(data, str.maketrans(dict.fromkeys(missing, mark))) if missing else dict(data)
    primary = language.partition("-")[0].lower()
    han = [HAN[primary]] if primary in HAN and any(file.name == COLLECTION for file in signs.files) else []
    shown["faces"] = [FACES[0], *han, *FACES[1:]]
    shown["lang"] = primary if re.fullmatch(r"[a-z]{2,3}", primary) else "en"
    shown["unshown"] = (
        gettext("No font on this server has these letters. Each is shown as %(mark)s: %(letters)s.")
        % {"mark": mark, "letters": named_letters(missing)}
        if missing
        else ""
    )
    return shown


def _replaced(value: Any, letters: dict[int, str]) -> Any:
    if isinstance(value, str):
        return value.translate(letters)
    if isinstance(value, dict):
        return {name: _replaced(inner, letters) for name, inner in value.items()}
    return [_replaced(inner, letters) for inner in value] if isinstance(value, list | tuple) else value


def _set(template: Path, data: dict[str, Any], signs: Signs, created: datetime) -> bytes:
    with tempfile.TemporaryDirectory() as folder:  # typst looks for fonts in folders alone
        for file in signs.files:
            (Path(folder) / file.name).symlink_to(file)
        folders = [path for path, is_used in ((FONTS, FONTS.is_dir()), (Path(folder), bool(signs.files))) if is_used]
        document = typst.compile(
            template,
            root=template.parent,
            font_paths=folders,
            ignore_system_fonts=FONTS.is_dir(),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            # Archivable and accessible, as typst claims it; no independent checker was at hand to confirm that.
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(created.timestamp()),
        )
    assert isinstance(document, bytes)
    return document
