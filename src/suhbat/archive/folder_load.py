"""Loading a folder of the public record: one transaction, and nothing where nothing changed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

import suhbat
from suhbat.acts import ADMINISTRATION, Door, Input
from suhbat.archive.file_reports import PeopleReportedTogether, ReportedTogether
from suhbat.archive.file_validation import check_all
from suhbat.archive.models import ArchiveFile
from suhbat.archive.withdraw_file import Withdrawn
from suhbat.archive.yaml_reader import Fault, File, files_in, read
from suhbat.archive.yaml_writer import file_text, pack
from suhbat.formats.models import Format
from suhbat.ground.language import lazy
from suhbat.ground.refusals import Refused
from suhbat.meetings.models import Meeting

SHIPPED = Path(next(iter(suhbat.__path__))).parent.parent / "data" / "public-record"
"""The public record that comes with the checkout."""


@dataclass
class Loaded:
    """What a load did, or why it did nothing."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    same: int = 0
    faults: list[Fault] = field(default_factory=list)


def check_folder(folder: Path) -> tuple[list[File], list[Fault]]:
    """Read and check a whole folder: its files, and every fault in them."""
    files, faults = files_in(folder)
    faults += [fault for file in files for fault in read(file)]
    return files, faults + check_all(files)


def load(door: Door, folder: Path) -> Loaded:
    """Bring the tables to what the folder says: all of it, or nothing where anything is wrong.

    A file whose bytes are known makes no entry. A file that an editor changed here since it was loaded is not
    overwritten by another version: that is named as a fault, and `export` gives both together.
    """
    done = Loaded()
    with door.database.reading() as session:
        rows = session.execute(select(ArchiveFile.path, ArchiveFile.sha256, ArchiveFile.loaded)).all()
    held = {path: (now, loaded) for path, now, loaded in rows}
    files, done.faults = files_in(folder)
    if done.faults:
        return done
    todo: list[File] = []
    for file in files:
        if file.path in held and file.sha256 in held[file.path]:
            done.same += 1
            continue
        (done.changed if file.path in held else done.new).append(file.path)
        todo.append(file)
        if file.path in held and held[file.path][0] != held[file.path][1]:
            done.faults.append(file.fault((), lazy("an editor changed this here since it was loaded: export it first")))
    only_here = {path for path, (_now, loaded) in held.items() if not loaded}
    done.gone = sorted(held.keys() - {file.path for file in files} - only_here)
    if not (todo or done.gone):
        return done
    done.faults += [fault for file in files for fault in read(file)]
    done.faults += check_all(files)
    done.faults += _held_here(door, todo)
    if not done.faults:
        try:
            _perform(door, [_inputs(file) for file in todo], done.gone)
        except Refused as refusal:  # such as a format whose meetings were held here, and whose file is gone
            done.faults.append(Fault(str(folder), 1, str(refusal.why)))
    return done


def _held_here(door: Door, files: Sequence[File]) -> list[Fault]:
    """Files that would take the place of what was founded or held here."""
    with door.database.reading() as session:
        held = set(session.scalars(select(Meeting.id).where(Meeting.origin == "held")))
        held.update(session.scalars(select(Format.id).where(Format.origin == "held")))
    return [file.fault((), lazy("was held here: reports do not overwrite it")) for file in files if file.of in held]


def _perform(door: Door, inputs_of_all: list[tuple[str, Input]], gone: Sequence[str]) -> None:
    back = sorted(gone, key=lambda path: path.startswith("formats/"))
    acts: list[tuple[str, Input | dict[str, Any]]] = [
        *inputs_of_all,
        *(("archive.withdrawn", Withdrawn(path=path)) for path in back),
    ]
    door.perform_all(ADMINISTRATION, acts)


def _inputs(file: File) -> tuple[str, Input]:
    """The act for a file in which nothing was found wrong, with those beside it known: it is not looked at again."""
    text = "" if file_text(file.content) == file.text else pack(file.text)
    if file.kind == "people":
        return "archive.people_reported", PeopleReportedTogether(content=file.content, text=text, file=file)
    inputs = ReportedTogether(path=file.path, content=file.content, text=text, file=file)
    return f"archive.{file.kind}_reported", inputs
