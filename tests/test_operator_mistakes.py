"""Mistakes of operators: as root, with an open umask, without settings. And the lines of the log about faults."""

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
URL = "postgresql+psycopg://suhbat:pa%40ss-word@127.0.0.1:9/nothing?connect_timeout=2"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The data folder of an installation; it does not exist yet."""
    folder = tmp_path / "app"
    monkeypatch.setenv("SUHBAT_DATA", str(folder))
    return folder


def keys_used():
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "key":
                yield from (argument.value for argument in node.args if isinstance(argument, ast.Constant))


def test_prepare_makes_every_key_that_the_code_uses(folder):
    assert set(keys_used()) == set(KEYS)
    assert main(["prepare"]) == 0
    assert {path.name for path in (folder / "keys").iterdir()} == set(KEYS)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_only_the_owner_can_read_the_data_whatever_the_umask(umask, folder):
    before = os.umask(umask)
    try:
        assert main(["prepare"]) == 0
        assert main(["people", "administrator", "Someone"]) == 0
        assert os.umask(umask) == umask  # the umask of the shell is set again
    finally:
        os.umask(before)
    readable = [path for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o077]
    assert readable == []


def test_prepare_closes_a_folder_that_others_could_read(folder):
    main(["prepare"])
    for path in (folder, folder / "suhbat.sqlite3", folder / "keys"):
        path.chmod(0o755)
    (folder / "papers").mkdir(mode=0o755)
    main(["prepare"])
    readable = [path for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o077]
    assert readable == []


def test_a_folder_that_all_may_write_to_stays_open(tmp_path):
    folder = tmp_path / "like-tmp"
    folder.mkdir()
    folder.chmod(0o1777)
    Settings(data=folder).make_folder()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o1777
    assert stat.S_IMODE((folder / "keys").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "command", [["record", "verify"], ["record", "checkpoint"], ["people", "list"], ["prepare"], ["serve"], ["rebuild"]]
)
def test_only_the_owner_of_a_folder_runs_a_command_on_it(command, folder, capsys, monkeypatch):
    main(["prepare"])
    capsys.readouterr()
    monkeypatch.setattr(os, "geteuid", lambda: folder.stat().st_uid + 1)
    assert main(command) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert f"{folder} belongs to" in line


def test_anybody_runs_a_command_that_needs_no_data(folder, monkeypatch, capsys):
    main(["prepare"])
    monkeypatch.setattr(os, "geteuid", lambda: folder.stat().st_uid + 1)
    assert main(["acts"]) == 0


@pytest.mark.parametrize(
    "command",
    [["record", "verify"], ["record", "checkpoint"], ["record", "checkpoint", "--key"], ["people", "list"],
     ["people", "administrator", "Someone"], ["acts"], ["rebuild"], ["record", "rebuild"]],
)  # fmt: skip
def test_a_command_without_settings_makes_no_folder(command, folder, capsys):
    main(command)
    assert not folder.exists()


def test_a_lost_key_is_reported_and_not_made_again(folder, monkeypatch):
    main(["prepare"])
    (folder / "keys" / "checkpoint").unlink()
    monkeypatch.setattr(settings_module, "_KEYS", {})  # as in a process that has not read it yet
    with pytest.raises(SettingsError, match="restore it from a backup"):
        from_environment().key("checkpoint")
    assert not (folder / "keys" / "checkpoint").exists()


def test_neither_settings_nor_a_command_without_its_database_show_a_password(folder, monkeypatch, capsys):
    monkeypatch.setenv("SUHBAT_DATABASE_URL", URL)
    monkeypatch.setenv("SUHBAT_SMTP", "smtp://suhbat:sec%23ret@mail.example:587")
    monkeypatch.setenv("SUHBAT_TURN_SECRET", "shared-by-two")
    settings = from_environment()
    assert main(["prepare"]) == 2
    shown = repr(settings) + str(settings) + "".join(capsys.readouterr())
    for secret in ("pa%40ss-word", "pa@ss-word", "sec%23ret", "sec#ret", "shared-by-two"):
        assert secret not in shown


@pytest.mark.parametrize("address", ["smtp://suhbat:half#half@mail:587", "smtp://a:half/half@mail", "mail.example"])
def test_a_malformed_address_of_a_mail_server_is_reported_without_showing_it(address, folder, monkeypatch, capsys):
    monkeypatch.setenv("SUHBAT_SMTP", address)
    assert main(["prepare"]) == 2
    message = capsys.readouterr().err
    assert "SUHBAT_SMTP is no address" in message
    assert "half" not in message


def test_setup_writes_no_password_to_disk():
    """`make setup` notes a hash of the database's address."""
    script = (SOURCE.parent.parent / "scripts" / "setup.sh").read_text(encoding="utf-8")
    (line,) = [line for line in script.splitlines() if line.startswith("now=")]
    run = subprocess.run(
        ["bash", "-c", f'sources=/dev/null; {line}; echo "$now"'],
        env={"SUHBAT_DATABASE_URL": URL, "PATH": os.environ["PATH"]}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "ss-word" not in run.stdout
    assert len(run.stdout.split()[0]) == 64


@pytest.mark.parametrize(("arguments", "setting", "video"), [([], "", ""), (["--no-video"], "", "0"), ([], "0", "0")])
def test_two_processes_serve_one_installation_with_video_and_without(arguments, setting, video, folder, monkeypatch):
    starts = []

    def run(_application, *, workers, **_more):
        starts.append((workers, os.environ["SUHBAT_VIDEO"]))

    monkeypatch.setattr("suhbat.command.uvicorn.run", run)
    monkeypatch.setenv("SUHBAT_VIDEO", setting)
    monkeypatch.setenv("SUHBAT_ORIGIN", "https://dialogue.example")
    assert main(["serve", "--port", "0", "--workers", "2", *arguments]) == 0
    assert starts == [(2, video)]


@pytest.fixture
def lines():
    """A separate log, and its lines."""
    log_lines = []

    class ToList(logging.Handler):
        def emit(self, record):
            log_lines.append(self.format(record))

    handler = ToList()
    handler.addFilter(operator_log.OncePerWindow())
    handler.setFormatter(operator_log.WithoutSecrets("%(message)s"))
    logger = logging.getLogger("suhbat.trial")
    logger.addHandler(handler)
    logger.propagate = False
    yield logger, log_lines
    logger.removeHandler(handler)


def fail(logger, number):
    try:
        int("no number")
    except ValueError:
        logger.exception("fault %d", number)


def test_the_same_fault_a_thousand_times_is_one_line_and_later_one_with_the_count(lines, monkeypatch):
    logger, log_lines = lines
    at = [1000.0]
    monkeypatch.setattr(operator_log.time, "monotonic", lambda: at[0])
    for number in range(1000):
        fail(logger, number)
    logger.error("another fault")
    assert len(log_lines) == 2
    at[0] += operator_log.WINDOW
    fail(logger, 1000)
    assert "fault 1000 (and 999 more of this kind" in log_lines[2]


def test_an_unreachable_database_is_one_line_without_a_traceback(lines):
    logger, log_lines = lines
    database = Database("sqlite:////no/such/folder/suhbat.sqlite3")
    for _ in range(3):
        try:
            database.engine.connect()
        except OperationalError:
            logger.exception("a look failed")
    assert len(log_lines) == 1
    assert log_lines[0].splitlines() == ["a look failed", log_lines[0].splitlines()[1]]
    assert "unable to open" in log_lines[0]


def test_a_password_in_a_fault_is_not_logged(lines, monkeypatch):
    logger, log_lines = lines
    monkeypatch.setenv("SUHBAT_DATABASE_URL", URL)
    monkeypatch.setenv("SUHBAT_ICE_SERVERS", "stun:a.example, turn:name:turn-word@b.example:443")
    logger.error("with pa@ss-word and turn-word", exc_info=ConnectionError(f"cannot reach {URL}"))
    assert "ss-word" not in log_lines[0]
    assert "turn-word" not in log_lines[0]
    assert "cannot reach" in log_lines[0]


def test_the_version_needs_no_installation(folder):
    subprocess.run([sys.executable, "-m", "suhbat.command", "--version"], check=True, capture_output=True)
    assert not folder.exists()
