"""A backup brings back what was ended after it was made; `suhbat after-restore` ends it again."""

import shutil
import subprocess

import pytest
from conftest import BOTH
from scripts.private_postgres import programs
from sqlalchemy import select

from suhbat.acts.actors import ADMINISTRATION, PUBLIC_READER, Role
from suhbat.acts.door import Door
from suhbat.acts.live import ENDS
from suhbat.command import main
from suhbat.discovery import load_rooms
from suhbat.ground.database import Database
from suhbat.ground.migrations import installations
from suhbat.ground.refusals import Kind, Refused
from suhbat.ground.settings import Settings
from suhbat.people.devices import Nothing
from suhbat.people.models import Invitation, SeatRow
from suhbat.people.queries import actor_for
from suhbat.people.seats import Renewal, Taking
from suhbat.people.signing import actor_of, sign_in_cookie, sign_outs_of
from suhbat.people.tests.conftest import MEETING, secret_of


class OnDisk:
    """An installation as its operator has it: opened for a moment, closed, copied, put back."""

    def __init__(self, settings, folder):
        self.settings, self.backup = settings, folder

    def perform(self, actor, act, wish):
        database = Database(self.settings.url)
        try:
            return Door(database, self.settings).perform(actor, act, wish)
        finally:
            database.close()

    def look(self, what, *given):
        database = Database(self.settings.url)
        with database.reading() as session:
            found = what(session, *given)
        database.close()
        return found

    def back_up(self):
        if self.settings.database_url:
            self.run("pg_dump", "--no-owner", f"--file={self.backup}.sql")
        shutil.copytree(self.settings.data, self.backup)

    def restore(self):
        if self.settings.database_url:
            self.run("psql", "-q", "-c", "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
            self.run("psql", "-q", "-v", "ON_ERROR_STOP=1", "-f", f"{self.backup}.sql")
        shutil.rmtree(self.settings.data)
        shutil.copytree(self.backup, self.settings.data)

    def run(self, program, *arguments):
        address = self.settings.database_url.replace("+psycopg", "")
        subprocess.run([programs() / program, *arguments, address], check=True, capture_output=True)

    def named(self, name):
        """A new administrator's letter: its secret."""
        return secret_of(self.perform(ADMINISTRATION, "administrator.named", {"name": name}).reply["link"])

    def take(self, secret):
        return self.perform(PUBLIC_READER, "seat.taken", Taking(secret=secret)).reply["person"]

    def sign_in(self, person):
        return sign_in_cookie(self.settings, person, self.look(sign_outs_of, person))

    def who(self, cookie):
        return self.look(actor_of, self.settings, cookie).id

    def sign_out(self, person):
        self.perform(self.look(actor_for, person), "person.signed_out", Nothing())


@pytest.fixture(params=BOTH)
def disk(request, tmp_path, monkeypatch):
    url = request.getfixturevalue("postgres_server").database() if request.param == "postgres" else ""
    settings = Settings(data=tmp_path / "house", database_url=url)
    monkeypatch.setenv("SUHBAT_DATA", str(settings.data))
    monkeypatch.setenv("SUHBAT_DATABASE_URL", url)
    settings.make_folder()
    load_rooms()
    with installations.made(settings.url):
        pass
    return OnDisk(settings, tmp_path / "backup")


def test_what_a_backup_brings_back_is_ended_again(disk, capsys):
    minister = disk.take(disk.named("The minister"))
    stolen, letter = disk.sign_in(minister), disk.named("The deputy")
    disk.back_up()
    disk.take(letter)
    disk.sign_out(minister)
    later = disk.sign_in(minister)
    disk.sign_out(minister)
    assert (disk.who(stolen), disk.who(later)) == ("", "")
    with pytest.raises(Refused, match="has been used"):
        disk.take(letter)

    disk.restore()
    assert disk.who(stolen) == minister  # the danger
    capsys.readouterr()
    assert main(["after-restore"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Letters that were open and are void now: 1. Give new ones for the seats that wait.",
        "People whose sign-ins are ended: 1. Their passkeys let them in again.",
        "Not ended: 0 passkeys and 2 seats. What was removed since the backup counts again.",
    ]
    assert (disk.who(stolen), disk.who(later)) == ("", "")
    with pytest.raises(Refused, match="has been revoked"):
        disk.take(letter)
    assert main(["record", "verify"]) == 0
    assert main(["record", "rebuild"]) == 0

    seat = disk.look(lambda session: session.scalar(select(SeatRow.id).where(SeatRow.person.is_(None))))
    assert main(["people", "renew", seat]) == 0
    assert disk.take(secret_of(capsys.readouterr().out.split()[-1]))
    assert disk.who(disk.sign_in(minister)) == minister


def test_the_used_letter_would_let_anybody_in_after_a_restore(disk):
    letter = disk.named("The deputy")
    disk.back_up()
    deputy = disk.take(letter)
    disk.restore()
    stranger = disk.take(letter)  # why the command is there
    assert stranger != deputy
    assert [role.role for role in disk.look(actor_for, stranger).seats] == [Role.ADMINISTRATOR]


def test_a_backup_that_is_restored_twice_does_not_bring_back_the_sign_ins_in_between(disk):
    minister = disk.take(disk.named("The minister"))
    disk.back_up()
    main(["after-restore"])
    between = disk.sign_in(minister)
    assert disk.who(between) == minister
    disk.restore()
    main(["after-restore"])
    assert disk.who(between) == ""


def test_a_seat_that_nobody_has_taken_is_given_a_new_letter_by_its_secretariat(house, invite, secretariat):
    secret = invite("A Minister", Role.DELEGATE, "KZ")
    done = house.door.perform(ADMINISTRATION, "installation.restored", Nothing())
    assert done.entry.body["letters"] == 1
    with pytest.raises(Refused, match="has been revoked"):
        house.door.perform(PUBLIC_READER, "seat.taken", Taking(secret=secret))
    with house.database.reading() as session:
        seat = session.scalar(select(Invitation.seat))
    link = house.door.perform(secretariat, "seat.renewed", Renewal(meeting=MEETING, seat=seat)).reply["link"]
    assert house.door.perform(PUBLIC_READER, "seat.taken", Taking(secret=secret_of(link))).reply["person"]


def test_it_is_done_on_the_servers_command_line_alone(house):
    link = house.door.perform(ADMINISTRATION, "administrator.named", {"name": "An administrator"}).reply["link"]
    person = house.door.perform(PUBLIC_READER, "seat.taken", Taking(secret=secret_of(link))).reply["person"]
    with house.database.reading() as session:
        administrator = actor_for(session, person)
    with pytest.raises(Refused) as refusal:
        house.door.perform(administrator, "installation.restored", Nothing())
    assert refusal.value.kind == Kind.NOT_ALLOWED


def test_whoever_is_signed_in_loses_the_open_line(house, sit):
    minister = sit("A Minister", Role.DELEGATE, "KZ")
    entry = house.door.perform(ADMINISTRATION, "installation.restored", Nothing()).entry
    assert ENDS["installation.restored"](entry, minister)
    assert not ENDS["installation.restored"](entry, PUBLIC_READER)
