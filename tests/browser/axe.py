"""Accessibility, as axe-core sees it: what it reports of a page, in a form that a person can act on."""

from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async (only) => {
  const asked = only.length ? { runOnly: only } : { rules: { "target-size": { enabled: true } } };
  const said = await axe.run(document, asked);
  return said.violations.map((each) => `${each.id}: ${each.help} — ` +
    each.nodes.slice(0, 6).map((node) => node.target.join(' ')).join(' | '));
}"""
LOOKS = ["color-contrast", "scrollable-region-focusable", "target-size"]
"""What can change with the size of the window and the time of day."""
WAYS: tuple[tuple[tuple[int, int], Any, list[str]], ...] = (
    ((1440, 900), "light", []),
    ((390, 844), "dark", []),
    ((1440, 900), "dark", LOOKS),
    ((390, 844), "light", LOOKS),
)
"""Window, colours, and the rules that are asked; none named is all."""


def violations(page: Any, only: list[str] | None = None) -> list[str]:
    """What axe-core finds wrong with a page as it stands: rule, what it asks, and the first places."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SOURCE.read_text())
    found: list[str] = page.evaluate(RUN, only or [])
    return found


def violations_in_every_light(page: Any) -> list[str]:
    """The same on a phone and a desk, by day and by night."""
    found: list[str] = []
    for (width, height), scheme, only in WAYS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        found += [f"{width} {scheme}: {each}" for each in violations(page, only)]
    return found
