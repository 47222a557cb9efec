"""Someone changes the papers on the disk: none of it is given out, and `suhbat record verify` names each."""

import hashlib
import logging
import os
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from suhbat.acts.actors import Role
from suhbat.command import main
from suhbat.ground.refusals import Refused
from suhbat.meetings.models import Paper
from suhbat.record import blobs

FIRST, SECOND = b"%PDF-1.7\nThe first paper.\n%%EOF", b"%PDF-1.7\nThe other paper.\n%%EOF"
NAMES = [hashlib.sha256(each).hexdigest() for each in (FIRST, SECOND)]


@pytest.fixture
def story(house, convene, filed, sit, monkeypatch):
    """Two papers of one meeting: their entries, files and addresses, and somebody who may read them."""
    made = convene(house)
    reader = sit(Role.HEAD, made.meeting, "KZ")
    entries = [filed(made.heads["KZ"], made.meeting, content).entry.number for content in (FIRST, SECOND)]
    house.settings.make_folder()
    monkeypatch.setenv("SUHBAT_DATA", str(house.settings.data))
    with house.database.reading() as session:
        papers = dict(session.execute(select(Paper.sha256, Paper.id)).all())
    pages = [f"/meetings/{made.meeting}/papers/{papers[name]}" for name in NAMES]
    files = [blobs.where(house.settings.data, name) for name in NAMES]
    return SimpleNamespace(made=made, reader=reader, entries=entries, pages=pages, files=files)


def change_a_byte(files):
    """As long as before, and of the same time: only the content tells."""
    before = files[0].stat()
    files[0].write_bytes(FIRST.replace(b"first", b"worst"))
    os.utime(files[0], ns=(before.st_atime_ns, before.st_mtime_ns))


def swap(files):
    between = files[0].with_name("between")
    files[0].rename(between)
    files[1].rename(files[0])
    between.rename(files[1])


def instead_of_it_a_folder(files):
    files[0].unlink()
    files[0].mkdir()


ATTACKS = {
    "a byte": (change_a_byte, ["was changed"]),
    "cut off": (lambda files: files[0].write_bytes(FIRST[:-1]), ["was changed"]),
    "nothing left": (lambda files: files[0].write_bytes(b""), ["was changed"]),
    "more after it": (lambda files: files[0].write_bytes(FIRST + b"\n"), ["was changed"]),
    "swapped": (swap, ["was changed", "was changed"]),
    "deleted": (lambda files: files[0].unlink(), ["is missing"]),
    "all deleted": (lambda files: [each.unlink() for each in files], ["is missing", "is missing"]),
    "a folder": (instead_of_it_a_folder, ["cannot be read (Is a directory)"]),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_was_changed_is_named_and_never_given_out(story, signed_in, capsys, caplog, attack):
    do, faults = ATTACKS[attack]
    browser = signed_in(story.reader)
    assert [browser.get(page).content for page in story.pages] == [FIRST, SECOND]
    do(story.files)
    assert main(["record", "verify"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert [line for line in said if line.startswith("NOT")] == [
        f"NOT AS RECORDED: the file {name}, which entry {number} names, {fault}"
        for name, number, fault in zip(NAMES, story.entries, faults, strict=False)
    ]
    assert "each as recorded. Root " in said[0]  # the entries are
    for n, page in enumerate(story.pages):
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


def test_a_program_is_told_in_json(story, signed_in):
    change_a_byte(story.files)
    answer = signed_in(story.reader).get(story.pages[0], headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["refused"]) == (500, "http")


def test_papers_that_are_as_filed_are_counted(story, capsys):
    assert main(["record", "verify"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["2 files, each as recorded."]


def test_files_that_nobody_names_are_counted_and_are_no_fault(story, house, capsys):
    blobs.keep(house.settings.data, b"came with an act that was cut off")
    (story.files[0].parent / "notes.txt").write_text("no file of the house")
    assert main(["record", "verify"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "1 more files, which no entry names: of acts that are under way, or were cut off."


def test_a_paper_that_was_withdrawn_is_looked_at_all_the_same(story, house, capsys):
    paper = story.pages[0].rpartition("/")[2]
    house.door.perform(story.made.heads["KZ"], "paper.withdrawn", {"meeting": story.made.meeting, "paper": paper})
    story.files[0].unlink()
    assert main(["record", "verify"]) == 1
    assert f"{NAMES[0]}, which entry {story.entries[0]} names, is missing" in capsys.readouterr().out


def test_bringing_the_paper_again_mends_it(story, house, signed_in, capsys):
    change_a_byte(story.files)
    blobs.keep(house.settings.data, FIRST)
    assert signed_in(story.reader).get(story.pages[0]).content == FIRST
    assert main(["record", "verify"]) == 0


def test_a_changed_paper_is_not_filed_once_more(story, house):
    change_a_byte(story.files)
    file = {"sha256": NAMES[0], "size": len(FIRST), "file_name": "again.pdf"}
    wish = {"meeting": story.made.meeting, "title": "Again", "language": "en", "file": file}
    with pytest.raises(Refused) as refusal:
        house.door.perform(story.made.heads["KZ"], "paper.filed", wish)
    assert str(refusal.value.fields["file"]) == "There is no such file."
