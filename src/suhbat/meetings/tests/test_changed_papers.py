"""Files of papers are changed on the disk: they are not sent to anyone, and `suhbat record verify` names each."""

import hashlib
import logging
import os
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from suhbat.acts.roles_and_seats import Role
from suhbat.command import main
from suhbat.ground.refusals import Refused
from suhbat.meetings.models import Paper
from suhbat.record import blobs

FIRST, SECOND = b"%PDF-1.7\nThe first paper.\n%%EOF", b"%PDF-1.7\nThe other paper.\n%%EOF"
NAMES = [hashlib.sha256(content).hexdigest() for content in (FIRST, SECOND)]


@pytest.fixture
def filed_papers(app, convene, filed, sit, monkeypatch):
    """Two papers of one meeting: their entries, files and addresses, and a person who may read them."""
    talks = convene(app)
    reader = sit(Role.HEAD, talks.meeting, "KZ")
    entries = [filed(talks.heads["KZ"], talks.meeting, content).entry.number for content in (FIRST, SECOND)]
    app.settings.make_folder()
    monkeypatch.setenv("SUHBAT_DATA", str(app.settings.data))
    with app.database.reading() as session:
        papers = dict(session.execute(select(Paper.sha256, Paper.id)).all())
    pages = [f"/meetings/{talks.meeting}/papers/{papers[name]}" for name in NAMES]
    files = [blobs.path_of(app.settings.data, name) for name in NAMES]
    return SimpleNamespace(talks=talks, reader=reader, entries=entries, pages=pages, files=files)


def change_a_byte(files):
    """Change a byte, with the same length and time, so that only the content is different."""
    before = files[0].stat()
    files[0].write_bytes(FIRST.replace(b"first", b"worst"))
    os.utime(files[0], ns=(before.st_atime_ns, before.st_mtime_ns))


def swap(files):
    temporary = files[0].with_name("between")
    files[0].rename(temporary)
    files[1].rename(files[0])
    temporary.rename(files[1])


def replace_by_folder(files):
    files[0].unlink()
    files[0].mkdir()


ATTACKS = {
    "a byte": (change_a_byte, ["was changed"]),
    "cut off": (lambda files: files[0].write_bytes(FIRST[:-1]), ["was changed"]),
    "nothing left": (lambda files: files[0].write_bytes(b""), ["was changed"]),
    "more after it": (lambda files: files[0].write_bytes(FIRST + b"\n"), ["was changed"]),
    "swapped": (swap, ["was changed", "was changed"]),
    "deleted": (lambda files: files[0].unlink(), ["is missing"]),
    "all deleted": (lambda files: [file.unlink() for file in files], ["is missing", "is missing"]),
    "a folder": (replace_by_folder, ["cannot be read (Is a directory)"]),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_changed_file_is_named_and_never_sent(filed_papers, signed_in, capsys, caplog, attack):
    attack_files, faults = ATTACKS[attack]
    browser = signed_in(filed_papers.reader)
    assert [browser.get(page).content for page in filed_papers.pages] == [FIRST, SECOND]
    attack_files(filed_papers.files)
    assert main(["record", "verify"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("NOT")] == [
        f"NOT AS RECORDED: the file {name}, which entry {number} names, {fault}"
        for name, number, fault in zip(NAMES, filed_papers.entries, faults, strict=False)
    ]
    assert "each as recorded. Root " in lines[0]  # the entries are
    for n, page in enumerate(filed_papers.pages):
        with caplog.at_level(logging.ERROR, "suhbat.acts"):
            answer = browser.get(page)
        if n < len(faults):
            assert answer.status_code == 500
            assert "lost or was changed" in answer.text
            assert b"%PDF" not in answer.content
            assert f"{NAMES[n]} {faults[n]}; it is not given out" in caplog.text
        else:
            assert answer.content == SECOND
            assert NAMES[n] not in caplog.text


def test_a_program_gets_the_error_as_json(filed_papers, signed_in):
    change_a_byte(filed_papers.files)
    answer = signed_in(filed_papers.reader).get(filed_papers.pages[0], headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["refused"]) == (500, "http")


def test_unchanged_papers_are_counted(filed_papers, capsys):
    assert main(["record", "verify"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["2 files, each as recorded."]


def test_files_that_no_entry_names_are_counted_and_are_no_error(filed_papers, app, capsys):
    blobs.store(app.settings.data, b"came with an act that was cut off")
    (filed_papers.files[0].parent / "notes.txt").write_text("no file of the server")
    assert main(["record", "verify"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "1 more files, which no entry names: of acts in progress, or of acts that failed."


def test_a_withdrawn_paper_is_verified_too(filed_papers, app, capsys):
    paper = filed_papers.pages[0].rpartition("/")[2]
    inputs = {"meeting": filed_papers.talks.meeting, "paper": paper}
    app.door.perform(filed_papers.talks.heads["KZ"], "paper.withdrawn", inputs)
    filed_papers.files[0].unlink()
    assert main(["record", "verify"]) == 1
    assert f"{NAMES[0]}, which entry {filed_papers.entries[0]} names, is missing" in capsys.readouterr().out


def test_uploading_the_paper_again_repairs_it(filed_papers, app, signed_in, capsys):
    change_a_byte(filed_papers.files)
    blobs.store(app.settings.data, FIRST)
    assert signed_in(filed_papers.reader).get(filed_papers.pages[0]).content == FIRST
    assert main(["record", "verify"]) == 0


def test_a_changed_file_cannot_be_filed_again(filed_papers, app):
    change_a_byte(filed_papers.files)
    file = {"sha256": NAMES[0], "size": len(FIRST), "file_name": "again.pdf"}
    inputs = {"meeting": filed_papers.talks.meeting, "title": "Again", "language": "en", "file": file}
    with pytest.raises(Refused) as refusal:
        app.door.perform(filed_papers.talks.heads["KZ"], "paper.filed", inputs)
    assert str(refusal.value.fields["file"]) == "There is no such file."
