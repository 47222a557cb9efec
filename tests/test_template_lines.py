"""No line of a template has more than 160 characters, except a long text on a line of its own."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "src" / "suhbat"
TEMPLATES = sorted(FOLDER.glob("*/templates/**/*.html"))
LONGEST = 160
LONG_TEXTS = (
    "Every page has its facts as JSON at the same address",
    "Each sum at the rate of the first banking day of the month",
    "A real conference is staged with its facts.",
    "Six delegations, one text, Japan in the chair:",
    "Send the input of an act as JSON.",
    "On a telephone or computer that shares your passkeys,",
)
"""The beginnings of texts that are too long for a line; each stands alone on its line."""
TEXT_ALONE = re.compile(r'\s*"(?P<text>[^"]+)",?')


def is_long_text(line: str) -> bool:
    alone = TEXT_ALONE.fullmatch(line)
    return bool(alone) and alone["text"].startswith(LONG_TEXTS)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_no_line_of_a_template_is_too_long_to_read(template):
    lines = enumerate(template.read_text().splitlines(), start=1)
    faults = [
        f"line {n}: {len(line)} characters" for n, line in lines if len(line) > LONGEST and not is_long_text(line)
    ]
    assert not faults, f"{template.relative_to(FOLDER)}: " + ", ".join(faults)


def test_every_exception_is_still_needed():
    lines = [line for template in TEMPLATES for line in template.read_text().splitlines() if len(line) > LONGEST]
    short = [text for text in LONG_TEXTS if not any(line.strip().startswith(f'"{text}') for line in lines)]
    assert not short, f"no longer too long for a line: {short}"
