"""The commands `suhbat people …` and `suhbat after-restore`."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import func, select

from suhbat.acts.door import Door
from suhbat.acts.roles_and_seats import ADMINISTRATION, Role
from suhbat.ground.clock import now
from suhbat.ground.database import Database
from suhbat.ground.settings import Settings
from suhbat.people.appointments import Appointment
from suhbat.people.models import Passkey, Person, SeatRow
from suhbat.people.passkey_acts import Nothing
from suhbat.people.seat_letters import Renewal
from suhbat.people.seats import Offer


def add(commands: Any) -> None:
    """Add `suhbat people` and `suhbat after-restore`."""
    command = commands.add_parser("after-restore", help="after a backup was restored: end all letters and sign-ins")
    command.description = (
        "A backup does not know which letters were used and which sign-ins were ended after it was made. This ends all "
        "of them. It is an act, so the record has it. Run it before the server is started again."
    )
    command.set_defaults(work=_after_restore)
    people = commands.add_parser("people", help="persons and their seats").add_subparsers(required=True, metavar="WHAT")
    for role, office in (("administrator", "an administrator"), ("editor", "an editor of the public record")):
        command = people.add_parser(role, help=f"name {office}; prints a link that works once")
        command.add_argument("name")
        command.set_defaults(work=_appoint, role=role)
    command = people.add_parser("secretariat", help="appoint someone to the secretariat of a format or a meeting")
    command.add_argument("name")
    command.add_argument("--at", required=True, help="the format's or the meeting's id, such as ca-japan")
    command.set_defaults(work=_secretariat)
    command = people.add_parser("renew", help="a new link for a seat whose holder lost every device")
    command.add_argument("seat", help="the seat's id, as `suhbat people list` prints it")
    command.set_defaults(work=_renew)
    people.add_parser("list", help="print persons and their seats").set_defaults(work=_list)


@contextmanager
def _door(settings: Settings) -> Iterator[Door]:
    database = Database(settings.url)
    try:
        yield Door(database, settings, now)
    finally:
        database.close()


def _print_link(reply: dict[str, Any], name: str) -> int:
    print(f"The link for {name} works once, within 14 days:\n\n  {reply['link']}\n")
    return 0


def _appoint(settings: Settings, options: argparse.Namespace) -> int:
    with _door(settings) as door:
        done = door.perform(ADMINISTRATION, f"{options.role}.named", Appointment(name=options.name))
    return _print_link(done.reply, options.name)


def _secretariat(settings: Settings, options: argparse.Namespace) -> int:
    kind = "meeting" if "/" in options.at else "format"
    inputs = Offer(role=Role.SECRETARIAT, name=options.name, **{kind: options.at})
    with _door(settings) as door:
        return _print_link(door.perform(ADMINISTRATION, "seat.offered", inputs).reply, options.name)


def _renew(settings: Settings, options: argparse.Namespace) -> int:
    with _door(settings) as door:
        with door.database.reading() as session:
            row = session.get(SeatRow, options.seat)
        if row is None:
            print(f"There is no seat {options.seat}.")
            return 1
        meeting, format_ = (row.place, "") if "/" in row.place else ("", row.place)
        inputs = Renewal(seat=row.id, meeting=meeting, format=format_)
        return _print_link(door.perform(ADMINISTRATION, "seat.renewed", inputs).reply, row.name)


def _after_restore(settings: Settings, _options: argparse.Namespace) -> int:
    with _door(settings) as door:
        ended = door.perform(ADMINISTRATION, "installation.restored", Nothing()).entry.body
        with door.database.reading() as session:
            passkeys = session.scalar(select(func.count()).select_from(Passkey).where(Passkey.revoked.is_(False)))
            seats = session.scalar(select(func.count()).select_from(SeatRow).where(SeatRow.vacated.is_(False)))
    print(f"Letters that were open and are void now: {ended['letters']}. Give new ones for the seats that wait.")
    print(f"People whose sign-ins are ended: {ended['persons']}. Their passkeys let them in again.")
    print(f"Not ended: {passkeys} passkeys and {seats} seats. What was removed since the backup counts again.")
    return 0


def _list(settings: Settings, _options: argparse.Namespace) -> int:
    with _door(settings) as door, door.database.reading() as session:
        query = select(SeatRow, Person.name).outerjoin(Person, Person.id == SeatRow.person)
        for row, name in session.execute(query.where(SeatRow.vacated.is_(False)).order_by(SeatRow.place, SeatRow.id)):
            holder = name or f"{row.name} (invited)"
            print(f"{row.id}  {row.role:14} {row.state:4} {row.place or 'this app':40} {holder}")
    return 0
