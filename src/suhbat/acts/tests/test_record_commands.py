"""An operator checks the record on the command line, also after someone has changed the database."""

import hashlib
import json
import shutil
import sqlite3
from base64 import b64decode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from suhbat.command import main
from suhbat.record.hashing import Frontier, leaf_hash


@pytest.fixture
def copy(app, convene, tmp_path, monkeypatch):
    """A copy of an installation in which a meeting was convened. The original does not change."""
    convene(app)
    app.settings.make_folder()
    with app.database.reading() as session:
        session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    folder = tmp_path / "copy"
    shutil.copytree(app.settings.data, folder)
    monkeypatch.setenv("SUHBAT_DATA", str(folder))
    return folder


def change(copy, *statements):
    connection = sqlite3.connect(copy / "suhbat.sqlite3")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_acts_where_prints_the_file_and_line_of_each_part(capsys):
    assert main(["acts", "--where"]) == 0
    output = capsys.readouterr().out
    _, _, of_the_act = output.partition("\nmeeting.cancelled\n")
    lines = dict(line.rsplit("  ", 1) for line in of_the_act.splitlines()[:6])
    assert [part.strip() for part in lines] == ["input", "body", "guard", "rule", "effect", "phrase"]
    for address in lines.values():
        file, _, line = address.strip().rpartition(":")
        assert "def " in "".join(Path(file).read_text("utf-8").splitlines()[int(line) - 1 : int(line) + 4]) or (
            "class " in Path(file).read_text("utf-8").splitlines()[int(line) - 1]
        )


def test_an_untouched_record_fits(copy, capsys):
    assert main(["record", "verify"]) == 0
    assert "each as recorded. Root " in capsys.readouterr().out
    assert main(["record", "rebuild"]) == 0
    assert "as the entries make them" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE entry SET body = replace(body, 'Japan', 'Jаpan') WHERE number = 1", "entry 1: its content"),
        ("UPDATE entry SET body = '[' WHERE number = 2", "entry 2: it cannot be read"),
        ("UPDATE entry SET name = 'Someone else' WHERE number = 2", "entry 2: its content"),
        ("UPDATE entry SET office = '' WHERE number = 2", "entry 2: its content"),
        ("UPDATE entry SET time = '2020-08-11T06:00:59.000000Z' WHERE number = 2", "entry 2: its content"),
        ("UPDATE entry SET time = 'yesterday' WHERE number = 2", "entry 2: it cannot be read"),
        ("UPDATE entry SET audience = 'public' WHERE number = 2", "entry 2: its content"),
        ("UPDATE entry SET salt = zeroblob(32) WHERE number = 2", "entry 2: its content"),
        ("UPDATE entry SET hash = zeroblob(32) WHERE number = 2", "entry 2: its content"),
        ("UPDATE entry SET root = zeroblob(32) WHERE number = 2", "entry 2: the tree up to here"),
        ("UPDATE entry SET released_by = 1 WHERE number = 2", "entry 2: entry 1 cannot have made it public"),
        ("DELETE FROM entry WHERE number = 2", "entry 2 is missing"),
        ("DELETE FROM entry WHERE number = 3", "the head counts 3 entries, there are 2"),
        ("DELETE FROM entry", "the head counts 3 entries, there are 0"),
        ("UPDATE entry SET number = 0 WHERE number = 1", "entry 0 is none of the record"),
        ("UPDATE entry SET number = 9 WHERE number = 3", "entry 3 is missing"),
        ("UPDATE record_head SET size = 2", "the head counts 2 entries, there are 3"),
        ("UPDATE record_head SET frontier = zeroblob(64)", "the head does not fit"),
    ],
)
def test_after_any_change_the_first_entry_that_does_not_fit_is_named(copy, capsys, statement, fault):
    change(copy, statement)
    assert main(["record", "verify"]) == 1
    assert f"NOT AS RECORDED: {fault}" in capsys.readouterr().out
    assert main(["record", "checkpoint"]) == 1
    assert main(["record", "rebuild"]) == 1
    assert main(["rebuild"]) == 2


