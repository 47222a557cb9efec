"""Reading a Word file and comparing it with a text: work of unknown size, done in a process that can be ended."""

from suhbat.ground.bounded_work import TooMuchWorkError, preload, run_within
from suhbat.ground.database import Database
from suhbat.ground.language import language, lazy, reading_in
from suhbat.ground.migrations import every_table
from suhbat.ground.refusals import Refused, invalid
from suhbat.texts.exchange.docx_import import File, read_word
from suhbat.texts.exchange.import_plan import Plan, plan_for
from suhbat.texts.models import Text
from suhbat.texts.view.text_view import sheet_of

SECONDS = 10.0
"""The longest that a file may be worked on; three hundred pages take about two."""

preload(__name__)


def read_apart(content: bytes) -> File:
    """Read a Word file; refused if it is none or takes too long."""
    try:
        return run_within(SECONDS, read_word, content)
    except TooMuchWorkError:
        raise _too_much() from None


def plan_apart(url: str, text_id: str, delegation: str, content: bytes) -> Plan:
    """What a delegation's Word file asks for in a text (by its id), as the database at this address stands."""
    try:
        return run_within(SECONDS, _planned, url, text_id, delegation, content, language())
    except TooMuchWorkError:
        raise _too_much() from None


def _planned(url: str, text_id: str, delegation: str, content: bytes, reader: str) -> Plan:
    every_table()
    database = Database(url)
    with reading_in(reader), database.reading() as session:
        text = session.get_one(Text, text_id)
        return plan_for(session, sheet_of(session, text), read_word(content), delegation)


def _too_much() -> Refused:
    why = lazy("This file takes more work than any text of ours. Send the part that belongs to this text.")
    return invalid(file=why)
