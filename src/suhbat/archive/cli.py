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
from suhbat.ground.clock import now
from suhbat.ground.database import Database
from suhbat.ground.migrations.installations import prepared_tables
from suhbat.ground.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  (argparse names it no other way)


MOST_PATHS = 20
"""How many paths are printed one by one; of more, only the number is printed."""


def add(commands: "Commands") -> None:
    """Add the commands of the public record."""
    archive = commands.add_parser("archive", help="the public record as files").add_subparsers(
        required=True, metavar="WHAT"
    )
    for name, work, opens, about in (
        ("check", _check, nullcontext, "print every fault in a folder"),
        ("load", _load, prepared_tables, "load the changed files of a folder"),
    ):
        command = archive.add_parser(name, help=about)
        command.add_argument("path", type=Path, nargs="?", default=SHIPPED)
        command.add_argument("-q", "--quiet", action="store_true", help="print nothing if nothing changed")
        command.set_defaults(work=work, opens=opens, anywhere=opens is nullcontext)
    command = archive.add_parser("export", help="write the public record as files, with published meetings held here")
    command.add_argument("path", type=Path)
    command.set_defaults(work=_export)


def _export(settings: Settings, options: argparse.Namespace) -> int:
    os.umask(options.umask)  # the files are for others: they get the rights of the operator's shell
    database = Database(settings.url)
    try:
        done = export(database, options.path, settings.origin)
    finally:
        database.close()
    print(f"{done.loaded} files as loaded, {done.edited} changed by editors, {done.held} held here")
    return 0


def _check(_settings: Settings, options: argparse.Namespace) -> int:
    files, faults = check_folder(options.path, now().date())
    _print(faults)
    print(f"{len(files)} files, {len(faults)} faults")
    return 1 if faults else 0


def _load(settings: Settings, options: argparse.Namespace) -> int:
    database = Database(settings.url)
    try:
        done = load(Door(database, settings, now), options.path, now().date())
    finally:
        database.close()
    if done.faults:
        _print(done.faults)
        print(f"{len(done.faults)} faults: nothing was loaded", file=sys.stderr)
        return 1
    for status, paths in (("new", done.new), ("changed", done.changed), ("deleted", done.deleted)):
        if len(paths) > MOST_PATHS:
            print(f"{status}: {len(paths)} files")
            continue
        for path in paths:
            print(f"{status}: {path}")
    if done.new or done.changed or done.deleted or not options.quiet:
        new, changed, deleted = len(done.new), len(done.changed), len(done.deleted)
        print(f"public record: {new} new, {changed} changed, {deleted} deleted, {done.unchanged} unchanged")
    return 0


def _print(faults: Iterable[Fault]) -> None:
    for fault in faults:
        print(fault, file=sys.stderr)
