"""A folder has faults, by mistake or on purpose: all faults are found, and nothing is loaded."""

import csv
import io
import shutil
from pathlib import Path

import pytest
from conftest import BOTH
from sqlalchemy import func, select
from tests.convened_meeting import seated
from tests.loaded_public_record import TODAY

from suhbat.acts.roles_and_seats import ADMINISTRATION, Role
from suhbat.archive.folder_load import SHIPPED, check_folder, load
from suhbat.archive.models import ArchiveFile
from suhbat.ground.refusals import Refused
from suhbat.record.reading import head_number

on_both = pytest.mark.parametrize("database", BOTH, indirect=True)

SPECIAL = "meetings/ca-japan/2020-08-11-special-video-ministerial.yaml"
ID = SPECIAL.removeprefix("meetings/").removesuffix(".yaml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    record = tmp_path / "record"
    (record / "formats").mkdir(parents=True)
    shutil.copy(SHIPPED / "formats/ca-japan.yaml", record / "formats")
    shutil.copy(SHIPPED / "people.yaml", record)
    shutil.copytree(SHIPPED / "meetings/ca-japan", record / "meetings/ca-japan")
    return record


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("value: 2000000000", "value: 99999999999999999999999", "larger than"),
        ("value: 2000000000", "value: " + "9" * 6000, "no YAML"),
        ("value: 2000000000", "value: .inf", "no text, whole number"),
        ("value: 2000000000", "value: 2000000000.0", "no whole number"),
        ("value: 2000000000", "value: true", 'not of type "integer"'),
        ("value: 2000000000", "value: '=1+1'", 'not of type "integer"'),
        ("starts: '2020-08-11'", "starts: 2020-08-11", "a day stands in quotes"),
        ("number: null", "1: null\nnumber: null", "no text, whole number"),
        ("number: null", "number: !!binary aGVsbG8=", "no text, whole number"),
        ("number: null", "number: !!set {a, b}", "no text, whole number"),
        ("number: null", "number: !!python/object/apply:os.system ['true']", "no YAML"),
        ("number: null", "? [a, b]\n: 1\nnumber: null", "no YAML"),
        ("number: null", "number: null\n---\nnumber: 1", "no YAML"),
        ("title: ", 'title: "\\uFFFF" #', "control characters"),
        ("title: ", 'title: "abc \\u202E gnp" #', "control characters"),
        ("  url: ", "  url: 'javascript:alert(1)' #", "does not match"),
        ("number: null", "bomb: &a [x, x]\nb: [*a, *a]\nnumber: null", "anchors and aliases"),
        ("number: null", "number: " + "{a: " * 3000, "nested too deeply"),
    ],
)
@on_both
def test_a_value_that_cannot_be_a_fact_is_refused(app, folder, before, after, reason):
    path = folder / SPECIAL
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after, 1))
    faults = load(app.door, folder, TODAY).faults
    assert [fault.path for fault in faults if reason in fault.reason] == [SPECIAL]
    assert {fault.path for fault in faults} == {SPECIAL}  # references to it are no faults
    with app.database.reading() as session:
        assert head_number(session) == 0
        assert session.scalar(select(func.count()).select_from(ArchiveFile)) == 0


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("value: 2000000000", "value: '=1+1'", 'not of type "integer"'),
        ("starts: '2020-08-11'", "starts: 2020-08-11", "a day stands in quotes"),
        ("number: null", "number: null\nweather: fine", "weather"),
        ("number: null\n", "", "number"),
        ("  url: ", "  url: 'javascript:alert(1)' #", "does not match"),
    ],
)
def test_a_fault_of_shape_hides_no_other_fault(folder, before, after, reason):
    path = folder / SPECIAL
    text = path.read_text()
    assert before in text
    text = text.replace(before, after, 1).replace("format: ca-japan", "format: ca-nowhere", 1)
    last = text.rindex("  sources:\n  - ")
    text = text[:last] + "  sources:\n  - 99\n  - " + text[last + len("  sources:\n  - ") :]
    path.write_text(text)
    reasons = [fault.reason for fault in check_folder(folder, TODAY)[1]]
    assert sum(reason in other for other in reasons) == 1, reasons
    assert "there is no format ca-nowhere" in reasons
    assert any(other.endswith("there is no source 99") for other in reasons), reasons
    assert len(reasons) == 4  # the fourth: the format is not the folder's name


DEEPLY_NESTED = ("{a: " * 49_000, "{a: " * 20_000 + "1" + "}" * 20_000, "[a, " * 40_000, "- - " * 40_000, "? " * 90_000,
              "\n".join(" " * n + "a:" for n in range(600)), "{a: [" * 30_000, "- ? " * 40_000)  # fmt: skip


def test_a_deeply_nested_file_is_refused_before_it_is_read_as_a_tree(folder):
    for text in DEEPLY_NESTED:  # to read the tree would end the process
        (folder / SPECIAL).write_text(text)
        reasons = [fault.reason for fault in check_folder(folder, TODAY)[1]]
        assert len(reasons) == 1
        assert reasons[0].startswith(("nested too deeply", "no YAML")), text[:20]


