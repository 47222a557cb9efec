"""A backup restores letters and sign-ins that were ended after it was made; `suhbat after-restore` ends them again."""

import shutil
import subprocess

import pytest
from conftest import BOTH
from scripts.private_postgres import programs
from sqlalchemy import select

from suhbat.acts.door import Door
from suhbat.acts.live_streams import ENDS
from suhbat.acts.roles_and_seats import ADMINISTRATION, PUBLIC_READER, Role
from suhbat.command import main
from suhbat.discovery import load_packages
from suhbat.ground.clock import now
from suhbat.ground.database import Database
from suhbat.ground.migrations import installations
from suhbat.ground.refusals import Kind, Refused
from suhbat.ground.settings import Settings
from suhbat.people.models import Invitation, SeatRow
from suhbat.people.passkey_acts import Nothing
from suhbat.people.queries import actor_for
from suhbat.people.seat_letters import Renewal
from suhbat.people.seats import Taking
from suhbat.people.session_cookie import actor_of, sign_in_cookie, sign_outs_of
from suhbat.people.tests.conftest import MEETING, secret_of


class OnDisk:
    """An installation on disk: opened for a moment, closed, copied and restored."""

    def __init__(self, settings, folder):
        self.settings, self.backup = settings, folder

    def perform(self, actor, act, inputs):
        database = Database(self.settings.url)
        try:
            return Door(database, self.settings, now).perform(actor, act, inputs)
        finally:
            database.close()

    def read(self, function, *arguments):
        database = Database(self.settings.url)
        with database.reading() as session:
            answer = function(session, *arguments)
        database.close()
        return answer

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

    def administrators_letter(self, name):
        """The secret of a new administrator's letter."""
        return secret_of(self.perform(ADMINISTRATION, "administrator.named", {"name": name}).reply["link"])

    def take(self, secret):
        return self.perform(PUBLIC_READER, "seat.taken", Taking(secret=secret)).reply["person"]

    def sign_in(self, person):
        return sign_in_cookie(self.settings, person, now(), self.read(sign_outs_of, person))

    def person_of(self, cookie):
        return self.read(actor_of, self.settings, cookie, now).id

    def sign_out(self, person):
        self.perform(self.read(actor_for, person), "person.signed_out", Nothing())


@pytest.fixture(params=BOTH)
def disk(request, tmp_path, monkeypatch):
    url = request.getfixturevalue("postgres_server").database() if request.param == "postgres" else ""
    settings = Settings(data=tmp_path / "app", database_url=url)
    monkeypatch.setenv("SUHBAT_DATA", str(settings.data))
    monkeypatch.setenv("SUHBAT_DATABASE_URL", url)
    settings.make_folder()
    load_packages()
    with installations.prepared_tables(settings.url):
        pass
    return OnDisk(settings, tmp_path / "backup")


def test_restored_letters_and_sign_ins_are_ended_again(disk, capsys):
    minister = disk.take(disk.administrators_letter("The minister"))
    stolen, letter = disk.sign_in(minister), disk.administrators_letter("The deputy")
    disk.back_up()
    disk.take(letter)
    disk.sign_out(minister)
    later = disk.sign_in(minister)
    disk.sign_out(minister)
    assert (disk.person_of(stolen), disk.person_of(later)) == ("", "")
    with pytest.raises(Refused, match="has been used"):
        disk.take(letter)

    disk.restore()
    assert disk.person_of(stolen) == minister  # the danger
    capsys.readouterr()
    assert main(["after-restore"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Letters that were open and are void now: 1. Give new ones for the seats that wait.",
        "People whose sign-ins are ended: 1. Their passkeys let them in again.",
        "Not ended: 0 passkeys and 2 seats. What was removed since the backup counts again.",
    ]
    assert (disk.person_of(stolen), disk.person_of(later)) == ("", "")
    with pytest.raises(Refused, match="has been revoked"):
        disk.take(letter)
    assert main(["record", "verify"]) == 0
    assert main(["record", "rebuild"]) == 0

    seat = disk.read(lambda session: session.scalar(select(SeatRow.id).where(SeatRow.person.is_(None))))
    assert main(["people", "renew", seat]) == 0
    assert disk.take(secret_of(capsys.readouterr().out.split()[-1]))
    assert disk.person_of(disk.sign_in(minister)) == minister


def test_without_the_command_a_used_letter_works_again_after_a_restore(disk):
    letter = disk.administrators_letter("The deputy")
    disk.back_up()
    deputy = disk.take(letter)
    disk.restore()
    stranger = disk.take(letter)  # this is why the command exists
    assert stranger != deputy
    assert [role.role for role in disk.read(actor_for, stranger).seats] == [Role.ADMINISTRATOR]


def test_a_second_restore_does_not_revive_the_sign_ins_in_between(disk):
    minister = disk.take(disk.administrators_letter("The minister"))
    disk.back_up()
    main(["after-restore"])
    between = disk.sign_in(minister)
    assert disk.person_of(between) == minister
    disk.restore()
    main(["after-restore"])
    assert disk.person_of(between) == ""


def test_the_secretariat_gives_a_new_letter_for_a_seat_that_nobody_took(app, invite, secretariat):
    secret = invite("A Minister", Role.DELEGATE, "KZ")
    done = app.door.perform(ADMINISTRATION, "installation.restored", Nothing())
    assert done.entry.body["letters"] == 1
    with pytest.raises(Refused, match="has been revoked"):
        app.door.perform(PUBLIC_READER, "seat.taken", Taking(secret=secret))
    with app.database.reading() as session:
        seat = session.scalar(select(Invitation.seat))
    link = app.door.perform(secretariat, "seat.renewed", Renewal(meeting=MEETING, seat=seat)).reply["link"]
    assert app.door.perform(PUBLIC_READER, "seat.taken", Taking(secret=secret_of(link))).reply["person"]


def test_only_the_operator_on_the_command_line_can_do_it(app):
    link = app.door.perform(ADMINISTRATION, "administrator.named", {"name": "An administrator"}).reply["link"]
    person = app.door.perform(PUBLIC_READER, "seat.taken", Taking(secret=secret_of(link))).reply["person"]
    with app.database.reading() as session:
        administrator = actor_for(session, person)
    with pytest.raises(Refused) as refusal:
        app.door.perform(administrator, "installation.restored", Nothing())
    assert refusal.value.kind == Kind.NOT_ALLOWED


def test_the_connections_of_signed_in_persons_end(app, sit):
    minister = sit("A Minister", Role.DELEGATE, "KZ")
    entry = app.door.perform(ADMINISTRATION, "installation.restored", Nothing()).entry
    assert ENDS["installation.restored"](entry, minister)
    assert not ENDS["installation.restored"](entry, PUBLIC_READER)
