"""What an operator does by mistake: as root, with a loose umask, in a plain shell. And what the log says of faults."""

import ast
import logging
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

import suhbat
from suhbat.command import main
from suhbat.ground import operator_log
from suhbat.ground import settings as settings_module
from suhbat.ground.database import Database
from suhbat.ground.settings import KEYS, Settings, SettingsError, from_environment

SOURCE = Path(suhbat.__file__).parent
URL = "postgresql+psycopg://house:pa%40ss-word@127.0.0.1:9/nothing?connect_timeout=2"


@pytest.fixture
def data(tmp_path, monkeypatch):
    """Where the installation is to be."""
    folder = tmp_path / "app"
    monkeypatch.setenv("SUHBAT_DATA", str(folder))
    return folder


def keys_asked_for():
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "key":
                yield from (each.value for each in node.args if isinstance(each, ast.Constant))


def test_every_key_that_the_code_asks_for_is_made_when_a_house_is_prepared(data):
    assert set(keys_asked_for()) == set(KEYS)
    assert main(["prepare"]) == 0
    assert {path.name for path in (data / "keys").iterdir()} == set(KEYS)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_what_a_house_keeps_is_the_owners_alone_whatever_the_umask(umask, data):
    before = os.umask(umask)
    try:
        assert main(["prepare"]) == 0
        assert main(["people", "administrator", "Someone"]) == 0
        assert os.umask(umask) == umask  # the shell's is given back
    finally:
        os.umask(before)
    loose = [path for path in (data, *data.rglob("*")) if path.stat().st_mode & 0o077]
    assert loose == []


def test_a_house_that_stood_open_is_shut_when_it_is_prepared_again(data):
    main(["prepare"])
    for path in (data, data / "suhbat.sqlite3", data / "keys"):
        path.chmod(0o755)
    (data / "papers").mkdir(mode=0o755)
    main(["prepare"])
    open_still = [path for path in (data, *data.rglob("*")) if path.stat().st_mode & 0o077]
    assert open_still == []


def test_everybodys_folder_is_left_to_everybody(tmp_path):
    folder = tmp_path / "like-tmp"
    folder.mkdir()
    folder.chmod(0o1777)
    Settings(data=folder).make_folder()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o1777
    assert stat.S_IMODE((folder / "keys").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "command", [["record", "verify"], ["record", "checkpoint"], ["people", "list"], ["prepare"], ["serve"], ["rebuild"]]
)
def test_nobody_but_the_folders_owner_runs_a_command_on_it(command, data, capsys, monkeypatch):
    main(["prepare"])
    capsys.readouterr()
    monkeypatch.setattr(os, "geteuid", lambda: data.stat().st_uid + 1)
    assert main(command) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert f"{data} belongs to" in said[0]


def test_what_touches_no_house_is_for_anybody(data, monkeypatch, capsys):
    main(["prepare"])
    monkeypatch.setattr(os, "geteuid", lambda: data.stat().st_uid + 1)
    assert main(["acts"]) == 0


@pytest.mark.parametrize(
    "command",
    [["record", "verify"], ["record", "checkpoint"], ["record", "checkpoint", "--key"], ["people", "list"],
     ["people", "administrator", "Someone"], ["acts"], ["rebuild"], ["record", "rebuild"]],
)  # fmt: skip
def test_a_command_without_its_settings_makes_nothing_in_passing(command, data, capsys):
    main(command)
    assert not data.exists()


def test_a_lost_key_is_told_and_never_made_anew_in_passing(data, monkeypatch):
    main(["prepare"])
    (data / "keys" / "checkpoint").unlink()
    monkeypatch.setattr(settings_module, "_KEYS", {})  # as in a process that has not read it yet
    with pytest.raises(SettingsError, match="restore it from a backup"):
        from_environment().key("checkpoint")
    assert not (data / "keys" / "checkpoint").exists()


def test_no_password_is_told_by_settings_or_by_a_command_that_cannot_reach_its_database(data, monkeypatch, capsys):
    monkeypatch.setenv("SUHBAT_DATABASE_URL", URL)
    monkeypatch.setenv("SUHBAT_SMTP", "smtp://house:sec%23ret@mail.example:587")
    monkeypatch.setenv("SUHBAT_TURN_SECRET", "shared-by-two")
    settings = from_environment()
    assert main(["prepare"]) == 2
    said = repr(settings) + str(settings) + "".join(capsys.readouterr())
    for secret in ("pa%40ss-word", "pa@ss-word", "sec%23ret", "sec#ret", "shared-by-two"):
        assert secret not in said