def test_files_that_would_not_be_loaded_are_faults(folder):
    text = (folder / SPECIAL).read_text()
    (folder / "meetings/ca-japan/2001-01-01-x.yml").write_text(text)
    (folder / "meetings/2001-01-01-lost.yaml").write_text(text)
    (folder / "meetings/ca-japan/2020-08-11-UPPER.yaml").write_text(text)
    (folder / "formats/x.yaml").mkdir()
    (folder / "meetings/ca-japan/2020-08-11-passwords.yaml").symlink_to("/etc/passwd")
    (folder / "meetings/ca-japan/2020-08-11-loop.yaml").symlink_to("2020-08-11-loop.yaml")
    faults = {fault.path.rpartition("/")[2]: fault.reason for fault in check_folder(folder, TODAY)[1]}
    assert faults.keys() == {
        "2001-01-01-x.yml", "2001-01-01-lost.yaml", "2020-08-11-UPPER.yaml", "x.yaml", "2020-08-11-passwords.yaml",
        "2020-08-11-loop.yaml",
    }  # fmt: skip
    assert "root:" not in str(faults)


@on_both
def test_two_meetings_with_one_address_are_a_fault(app, folder, convene, tmp_path):
    (folder / "meetings/other").mkdir()
    shutil.copy(folder / SPECIAL, folder / "meetings/other")
    reasons = [fault.reason for fault in check_folder(folder, TODAY)[1]]
    assert any("is not the folder's name" in reason for reason in reasons)
    shutil.rmtree(folder / "meetings/other")
    app.door.perform(ADMINISTRATION, "format.founded", {
        "format": "ca-japan", "name": "Central Asia plus Japan", "kind": "n-plus-one", "members": ["KZ"],
        "partners": ["JP"], "levels": ["ministerial"], "publish": True,
    })  # fmt: skip
    with app.database.reading() as session:
        number = head_number(session)
    done = load(app.door, folder, TODAY)
    assert [(fault.path, fault.reason) for fault in done.faults] == [
        ("formats/ca-japan.yaml", "was held here: reports do not overwrite it")
    ]
    with app.database.reading() as session:
        assert head_number(session) == number


@on_both
def test_markup_and_formulas_stay_text_on_pages_and_in_spreadsheets(app, folder, client):
    path = folder / SPECIAL
    markup = '=HYPERLINK(\\"http://x\\",\\"<script>alert(1)</script>\\") </script><img src=x onerror=alert(1)>'
    text = path.read_text()
    start = text.index("title: ")
    path.write_text(text[:start] + f'title: "{markup}"\n' + text[text.index("\n", start) + 1 :])
    content = path.read_text()
    if check_folder(folder, TODAY)[1]:  # the title had several lines
        lines = content.splitlines(keepends=True)
        index = next(n for n, line in enumerate(lines) if line.startswith("title: "))
        while lines[index + 1].startswith(" "):
            del lines[index + 1]
        path.write_text("".join(lines))
    assert not load(app.door, folder, TODAY).faults
    for address in (f"/meetings/{ID}", "/formats/ca-japan", "/", "/search?q=hyperlink", "/changes"):
        page = client.get(address).text
        assert "<script>alert" not in page, address
        assert "<img src=x" not in page, address
    for address in ("/formats/ca-japan.csv", "/data/meetings.csv"):
        rows = csv.reader(io.StringIO(client.get(address).content.decode("utf-8-sig")))
        cells = [cell for row in rows for cell in row if "HYPERLINK" in cell]
        assert cells
        assert all(cell.startswith("'=") for cell in cells), address
    assert client.get(f"/meetings/{ID}.png").status_code == 200
    assert b"&lt;script&gt;" in client.get("/changes.atom").content


def test_a_cell_is_never_a_formula():
    from suhbat.public.exports.csv_file import as_csv

    for sign in ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"):
        (_head, row) = csv.reader(io.StringIO(as_csv(["a"], [[f"{sign}1+1"]]).decode("utf-8-sig"), newline=""))
        assert row[0].startswith("'"), repr(sign)
    (_head, row) = csv.reader(io.StringIO(as_csv(["a", "b"], [[-5, ["=x", "y"]]]).decode("utf-8-sig")))
    assert row == ["-5", "'=x y"]


@on_both
def test_an_editor_cannot_send_huge_or_deeply_nested_values_either(app, folder):
    load(app.door, folder, TODAY)
    editor = seated(Role.EDITOR, "")
    inputs = {"of": ID, "field": "agenda", "why": "x", "seen": True}
    for now in ("[" * 3_000 + "]" * 3_000, "[&a x, *a]", "x" * 10_000_000, "[1, .inf]", "[99999999999999999999999]",
                "!!python/name:os.system", "{" * 1000):  # fmt: skip
        with pytest.raises(Refused):
            app.door.perform(editor, "archive.corrected", {**inputs, "now": now})
    with pytest.raises(Refused):
        app.door.perform(editor, "archive.corrected", {**inputs, "field": "notes", "now": "\u202eabc"})
    content = {"title": "x" * 10_000_000}
    with pytest.raises(Refused):
        app.door.perform(editor, "archive.meeting_reported", {"path": SPECIAL, "content": content})
