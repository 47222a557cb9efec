"""`suhbat acts`, `suhbat rebuild` and `suhbat record verify|rebuild|checkpoint`."""

import argparse
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from suhbat.acts.actors import ROLE_NAMES
from suhbat.acts.named_files import Files, look_at_files
from suhbat.acts.rebuilding import RebuildError, assert_record, differences, rebuild_beside
from suhbat.acts.registry import REGISTRY
from suhbat.acts.source import places_of
from suhbat.ground.database import Base, Database
from suhbat.ground.migrations.installations import NOTHING, exists
from suhbat.ground.settings import Settings
from suhbat.record.checkpoints import BadCheckpoint, Checkpoint, read, sign, verifier_key
from suhbat.record.verifying import Verdict, verify

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  (argparse names it no other way)


def add(commands: "Commands") -> None:
    """Add the commands of the door and of the record."""
    command = commands.add_parser("acts", help="print every act with its rule")
    command.add_argument("--where", action="store_true", help="print where each rule, effect and phrase is written")
    command.set_defaults(work=_acts, opens=nullcontext, anywhere=True)
    command = commands.add_parser("rebuild", help="make all tables anew from the record: after an update, after a loss")
    command.description = (
        "Fills a second database from the entries, beside the first, compares both records, and swaps them. The first "
        "is kept. End the server before. The record itself is not changed."
    )
    command.set_defaults(work=_rebuild, opens=nullcontext)  # it works where all else refuses
    record = commands.add_parser("record", help="the record").add_subparsers(required=True, metavar="WHAT")
    command = record.add_parser(
        "verify", help="recompute everything; name the first entry and all files that do not fit"
    )
    command.add_argument("--checkpoint", type=Path, help="a checkpoint that was kept elsewhere")
    command.add_argument("--key", default="", help="the verifier key of the checkpoint; else this installation's own")
    command.set_defaults(work=_verify)
    command = record.add_parser("rebuild", help="show that the entries alone make the tables")
    command.set_defaults(work=_record_rebuild, opens=nullcontext)  # this too
    command = record.add_parser("checkpoint", help="print the size and root of the record, signed")
    command.add_argument("--key", action="store_true", help="print the key that checks it instead")
    command.set_defaults(work=_checkpoint)


@contextmanager
def _opened(settings: Settings) -> Iterator[Database]:
    database = Database(settings.url)
    try:
        yield database
    finally:
        database.close()


def _acts(_settings: Settings, options: argparse.Namespace) -> int:
    for name in sorted(REGISTRY):
        known = REGISTRY[name]
        if options.where:
            print(name)
            for what, address in places_of(name):
                print(f"  {what:<14}  {address}")
            continue
        who = ", ".join(sorted(str(ROLE_NAMES[role]) for role in known.by))
        print(f"{name}  {known.title}\n  by {who}; seen by {known.audience}")
        print(textwrap.indent(known.rule, "  ") + "\n")
    return 0


def _verify(settings: Settings, options: argparse.Namespace) -> int:
    earlier: Checkpoint | None = None
    if options.checkpoint:
        try:
            earlier = read(options.checkpoint.read_text(encoding="utf-8"), options.key or verifier_key(settings))
        except (BadCheckpoint, OSError, UnicodeDecodeError) as fault:
            print(f"suhbat: {options.checkpoint}: {fault}", file=sys.stderr)
            return 2
    with _opened(settings) as database, database.reading() as session:
        verdict = verify(session, earlier)
        if not _fits(verdict):
            return 1  # what a changed entry names need not be a file of the house
        files = look_at_files(session, settings.data)
    print(f"{verdict.entries} entries, each as recorded. Root {verdict.root}")
    if earlier:
        print(f"The first {earlier.size} of them are those of the checkpoint.")
    return _files_fit(files)


def _files_fit(files: Files) -> int:
    for line in files.faults:
        print(f"NOT AS RECORDED: {line}")
    if files.faults:
        print(f"Of {files.named} files {len(files.faults)} are not as recorded: restore them from a backup.")
    elif files.named:
        print(f"{files.named} files, each as recorded.")
    if files.unnamed:
        print(f"{files.unnamed} more files, which no entry names: of acts that are under way, or were cut off.")
    return 1 if files.faults else 0


def _rebuild(settings: Settings, _options: argparse.Namespace) -> int:
    done = rebuild_beside(settings.url)
    print(f"All tables are made anew from {done.entries} entries. Root {done.root}")
    for table in done.left:
        print(f"Left empty, since it was not as in this version: {table} (it holds what means nothing after minutes)")
    print(f"The earlier tables are kept: {done.kept}")
    return 0


def _record_rebuild(settings: Settings, _options: argparse.Namespace) -> int:
    if not exists(settings.url):
        raise RebuildError(NOTHING)
    with _opened(settings) as database, tempfile.TemporaryDirectory() as folder:
        with database.reading() as session:
            assert_record(session.connection())
            if not _fits(verify(session)):
                return 1  # nothing is made from a record that is not what it was
        scratch = Database(f"sqlite:///{Path(folder) / 'rebuilt.sqlite3'}")
        Base.metadata.create_all(scratch.engine)
        with database.reading() as session:
            found = differences(session, scratch)
        scratch.close()
    for line in found:
        print(f"NOT AS RECORDED: {line}")
    if not found:
        print("The tables are what the entries tell.")
    return 1 if found else 0


def _checkpoint(settings: Settings, options: argparse.Namespace) -> int:
    if options.key:
        print(verifier_key(settings))
        return 0
    with _opened(settings) as database, database.reading() as session:
        verdict = verify(session)
    if not _fits(verdict):
        return 1  # what does not fit is not signed
    sys.stdout.write(sign(settings, verdict.entries, bytes.fromhex(verdict.root)))
    return 0


def _fits(verdict: Verdict) -> bool:
    if verdict.fault:
        print(f"NOT AS RECORDED: {verdict.fault} ({verdict.entries} entries before it fit)")
    return not verdict.fault