@pytest.mark.parametrize("address", ["smtp://house:half#half@mail:587", "smtp://house:half/half@mail", "mail.example"])
def test_an_address_of_a_mail_server_that_cannot_be_read_is_told_without_it(address, data, monkeypatch, capsys):
    monkeypatch.setenv("SUHBAT_SMTP", address)
    assert main(["prepare"]) == 2
    said = capsys.readouterr().err
    assert "SUHBAT_SMTP is no address" in said
    assert "half" not in said


def test_setting_up_keeps_no_password_on_disk(tmp_path):
    """What `make setup` notes of the database's address is a hash."""
    script = (SOURCE.parent.parent / "scripts" / "setup.sh").read_text(encoding="utf-8")
    (line,) = [line for line in script.splitlines() if line.startswith("now=")]
    made = subprocess.run(
        ["bash", "-c", f'sources=/dev/null; {line}; echo "$now"'],
        env={"SUHBAT_DATABASE_URL": URL, "PATH": os.environ["PATH"]}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "ss-word" not in made.stdout
    assert len(made.stdout.split()[0]) == 64


def test_a_second_process_is_refused_while_meetings_are_held_by_video(data, capsys):
    main(["prepare"])
    capsys.readouterr()
    assert main(["serve", "--workers", "2"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "--no-video" in line


@pytest.mark.parametrize(("arguments", "setting"), [(["--no-video"], ""), ([], "0")])
def test_with_text_alone_two_processes_serve_one_house(arguments, setting, data, monkeypatch):
    served = []

    def run(_application, *, workers, **_more):
        served.append((workers, os.environ["SUHBAT_VIDEO"]))

    monkeypatch.setattr("suhbat.command.uvicorn.run", run)
    monkeypatch.setenv("SUHBAT_VIDEO", setting)
    monkeypatch.setenv("SUHBAT_ORIGIN", "https://dialogue.example")
    assert main(["serve", "--port", "0", "--workers", "2", *arguments]) == 0
    assert served == [(2, "0")]


@pytest.fixture
def lines():
    """A log of its own, and what was written to it."""
    written = []

    class Keep(logging.Handler):
        def emit(self, record):
            written.append(self.format(record))

    handler = Keep()
    handler.addFilter(operator_log.OncePerWindow())
    handler.setFormatter(operator_log.WithoutSecrets("%(message)s"))
    logger = logging.getLogger("suhbat.trial")
    logger.addHandler(handler)
    logger.propagate = False
    yield logger, written
    logger.removeHandler(handler)


def fail(logger, number):
    try:
        int("no number")
    except ValueError:
        logger.exception("fault %d", number)


def test_the_same_fault_a_thousand_times_is_one_line_and_later_one_that_counts(lines, monkeypatch):
    logger, written = lines
    at = [1000.0]
    monkeypatch.setattr(operator_log.time, "monotonic", lambda: at[0])
    for number in range(1000):
        fail(logger, number)
    logger.error("another fault")
    assert len(written) == 2
    at[0] += operator_log.WINDOW
    fail(logger, 1000)
    assert "fault 1000 (and 999 more of this kind" in written[2]


def test_a_database_that_is_away_is_one_line_without_a_traceback(lines):
    logger, written = lines
    database = Database("sqlite:////no/such/folder/suhbat.sqlite3")
    for _ in range(3):
        try:
            database.engine.connect()
        except OperationalError:
            logger.exception("a look failed")
    assert len(written) == 1
    assert written[0].splitlines() == ["a look failed", written[0].splitlines()[1]]
    assert "unable to open" in written[0]


def test_a_password_in_a_fault_is_not_written(lines, monkeypatch):
    logger, written = lines
    monkeypatch.setenv("SUHBAT_DATABASE_URL", URL)
    monkeypatch.setenv("SUHBAT_ICE_SERVERS", "stun:a.example, turn:name:turn-word@b.example:443")
    logger.error("with pa@ss-word and turn-word", exc_info=ConnectionError(f"cannot reach {URL}"))
    assert "ss-word" not in written[0]
    assert "turn-word" not in written[0]
    assert "cannot reach" in written[0]


def test_the_version_needs_no_house(data):
    subprocess.run([sys.executable, "-m", "suhbat.command", "--version"], check=True, capture_output=True)
    assert not data.exists()
