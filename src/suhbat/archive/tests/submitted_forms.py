"""The controls of a form, and what a browser without scripts sends."""

import html
import re


def controls(page: str) -> dict[str, str]:
    """The kinds of the controls by their names: `select`, `textarea`, or the type of an input."""
    form = page[page.index('<form class="act"') :]
    tags = re.findall(r'<(select|textarea|input)\b([^>]*?)name="([^"]+)"', form)
    types = re.findall(r'<input\b(?=[^>]*name="([^"]+)")(?=[^>]*type="([^"]+)")', form)
    return {name: tag for tag, _attributes, name in tags} | dict(types)


def filled(page: str) -> dict[str, list[str]]:
    """What a browser sends if nothing is changed in the form."""
    form = page[page.index('<form class="act"') :]
    fields: dict[str, list[str]] = {}
    for tag in re.findall(r"<input\b[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or " checked" in tag):
            fields.setdefault(name[1], []).append(html.unescape(value[1] if value else ""))
    for name, inside in re.findall(r'<textarea\b[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        fields.setdefault(name, []).append(html.unescape(inside))
    for name, inside in re.findall(r'<select\b[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        fields.setdefault(name, []).append(chosen[1] if chosen else "")
    return fields
