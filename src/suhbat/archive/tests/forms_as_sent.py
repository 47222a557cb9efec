"""What a form holds, and what a browser without scripts would send of it."""

import html
import re


def controls(page: str) -> dict[str, str]:
    """The controls of a form by their names: `select`, `textarea`, or the type of an input."""
    form = page[page.index('<form class="act"') :]
    found = re.findall(r'<(select|textarea|input)\b([^>]*?)name="([^"]+)"', form)
    types = re.findall(r'<input\b(?=[^>]*name="([^"]+)")(?=[^>]*type="([^"]+)")', form)
    return {name: tag for tag, _rest, name in found} | dict(types)


def filled(page: str) -> dict[str, list[str]]:
    """What a browser would send of a form as it stands."""
    form = page[page.index('<form class="act"') :]
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input\b[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or " checked" in tag):
            sent.setdefault(name[1], []).append(html.unescape(value[1] if value else ""))
    for name, inside in re.findall(r'<textarea\b[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        sent.setdefault(name, []).append(html.unescape(inside))
    for name, inside in re.findall(r'<select\b[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        sent.setdefault(name, []).append(chosen[1] if chosen else "")
    return sent
