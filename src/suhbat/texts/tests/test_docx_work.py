"""A Word file that takes long to read holds nobody else up: it is read in a process of its own, with a time limit."""

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
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>' for words in paragraphs)
        file.writestr("word/document.xml", f"{HEAD}{body}</w:body></w:document>")
    return buffer.getvalue()


def test_a_paragraph_of_blanks_is_read_like_any_other():
    file = read_apart(word("a" + " " * 200_000 + "b"))
    assert [paragraph.base() for paragraph in file.paragraphs] == ["a" + " " * 200_000 + "b"]
    assert cleaned("a" + " \t" * 100_000 + "\nb") == "a\nb"


def test_a_refusal_in_the_other_process_reaches_the_caller():
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
