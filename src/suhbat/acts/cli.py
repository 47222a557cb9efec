"""`suhbat acts`, `suhbat rebuild` and `suhbat record verify|rebuild|checkpoint`."""

import argparse
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from suhbat.acts.act_source_lines import source_addresses
from suhbat.acts.files_of_entries import Files, check_files
from suhbat.acts.partial_replay import Copied, replay_for
from suhbat.acts.readers import NoSuchReaderError, reader_named
from suhbat.acts.registry import REGISTRY
from suhbat.acts.replay import RebuildError, assert_record, differences, rebuild_beside
from suhbat.acts.roles_and_seats import ROLE_NAMES
from suhbat.ground.database import Base, Database
from suhbat.ground.migrations.installations import NOTHING, exists
from suhbat.ground.settings import Settings
from suhbat.record.checkpoints import BadCheckpoint, Checkpoint, read, sign, verifier_key
from suhbat.record.verification import Verdict, verify

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  (argparse names it no other way)


def add(commands: "Commands") -> None:
    """Add the commands about acts and about the record."""
    command = commands.add_parser("acts", help="print every act with its rule")
    command.add_argument("--where", action="store_true", help="print where each rule, effect and phrase is written")
    command.set_defaults(work=_acts, opens=nullcontext, anywhere=True)
    command = commands.add_parser("rebuild", help="make all tables again from the record, after an update or a loss")
    command.description = (
        "Fills a second database from the entries, beside the first, compares both records, and swaps them. The first "
        "stays. Stop the server first. The record itself is not changed."
    )
    command.set_defaults(work=_rebuild, opens=nullcontext)  # it works when every other command is refused
    record = commands.add_parser("record", help="the record").add_subparsers(required=True, metavar="WHAT")
    command = record.add_parser(
        "verify", help="recompute everything; name the first entry and all files that do not fit"
    )
    command.add_argument("--checkpoint", type=Path, help="a checkpoint that was saved elsewhere")
    command.add_argument("--key", default="", help="the verifier key of the checkpoint; else this installation's own")
    command.add_argument(
        "--as",
        dest="reader",
        default="",
        metavar="READER",
        help="then replay what this reader may see: public, secretariat, a state (KZ) or a state's subject (KZ:health)",
    )
    command.set_defaults(work=_verify)
    command = record.add_parser("rebuild", help="show that the entries alone make the tables")
    command.set_defaults(work=_record_rebuild, opens=nullcontext)  # so does this
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
        act = REGISTRY[name]
        if options.where:
            print(name)
            for part, address in source_addresses(name):
                print(f"  {part:<14}  {address}")
            continue
        roles = ", ".join(sorted(str(ROLE_NAMES[role]) for role in act.by))
        print(f"{name}  {act.title}\n  by {roles}; seen by {act.audience}")
        print(textwrap.indent(act.rule, "  ") + "\n")
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
            return 1  # an entry that was changed may name any file
        files = check_files(session, settings.data)
        try:
            copied = _replay_as(options.reader, session) if options.reader else None
        except NoSuchReaderError as fault:
            print(f"suhbat: {fault}", file=sys.stderr)
            return 2
    print(f"{verdict.entries} entries, each as recorded. Root {verdict.root}")
    if earlier:
        print(f"The first {earlier.size} of them are those of the checkpoint.")
    if copied:
        _print_copied(options.reader, copied)
    return _files_fit(files)


def _replay_as(reader: str, session: Session) -> Copied:
    """Replay what a reader may see in a database of its own, which is then deleted."""
    viewer = reader_named(session, reader)
    with tempfile.TemporaryDirectory() as folder:
        copy = Database(f"sqlite:///{Path(folder) / 'copy.sqlite3'}")
        Base.metadata.create_all(copy.engine)
        with copy.writing() as fresh:
            copied = replay_for(viewer, session, fresh)
        copy.close()
    return copied


def _print_copied(reader: str, copied: Copied) -> None:
    print(f"{copied.entries} of them may be read as {reader}.")
    numbers: dict[str, list[int]] = {}
    for row in copied.not_shown:
        numbers.setdefault(row.entry.act, []).append(row.entry.number)
    for act, entries in numbers.items():
        print(f"Not shown without others: {act}: {len(entries)} entries, from entry {entries[0]} on")
    if not copied.not_shown:
        print("Each takes effect without any other entry.")


def _files_fit(files: Files) -> int:
    for line in files.faults:
        print(f"NOT AS RECORDED: {line}")
    if files.faults:
        print(f"Of {files.named} files {len(files.faults)} are not as recorded: restore them from a backup.")
    elif files.named:
        print(f"{files.named} files, each as recorded.")
    if files.unnamed:
        print(f"{files.unnamed} more files, which no entry names: of acts in progress, or of acts that failed.")
    return 1 if files.faults else 0


def _rebuild(settings: Settings, _options: argparse.Namespace) -> int:
    rebuilt = rebuild_beside(settings.url)
    print(f"All tables are made again from {rebuilt.entries} entries. Root {rebuilt.root}")
    for table in rebuilt.skipped:
        print(f"Left empty, since its columns differ in this version: {table} (its rows matter only for minutes)")
    print(f"The earlier tables are still there: {rebuilt.earlier}")
    return 0


def _record_rebuild(settings: Settings, _options: argparse.Namespace) -> int:
    if not exists(settings.url):
        raise RebuildError(NOTHING)
    with _opened(settings) as database, tempfile.TemporaryDirectory() as folder:
        with database.reading() as session:
            assert_record(session.connection())
            if not _fits(verify(session)):
                return 1  # nothing is rebuilt from a record that was changed
        scratch = Database(f"sqlite:///{Path(folder) / 'rebuilt.sqlite3'}")
        Base.metadata.create_all(scratch.engine)
        with database.reading() as session:
            faults = differences(session, scratch)
        scratch.close()
    for line in faults:
        print(f"NOT AS RECORDED: {line}")
    if not faults:
        print("The tables are as the entries make them.")
    return 1 if faults else 0


def _checkpoint(settings: Settings, options: argparse.Namespace) -> int:
    if options.key:
        print(verifier_key(settings))
        return 0
    with _opened(settings) as database, database.reading() as session:
        verdict = verify(session)
    if not _fits(verdict):
        return 1  # a record with faults is not signed
    sys.stdout.write(sign(settings, verdict.entries, bytes.fromhex(verdict.root)))
    return 0


def _fits(verdict: Verdict) -> bool:
    if verdict.fault:
        print(f"NOT AS RECORDED: {verdict.fault} ({verdict.entries} entries before it fit)")
    return not verdict.fault
