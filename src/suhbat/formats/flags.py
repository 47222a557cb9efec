"""Flags as decoration: drawn once in a page, without a request; states without a drawing get a lettered tile."""

import json
import re
from functools import cache

from markupsafe import Markup, escape

from suhbat.ground.middleware import STATIC

_USE = re.compile(r'<use href="#flag-([A-Z]+)"/>')
_TILE = (
    '<rect width="60" height="40" fill="currentColor" opacity=".14"/>'
    '<text x="30" y="26" text-anchor="middle" font-size="{size}" font-weight="700" fill="currentColor">{code}</text>'
)


def flag(code: str) -> Markup:
    """A state's flag. It says nothing that the name beside it does not say, so screen readers pass over it."""
    letters = code if code.isascii() and code.isupper() and code.isalpha() else "UN"
    return Markup('<svg class="flag" viewBox="0 0 3 2" aria-hidden="true"><use href="#flag-{}"/></svg>').format(letters)


def draw(page: str) -> str:
    """Put the drawings that a page uses into it, once each.

    A whole page carries them at its end, where no part that is swapped later can take them away. A part of a page
    does not know what the page has, so each flag in it is drawn in place.
    """
    used = sorted(set(_USE.findall(page)))
    if not used:
        return page
    head, body, tail = page.rpartition("</body>")
    if not body:
        return _USE.sub(lambda use: f'<svg viewBox="{_box(use[1])}">{_drawing(use[1])}</svg>', page)
    symbols = "".join(f'<symbol id="flag-{c}" viewBox="{_box(c)}">{_drawing(c)}</symbol>' for c in used)
    return f'{head}<svg class="unseen" aria-hidden="true">{symbols}</svg>{body}{tail}'


def picture(code: str) -> str:
    """A flag as a whole SVG file, for programs that draw pages of another kind."""
    box = f'xmlns="http://www.w3.org/2000/svg" viewBox="{_box(code)}" color="#566170"'
    return f"<svg {box}>{_drawing(code)}</svg>"


@cache
def _flags() -> dict[str, dict[str, str]]:
    path = STATIC / "flags.json"
    flags: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return flags


def _box(code: str) -> str:
    return _flags().get(code, {}).get("box", "0 0 60 40")


def _drawing(code: str) -> str:
    drawn = _flags().get(code, {}).get("drawing")
    return drawn or _TILE.format(code=escape(code), size=22 if len(code) < 3 else 18)  # noqa: PLR2004  (three letters)
