"""`suhbat acts` and `suhbat record verify|rebuild|checkpoint`."""

import argparse
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from suhbat.acts.actors import ROLE_NAMES
from suhbat.acts.rebuilding import differences, restore
from suhbat.acts.registry import REGISTRY
from suhbat.ground.database import Base, Database
from suhbat.ground.settings import Settings
from suhbat.record.checkpoints import BadCheckpoint, Checkpoint, read, sign, verifier_key
from suhbat.record.verifying import Verdict, verify

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  (argparse names it no other way)


def add(commands: "Commands") -> None:
    """Add the commands of the door and of the record."""
    commands.add_parser("acts", help="print every act with its rule").set_defaults(work=_acts)
    record = commands.add_parser("record", help="the record").add_subparsers(required=True, metavar="WHAT")
    command = record.add_parser("verify", help="recompute everything; name the first entry that does not fit")
    command.add_argument("--checkpoint", type=Path, help="a checkpoint that was kept elsewhere")
    command.add_argument("--key", default="", help="the verifier key of the checkpoint; else this installation's own")
    command.set_defaults(work=_verify)
    command = record.add_parser("rebuild", help="show that the entries alone make the tables")
    command.add_argument("--restore", action="store_true", help="make the tables anew from the entries")
    command.set_defaults(work=_rebuild)
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


def _acts(_settings: Settings, _options: argparse.Namespace) -> int:
    for name in sorted(REGISTRY):
        known = REGISTRY[name]
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
        return 1
    print(f"{verdict.entries} entries, each as recorded. Root {verdict.root}")
    if earlier:
        print(f"The first {earlier.size} of them are those of the checkpoint.")
    return 0


def _rebuild(settings: Settings, options: argparse.Namespace) -> int:
    with _opened(settings) as database:
        with database.reading() as session:
            if not _fits(verify(session)):
                return 1  # nothing is made from a record that is not what it was
        if options.restore:
            with database.writing() as session:
                print(f"The tables are made anew from {restore(session)} entries.")
            return 0
        with tempfile.TemporaryDirectory() as folder, database.reading() as session:
            scratch = Database(f"sqlite:///{Path(folder) / 'rebuilt.sqlite3'}")
            Base.metadata.create_all(scratch.engine)
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
