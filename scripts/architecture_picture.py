"""Draw `docs/architecture.svg` from the imports. A test compares the file with the imports of today.

Each package stands in its layer of the contract for import-linter, with its own packages inside. An arrow says
"imports"; it is left out where a longer way along other arrows leads to the same package.
"""

import argparse
import tomllib
from collections.abc import Sequence
from html import escape
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "architecture.svg"
WIDTH, ROW, BOX, GAP, TOP = 920, 112, 64, 20, 24
LINE = 16
NOT_DRAWN = {"command_faults"}
"""What the command line alone uses."""


def layers() -> list[list[str]]:
    """The layers of the first contract, from the top, each with its packages or files."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    rows = [[name.strip() for name in layer.split("|")] for layer in contracts[0]["layers"]]
    return [[name for name in row if name not in NOT_DRAWN] for row in rows]


def arrows(names: list[str]) -> list[tuple[str, str]]:
    """Pairs of an importing and an imported package, without those that follow from the rest."""
    graph = grimp.build_graph("suhbat", cache_dir=None)
    imported = {
        importer: {
            other
            for other in names
            if other != importer
            and graph.find_shortest_chains(f"suhbat.{importer}", f"suhbat.{other}")
            and _directly(graph, importer, other)
        }
        for importer in names
    }
    return [
        (importer, other)
        for importer in names
        for other in names
        if other in imported[importer]
        and not any(other in _reached(imported, step) for step in imported[importer] - {other})
    ]


def _directly(graph: grimp.ImportGraph, importer: str, other: str) -> bool:
    return graph.direct_import_exists(importer=f"suhbat.{importer}", imported=f"suhbat.{other}", as_packages=True)


def _reached(imported: dict[str, set[str]], start: str) -> set[str]:
    reached, open_ends = set[str](), [start]
    while open_ends:
        for name in imported[open_ends.pop()] - reached:
            reached.add(name)
            open_ends.append(name)
    return reached


def inner_packages(name: str) -> list[str]:
    """The packages inside a package, in alphabetical order."""
    folder = ROOT / "src" / "suhbat" / name
    return sorted(
        path.parent.name for path in folder.glob("*/__init__.py") if path.parent.name not in {"tests", "migrations"}
    )


def drawn() -> str:
    """The picture as SVG."""
    rows = layers()
    places: dict[str, tuple[float, float, float]] = {}
    for number, names in enumerate(rows):
        width = (WIDTH - GAP * (len(names) + 1)) / len(names)
        width = min(width, 420)
        start = (WIDTH - len(names) * width - (len(names) - 1) * GAP) / 2
        for position, name in enumerate(names):
            places[name] = (start + position * (width + GAP), TOP + number * ROW, width)
    height = TOP * 2 + (len(rows) - 1) * ROW + BOX
    parts = [_arrow(places[importer], places[other]) for importer, other in arrows(list(places))]
    parts += [_box(name, *place) for name, place in places.items()]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">{STYLE}\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


STYLE = """
<title>The packages of Suhbat in their layers: each imports only from layers below it</title>
<style>
rect { fill: #f6f4ee; stroke: #2f4858; } text { font: 600 15px sans-serif; fill: #1c2b33; text-anchor: middle; }
.inner { font-weight: 400; font-size: 11.5px; } path { stroke: #7a8c96; fill: none; marker-end: url(#tip); }
@media (prefers-color-scheme: dark) { rect { fill: #1f2a30; stroke: #9fb4bf; } text { fill: #e8eef1; } }
</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path
 d="M0 0 8 4 0 8z" style="fill: #7a8c96; stroke: none; marker-end: none"/></marker></defs>"""


def _box(name: str, x: float, y: float, width: float) -> str:
    inner = inner_packages(name)
    middle = x + width / 2
    lines = [f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{BOX}" rx="8"/>']
    lines.append(f'<text x="{middle:.0f}" y="{y + (26 if inner else 38):.0f}">{escape(name)}</text>')
    half = (len(inner) + 1) // 2 if len(inner) * 9 * 8 > width else len(inner)
    for number, names in enumerate(filter(None, (inner[:half], inner[half:]))):
        line = escape(" · ".join(names))
        lines.append(f'<text class="inner" x="{middle:.0f}" y="{y + 42 + number * LINE:.0f}">{line}</text>')
    return "".join(lines)


def _arrow(above: tuple[float, float, float], below: tuple[float, float, float]) -> str:
    x1, y1 = above[0] + above[2] / 2, above[1] + BOX
    x2, y2 = below[0] + below[2] / 2, below[1]
    bend = (y2 - y1) / 2
    return f'<path d="M{x1:.0f} {y1:.0f} C{x1:.0f} {y1 + bend:.0f} {x2:.0f} {y2 - bend:.0f} {x2:.0f} {y2:.0f}"/>'


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the picture."""
    argparse.ArgumentParser(description=__doc__).parse_args(arguments)
    PICTURE.write_text(drawn(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
