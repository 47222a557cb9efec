"""Make the public record a hundred times as large: 1,600 formats, 27,100 meetings, 53,600 outcomes.

python scripts/scaled_data.py FOLDER [TIMES]

Every copy of a format has a number; its meetings, outcomes and references have it too.
"""

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

SHIPPED = Path(__file__).parent.parent / "data" / "public-record"
TIMES = 100


def write_copies(folder: Path, times: int) -> None:
    """Write the public record into a folder, each format and its meetings so many times."""
    names = "|".join(sorted((path.stem for path in (SHIPPED / "formats").glob("*.yaml")), key=len, reverse=True))
    reference = re.compile(rf"(?<=: )({names})(?=/\d{{4}})|(?<=^format: )({names})$|(?<=^id: )({names})$", re.MULTILINE)
    sources = [*SHIPPED.glob("formats/*.yaml"), *SHIPPED.glob("meetings/*/*.yaml")]
    for number in range(times):
        suffix = f"-{number:03}" if number else ""
        for path in sources:
            text = reference.sub(rf"\g<0>{suffix}", path.read_text(encoding="utf-8"))
            parts = path.relative_to(SHIPPED).parts
            if parts[0] == "formats":
                target = folder / "formats" / f"{path.stem}{suffix}.yaml"
            else:
                target = folder / "meetings" / f"{parts[1]}{suffix}" / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    (folder / "people.yaml").write_text((SHIPPED / "people.yaml").read_text(encoding="utf-8"), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the copies into an empty folder; anything else in it would be taken for a part of the record."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="an empty folder, or one that does not exist yet")
    parser.add_argument("times", type=int, metavar="TIMES", nargs="?", default=TIMES, help=f"{TIMES} if not given")
    options = parser.parse_args(arguments)
    if options.folder.exists() and (not options.folder.is_dir() or any(options.folder.iterdir())):
        parser.error(f"{options.folder} is not an empty folder")
    if options.times < 1:
        parser.error("TIMES is 1 or more")
    write_copies(options.folder, options.times)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
