"""Interface texts: collect, compile, check, correct.

python scripts/texts.py collect                  bring every language's catalogue up to the texts in code and templates
python scripts/texts.py compile                  make the catalogues that the running house reads
python scripts/texts.py check                    fail where a language lacks a text, or has one that cannot be right
python scripts/texts.py correct LANGUAGE FILE    apply a reader's corrections (docs/languages.md tells their form)
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # the modules beside this one are `scripts.…`

from scripts import text_catalogues, text_checks, text_corrections


def main(arguments: list[str]) -> int:
    """Do what is asked; 1 where the texts are not in order, 2 where it is not understood."""
    faults: list[str] = []
    match arguments:
        case ["collect"]:
            text_catalogues.collect()
        case ["compile"]:
            text_catalogues.compile_all()
        case ["check"]:
            faults = text_checks.faults()
        case ["correct", code, path] if code in text_catalogues.LANGUAGES:
            faults = text_corrections.apply(code, Path(path))
        case _:
            print(__doc__)
            return 2
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
