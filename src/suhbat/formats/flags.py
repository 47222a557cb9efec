"""Flags as decoration, embedded in the page, each once. States without a flag file get a tile with their code."""

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
    """A state's flag. The name beside it says the same, so screen readers skip it."""
    flag_code = code if code.isascii() and code.isupper() and code.isalpha() else "UN"
    return Markup('<svg class="flag" viewBox="0 0 3 2" aria-hidden="true"><use href="#flag-{}"/></svg>').format(
        flag_code
    )


def draw(page: str) -> str:
    """Put the drawings that a page uses into it, each once.

    A whole page has them at its end, where they stay when a part of the page is replaced. A part of a page cannot use
    the drawings of the page, so each flag in it is drawn in place.
    """
    used = sorted(set(_USE.findall(page)))
    if not used:
        return page
    head, body, tail = page.rpartition("</body>")
    if not body:
        return _USE.sub(lambda match: f'<svg viewBox="{_box(match[1])}">{_drawing(match[1])}</svg>', page)
    symbols = "".join(f'<symbol id="flag-{code}" viewBox="{_box(code)}">{_drawing(code)}</symbol>' for code in used)
    return f'{head}<svg class="unseen" aria-hidden="true">{symbols}</svg>{body}{tail}'


def picture(code: str) -> str:
    """A flag as a complete SVG file, for output other than HTML."""
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
    drawing = _flags().get(code, {}).get("drawing")
    return drawing or _TILE.format(code=escape(code), size=22 if len(code) < 3 else 18)  # noqa: PLR2004  (three letters)
