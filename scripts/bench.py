"""The benchmark: `make bench` prints one table of what was measured on this machine. It tests nothing.

.venv/bin/python scripts/bench.py              all parts
.venv/bin/python scripts/bench.py acts live    these parts
.venv/bin/python scripts/bench.py --list       their names

A part is a module in `scripts/bench/`: a generator under `@part("name", "Title")` that yields `Row`s.
"""

import argparse
import importlib
import os
import pkgutil
import platform
import sys
import time
from collections.abc import Collection, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the parts import from `scripts`

import bench
from bench import PARTS


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the names of the parts, or measure some of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", metavar="PART", nargs="*", help="the parts to measure; all if none is named")
    parser.add_argument("--list", action="store_true", help="print the names of the parts, measure nothing")
    options = parser.parse_args(arguments)
    for module in pkgutil.iter_modules(bench.__path__):
        importlib.import_module(f"bench.{module.name}")
    if options.list:
        for name, part in sorted(PARTS.items()):
            print(f"{name:12} {part.title}")
        return 0
    if unknown := set(options.parts) - PARTS.keys():
        print(f"There is no part {', '.join(sorted(unknown))}; see --list", file=sys.stderr)
        return 2
    return measure(options.parts or PARTS.keys())


def measure(names: Collection[str]) -> int:
    """Run the parts one after another and print their rows as they come; 1 if one failed."""
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, load before {load:.1f}, ", end="")
    print(f"{time.strftime('%Y-%m-%d %H:%M')} UTC; loads and measures on the same cores\n")
    print("| what | measured | target | |\n|---|---:|---:|---|", flush=True)
    failed = False
    for name, part in sorted(PARTS.items(), key=lambda pair: (pair[1].order, pair[0])):
        if name not in names:
            continue
        print(f"| **{part.title}** | | | |", flush=True)
        try:
            for row in part.measure():
                print(f"| {row.label} | {row.value} | {row.target} | {row.note} |", flush=True)
        except Exception as fault:  # noqa: BLE001  (one part that fails does not silence the others)
            print(f"| {name} | failed | | {type(fault).__name__}: {str(fault)[:200]} |", flush=True)
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
