"""`suhbat archive check|load|export`."""

import argparse
import os
import sys
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from suhbat.acts import Door
from suhbat.archive.folder_export import export
from suhbat.archive.folder_load import SHIPPED, check_folder, load
from suhbat.archive.yaml_reader import Fault
from suhbat.ground.database import Database
from suhbat.ground.migrations.installations import prepared_tables
from suhbat.ground.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  (argparse names it no other way)


SCREENFUL = 20
"""Paths named one by one at most."""


def add(commands: "Commands") -> None:
    """Add the commands of the public record."""
    archive = commands.add_parser("archive", help="the public record as files").add_subparsers(
        required=True, metavar="WHAT"
    )
    for name, work, opens, about in (
        ("check", _check, nullcontext, "name every fault in a folder"),
        ("load", _load, prepared_tables, "load a folder; does nothing where nothing changed"),
    ):
        command = archive.add_parser(name, help=about)
        command.add_argument("path", type=Path, nargs="?", default=SHIPPED)
        command.add_argument("-q", "--quiet", action="store_true", help="say nothing where nothing changed")
        command.set_defaults(work=work, opens=opens, anywhere=opens is nullcontext)
    command = archive.add_parser("export", help="write the record as files, with what was held here")
    command.add_argument("path", type=Path)
    command.set_defaults(work=_export)


def _export(settings: Settings, options: argparse.Namespace) -> int:
    os.umask(options.umask)  # what is written out for others has the rights that the operator's shell gives
    database = Database(settings.url)
    try:
        done = export(database, options.path, settings.origin)
    finally:
        database.close()
    print(f"{done.loaded} files as they were loaded, {done.edited} with changes made here, {done.held} held here")
    return 0


def _check(_settings: Settings, options: argparse.Namespace) -> int:
    files, faults = check_folder(options.path)
    _print(faults)
    print(f"{len(files)} files, {len(faults)} faults")
    return 1 if faults else 0


def _load(settings: Settings, options: argparse.Namespace) -> int:
    database = Database(settings.url)
    try:
        done = load(Door(database, settings), options.path)
    finally:
        database.close()
    if done.faults:
        _print(done.faults)
        print(f"{len(done.faults)} faults: nothing was loaded", file=sys.stderr)
        return 1
    for word, paths in (("new", done.new), ("changed", done.changed), ("gone", done.gone)):
        if len(paths) > SCREENFUL:
            print(f"{word}: {len(paths)} files")
            continue
        for path in paths:
            print(f"{word}: {path}")
    if done.new or done.changed or done.gone or not options.quiet:
        new, changed, gone = len(done.new), len(done.changed), len(done.gone)
        print(f"public record: {new} new, {changed} changed, {gone} gone, {done.same} as before")
    return 0


def _print(faults: Iterable[Fault]) -> None:
    for fault in faults:
        print(fault, file=sys.stderr)