def forge(copy):
    """Rewrite every act and compute every hash again, as a person with access to the database can."""
    connection = sqlite3.connect(copy / "suhbat.sqlite3")
    connection.row_factory = sqlite3.Row
    tree = Frontier()
    for row in connection.execute("SELECT * FROM entry ORDER BY number").fetchall():
        whole = {
            "act": row["act"], "actor": {"id": row["actor"], "name": row["name"], "office": row["office"]},
            "audience": row["audience"], "body": json.loads(row["body"]) | {"forged": True},
            "delegation": row["delegation"], "format": row["format"], "meeting": row["meeting"],
            "number": row["number"], "time": row["time"],
        }  # fmt: skip
        from suhbat.record.hashing import canonical, closed_leaf

        content = canonical(whole)
        public = row["audience"] == "public"
        leaf = leaf_hash(content if public else closed_leaf(row["number"], row["salt"], content))
        tree.add(leaf)
        connection.execute(
            "UPDATE entry SET body = ?, hash = ?, root = ? WHERE number = ?",
            (json.dumps(whole["body"]), leaf, tree.root(), row["number"]),
        )
    connection.execute("UPDATE record_head SET frontier = ?", (tree.packed(),))
    connection.commit()
    connection.close()


def test_an_earlier_checkpoint_shows_a_forgery_with_new_hashes(copy, capsys, tmp_path):
    assert main(["record", "checkpoint"]) == 0
    checkpoint = tmp_path / "checkpoint"
    checkpoint.write_text(capsys.readouterr().out)
    assert main(["record", "verify", "--checkpoint", str(checkpoint)]) == 0
    assert "The first 3 of them are those of the checkpoint" in capsys.readouterr().out
    forge(copy)
    assert main(["record", "verify"]) == 0
    assert main(["record", "verify", "--checkpoint", str(checkpoint)]) == 1
    assert "entry 3 or one before it: not the record of the checkpoint" in capsys.readouterr().out


def test_a_checkpoint_is_a_signed_note_that_others_can_check(copy, capsys, tmp_path):
    assert main(["record", "checkpoint"]) == 0
    note = capsys.readouterr().out
    assert main(["record", "checkpoint", "--key"]) == 0
    name, key_id, encoded = capsys.readouterr().out.strip().split("+", 2)
    origin, size, root, empty, signature = note.rstrip("\n").split("\n")
    assert (origin, size, empty, len(b64decode(root))) == ("localhost:8000/record", "3", "", 32)
    dash, signer, line = signature.split(" ")
    assert (dash, signer) == ("—", name)
    public = b64decode(encoded)
    assert public[:1] == b"\x01"
    assert key_id == hashlib.sha256(name.encode() + b"\n" + public).digest()[:4].hex() == b64decode(line)[:4].hex()
    signed = f"{origin}\n{size}\n{root}\n"
    Ed25519PublicKey.from_public_bytes(public[1:]).verify(b64decode(line)[4:], signed.encode())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda note: note.replace("\n3\n", "\n2\n"),
        lambda note: note.replace("localhost", "elsewhere"),
        lambda note: note.partition("\n\n")[0],
        lambda note: note.replace("— ", "- "),
        lambda _note: "",
        lambda note: note[:-6] + "AAAA=\n",
    ],
)
def test_a_damaged_checkpoint_is_refused(copy, capsys, tmp_path, spoil):
    main(["record", "checkpoint"])
    checkpoint = tmp_path / "checkpoint"
    checkpoint.write_text(spoil(capsys.readouterr().out))
    assert main(["record", "verify", "--checkpoint", str(checkpoint)]) == 2


def test_tables_changed_by_hand_are_named_and_made_again(copy, capsys):
    change(copy, "UPDATE meeting SET title = 'Another'", "DELETE FROM delegation WHERE state = 'KZ'")
    assert main(["record", "verify"]) == 0
    assert main(["record", "rebuild"]) == 1
    output = capsys.readouterr().out
    assert "delegation: 5 rows in the table, 6 by the entries" in output
    assert "meeting: 1 rows in the table, 1 by the entries" in output
    assert main(["rebuild"]) == 0
    assert "made again from 3 entries" in capsys.readouterr().out
    assert main(["record", "rebuild"]) == 0


def test_every_act_is_printed_with_its_rule(capsys):
    assert main(["acts"]) == 0
    output = capsys.readouterr().out
    assert "format.founded  Found a format\n  by Administrator; seen by delegations\n" in output
