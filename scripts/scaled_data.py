"""Make the public record a hundred times as large: 1,600 formats, 27,100 meetings, 53,600 outcomes.

python scripts/scaled_data.py FOLDER [TIMES]

Every copy of a format carries a number; its meetings, outcomes and references carry it too.
"""

import re
import sys
from pathlib import Path

SHIPPED = Path(__file__).parent.parent / "data" / "public-record"


def main(folder: Path, times: int) -> None:
    """Write the copies below a folder."""
    names = "|".join(sorted((path.stem for path in (SHIPPED / "formats").glob("*.yaml")), key=len, reverse=True))
    reference = re.compile(rf"(?<=: )({names})(?=/\d{{4}})|(?<=^format: )({names})$|(?<=^id: )({names})$", re.MULTILINE)
    sources = [*SHIPPED.glob("formats/*.yaml"), *SHIPPED.glob("meetings/*/*.yaml")]
    for number in range(times):
        tail = f"-{number:03}" if number else ""
        for path in sources:
            text = reference.sub(lambda found: found[0] + tail, path.read_text())  # noqa: B023  (used at once)
            parts = path.relative_to(SHIPPED).parts
            if parts[0] == "formats":
                target = folder / "formats" / f"{path.stem}{tail}.yaml"
            else:
                target = folder / "meetings" / f"{parts[1]}{tail}" / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
    (folder / "people.yaml").write_text((SHIPPED / "people.yaml").read_text())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100)  # noqa: PLR2004  (the times, if given)
