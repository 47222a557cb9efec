"""Loads the changed files of a folder of the public record, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

import suhbat
from suhbat.acts import ADMINISTRATION, Door, Input
from suhbat.archive.file_reports import CheckedPeopleReport, CheckedReport
from suhbat.archive.file_validation import check_all
from suhbat.archive.models import ArchiveFile
from suhbat.archive.withdraw_file import Withdrawn
from suhbat.archive.yaml_reader import Fault, File, files_in, read
from suhbat.archive.yaml_writer import compress_text, file_text
from suhbat.formats.models import Format
from suhbat.ground.language import lazy
from suhbat.ground.refusals import Refused
from suhbat.meetings.models import Meeting

SHIPPED = Path(next(iter(suhbat.__path__))).parent.parent / "data" / "public-record"
"""The public record that comes with the checkout."""


@dataclass
class Loaded:
    """The result of a load: the paths of changed files, or the faults."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)


def check_folder(folder: Path, today: date) -> tuple[list[File], list[Fault]]:
    """Read and check a whole folder. Returns its files and their faults."""
    files, faults = files_in(folder)
    faults += [fault for file in files for fault in read(file)]
    return files, faults + check_all(files, today)


def load(door: Door, folder: Path, today: date) -> Loaded:
    """Bring the tables to the state of the folder. If there is any fault, nothing is loaded.

    No delivery may be dated after `today`. An unchanged file makes no entry. A file that an editor changed here since
    it was loaded is not overwritten by another version: that is a fault, and `export` writes the editor's version.
    """
    done = Loaded()
    with door.database.reading() as session:
        rows = session.execute(select(ArchiveFile.path, ArchiveFile.sha256, ArchiveFile.loaded)).all()
    hashes = {path: (present, loaded) for path, present, loaded in rows}
    files, done.faults = files_in(folder)
    if done.faults:
        return done
    to_report: list[File] = []
    for file in files:
        if file.path in hashes and file.sha256 in hashes[file.path]:
            done.unchanged += 1
            continue
        (done.changed if file.path in hashes else done.new).append(file.path)
        to_report.append(file)
        if file.path in hashes and hashes[file.path][0] != hashes[file.path][1]:
            done.faults.append(file.fault((), lazy("an editor changed this here since it was loaded: export it first")))
    only_here = {path for path, (_present, loaded) in hashes.items() if not loaded}
    done.deleted = sorted(hashes.keys() - {file.path for file in files} - only_here)
    if not (to_report or done.deleted):
        return done
    done.faults += [fault for file in files for fault in read(file)]
    done.faults += check_all(files, today)
    done.faults += _held_here(door, to_report)
    if not done.faults:
        try:
            _perform(door, [_report(file) for file in to_report], done.deleted)
        except Refused as refusal:  # such as a format with meetings held here, whose file was deleted
            done.faults.append(Fault(str(folder), 1, str(refusal.why)))
    return done


def _held_here(door: Door, files: Sequence[File]) -> list[Fault]:
    """Faults for files that would overwrite what was founded or held here."""
    with door.database.reading() as session:
        held_ids = set(session.scalars(select(Meeting.id).where(Meeting.origin == "held")))
        held_ids.update(session.scalars(select(Format.id).where(Format.origin == "held")))
    return [file.fault((), lazy("was held here: reports do not overwrite it")) for file in files if file.of in held_ids]


def _perform(door: Door, reports: list[tuple[str, Input]], deleted: Sequence[str]) -> None:
    meetings_first = sorted(deleted, key=lambda path: path.startswith("formats/"))
    acts: list[tuple[str, Input | dict[str, Any]]] = [
        *reports,
        *(("archive.withdrawn", Withdrawn(path=path)) for path in meetings_first),
    ]
    door.perform_all(ADMINISTRATION, acts)


def _report(file: File) -> tuple[str, Input]:
    """The act that reports a file. The file was checked with its folder, so it is not checked again."""
    text = "" if file_text(file.content) == file.text else compress_text(file.text)
    if file.kind == "people":
        return "archive.people_reported", CheckedPeopleReport(content=file.content, text=text, file=file)
    inputs = CheckedReport(path=file.path, content=file.content, text=text, file=file)
    return f"archive.{file.kind}_reported", inputs
