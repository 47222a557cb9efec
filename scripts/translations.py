"""Interface texts: collect, compile, check, correct.

python scripts/translations.py collect                  bring each catalogue up to date with code and templates
python scripts/translations.py compile                  write the files that the server reads
python scripts/translations.py check                    fail where a language lacks a text, or has a wrong one
python scripts/translations.py correct LANGUAGE FILE    apply a reader's corrections (see docs/languages.md)
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # the modules beside this one are `scripts.…`

from scripts import translation_catalogues, translation_checks, translation_corrections


def main(arguments: list[str]) -> int:
    """Run the command; returns 1 if the texts have faults, 2 if the command is not known."""
    faults: list[str] = []
    match arguments:
        case ["collect"]:
            translation_catalogues.collect()
        case ["compile"]:
            translation_catalogues.compile_all()
        case ["check"]:
            faults = translation_checks.faults()
        case ["correct", code, path] if code in translation_catalogues.LANGUAGES:
            faults = translation_corrections.apply(code, Path(path))
        case _:
            print(__doc__)
            return 2
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
