"""Wrong uses of the command line by operators: one line says what is wrong and what to do, never a traceback."""

import argparse
import os
import sqlite3
import subprocess
import sys

import pytest

from suhbat.command import _parser, main

ARGUMENTS = {
    "acts": [], "record verify": [], "record rebuild": [], "record checkpoint": [], "prepare": [], "rebuild": [],
    "after-restore": [],
    "people administrator": ["Someone"], "people editor": ["Someone"], "people list": [],
    "people secretariat": ["Someone", "--at", "ca-japan"], "people renew": ["no-such-seat"],
    "archive check": ["{folder}"], "archive load": ["{folder}"], "archive export": ["{folder}/out"],
    "text verify": ["{folder}/copy.json"],
}  # fmt: skip
"""Every command that ends by itself, with its arguments."""
ENDLESS = {"serve"}


def leaves(parser, path=()):
    subparsers = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not subparsers:
        yield " ".join(path)
    for action in subparsers:
        for name, inner_parser in action.choices.items():
            yield from leaves(inner_parser, (*path, name))


def test_every_command_is_tried():
    assert set(leaves(_parser())) == ARGUMENTS.keys() | ENDLESS


def empty_folder(folder, _set):
    """`prepare` never ran here."""


def damaged_database(folder, _set):
    (folder / "suhbat.sqlite3").write_bytes(os.urandom(20_000))


def folder_for_a_database(folder, _set):
    (folder / "suhbat.sqlite3").mkdir()


def half_a_database(folder, _set):
    connection = sqlite3.connect(folder / "suhbat.sqlite3")
    connection.execute("CREATE TABLE entry (number INTEGER)")
    connection.close()


def file_for_a_folder(folder, setting):
    (folder / "file").write_text("no folder")
    setting("SUHBAT_DATA", str(folder / "file"))


def rubbish_for_an_address(_folder, setting):
    setting("SUHBAT_DATABASE_URL", "rubbish")


def no_server(_folder, setting):
    setting("SUHBAT_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:9/nothing?connect_timeout=1")


def no_web_address(_folder, setting):
    setting("SUHBAT_TRANSLATION", "ftp://example")


def short_key(folder, _set):
    (folder / "keys").mkdir()
    for name in ("record", "cookie", "challenge", "receipt"):
        (folder / "keys" / name).write_bytes(b"short")


FAULTS = [empty_folder, damaged_database, folder_for_a_database, half_a_database, file_for_a_folder,
         rubbish_for_an_address, no_server, no_web_address, short_key]  # fmt: skip


@pytest.mark.parametrize("command", ARGUMENTS)
@pytest.mark.parametrize("make_fault", FAULTS, ids=lambda function: function.__name__)
def test_a_command_says_in_one_line_what_is_wrong(command, make_fault, tmp_path, monkeypatch, capsys):
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("SUHBAT_DATA", str(folder))
    make_fault(folder, monkeypatch.setenv)
    arguments = [argument.replace("{folder}", str(tmp_path)) for argument in ARGUMENTS[command]]
    code = main([*command.split(), *arguments])
    errors = capsys.readouterr().err
    assert code in {0, 1, 2}
    if code == 2:
        lines = errors.strip().splitlines()
        assert len(lines) == 1, errors
        assert lines[0].startswith("suhbat: ")
        assert "a fault of the program" not in lines[0]


def test_a_reader_who_stops_early_gets_no_traceback(tmp_path):
    command = f"{sys.executable} -m suhbat.command acts | head -1"
    env = {**os.environ, "SUHBAT_DATA": str(tmp_path)}
    run = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, env=env)
    assert run.stderr == ""
    assert run.stdout.count("\n") == 1


def test_the_version_is_printed(capsys):
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith("suhbat 0.")
