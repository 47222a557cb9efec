"""A Word file that would cost a quarter of a minute costs nobody else a moment: it is worked on apart, with an end."""

import io
import zipfile

import pytest

from suhbat.ground.bounded_work import TooMuchWorkError, run_within
from suhbat.ground.refusals import Refused
from suhbat.texts.exchange import docx_work
from suhbat.texts.exchange.docx_import import read_word
from suhbat.texts.exchange.docx_work import read_apart
from suhbat.texts.wording.unicode_cleaning import cleaned

HEAD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'


def word(*paragraphs):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{each}</w:t></w:r></w:p>' for each in paragraphs)
        file.writestr("word/document.xml", f"{HEAD}{body}</w:body></w:document>")
    return packed.getvalue()


def test_a_paragraph_of_blanks_is_read_like_any_other():
    held = read_apart(word("a" + " " * 200_000 + "b"))
    assert [read.base() for read in held.paragraphs] == ["a" + " " * 200_000 + "b"]
    assert cleaned("a" + " \t" * 100_000 + "\nb") == "a\nb"


def test_what_a_file_is_refused_for_is_told_as_ever():
    with pytest.raises(Refused) as refusal:
        read_apart(b"no file of Word")
    assert "Word file" in str(refusal.value.fields["file"])


def never_ends(_content):
    while True:
        pass


def test_a_file_that_takes_too_long_is_refused_in_plain_words(monkeypatch):
    monkeypatch.setattr(docx_work, "SECONDS", 1.0)
    monkeypatch.setattr(docx_work, "read_word", never_ends)
    with pytest.raises(Refused) as refusal:
        read_apart(word("a"))
    assert "more work than any text" in str(refusal.value.fields["file"])
    with pytest.raises(TooMuchWorkError):
        run_within(1, never_ends, b"")
    assert read_word(word("still here")).paragraphs
