"""Reading a table that somebody sent, whatever kind of file it is."""

from suhbat.ground.bounded_work import TooMuchWorkError, preload, run_within
from suhbat.ground.language import lazy
from suhbat.ground.sheets.csv_reading import read_csv
from suhbat.ground.sheets.sheet_table import MOST_BYTES, SheetTable, sheet_refused
from suhbat.ground.sheets.xlsx_reading import read_xlsx

SECONDS = 10.0
"""The longest that an Excel file may be worked on."""
ZIP = b"PK"
"""What every Excel file begins with. The name of a file says nothing of its content."""

preload("suhbat.ground.sheets.xlsx_reading")


def read_sheet(content: bytes) -> SheetTable:
    """The table in a file. An Excel file is read in a process of its own, which is ended when its time is over."""
    if len(content) > MOST_BYTES:
        raise sheet_refused(lazy("This file is larger than 5 MB."))
    if not content.startswith(ZIP):
        return read_csv(content)
    try:
        return run_within(SECONDS, read_xlsx, content)
    except TooMuchWorkError:
        raise sheet_refused(lazy("This file takes more work than any table of ours.")) from None
