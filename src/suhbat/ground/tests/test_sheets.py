"""Tables from outside: what is read, what is refused in plain words, and what is written."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from suhbat.ground.language import LANGUAGES, lazy, reading_in
from suhbat.ground.refusals import Refused
from suhbat.ground.sheets import sheet_reading, sheet_table
from suhbat.ground.sheets.sheet_headings import SheetField, headed
from suhbat.ground.sheets.sheet_reading import read_sheet
from suhbat.ground.sheets.sheet_writing import csv_file, template_rows, xlsx_file
from suhbat.ground.sheets.xlsx_reading import read_xlsx

FIELDS = (
    SheetField("name", lazy("Name", context="a person's"), ("ФИО",)),
    SheetField("mail", lazy("Mail address"), ("E-mail",)),
)
SHEET = "xl/worksheets/sheet1.xml"


def cells(content):
    return [list(row.cells) for row in read_sheet(content).rows]


def warnings(content):
    return " ".join(str(warning) for warning in read_sheet(content).warnings)


def refusal(content):
    with pytest.raises(Refused) as refused:
        read_sheet(content)
    return str(refused.value.fields["file"])


def excel(*rows, change=lambda _book, _sheet: None):
    book: Any = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    change(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(content, name, part):
    """An Excel file with another content of one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.namelist():
            if entry != name:
                target.writestr(entry, source.read(entry))
        target.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_of_every_usual_kind_is_read(encoding, separator):
    rows = [("Имя", "Должность"), ("Мотэги, Тосимицу", 'Министр "МИД"; дел'), ("Айда", "две\nстроки")]
    lines = [separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    content = "\r\n".join(lines).encode(encoding)
    assert cells(content) == [list(row) for row in rows]
    assert ("1251" in warnings(content)) == (encoding == "cp1251")


def test_utf_16_is_read_in_both_orders():
    for order in ("le", "be"):
        assert cells("\ufeffA\tҒ\n1\t2\n".encode(f"utf-16-{order}")) == [["A", "Ғ"], ["1", "2"]]


def test_empty_rows_and_columns_at_the_end_are_left_out_and_rows_keep_their_numbers():
    table = read_sheet(b"a,b,,\n,,,\n\nc,,,\n")
    assert [(row.number, row.cells) for row in table.rows] == [(1, ("a", "b")), (4, ("c", ""))]


@pytest.mark.parametrize(
    "content",
    [
        b"name,office\nA\x00B,Minister\n",
        "a,b".encode("utf-16-le"),
        b"\xff\xfeabc",
        b"\x98\xff",
        b"\xd0\xcf\x11\xe0\x00\x00",
    ],
)
def test_what_is_no_text_is_no_table(content):
    assert "no table" in refusal(content)


def test_a_csv_of_ten_megabytes_is_refused():
    assert "5 MB" in refusal(b"name,office\n" * 900_000)


def test_limits_are_refused_in_plain_words():
    assert "2,000 rows" in refusal(b"a,b\n" * 2_002)
    assert len(read_sheet(b"a,b\n" * 2_001).rows) == 2_001
    assert "60 columns" in refusal(b"a," * 60 + b"a")
    assert "Cell B2" in refusal(b"a,b\n1," + b"x" * 2_001)
    assert "nothing" in refusal(b" ,\n\n")
    assert "no table" in refusal(b'"' + b"x" * 200_000)
    assert "60 columns" in refusal(excel(list(range(61))))
    assert "2,000 rows" in refusal(excel(*[["a"]] * 2_002))


def test_formulas_stay_text_and_are_named():
    warning = "Formulas are not calculated: they stay as text. Cells: A2."
    assert cells(b"a,b\n=1+1,2\n") == [["a", "b"], ["=1+1", "2"]]
    assert warnings(b"a,b\n=1+1,2\n") == warning
    content = excel(["a", "b"], ['=HYPERLINK("http://example.org")', 2])
    assert cells(content)[1] == ['=HYPERLINK("http://example.org")', "2"]
    assert warnings(content) == warning


def test_merged_cells_have_the_value_of_the_first():
    def merge(_book, sheet):
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("B4:C4")

    content = excel(["a", "b", "c"], ["x", 1, 2], [None, 3, 4], ["y", "z"], change=merge)
    assert cells(content) == [["a", "b", "c"], ["x", "1", "2"], ["x", "3", "4"], ["y", "z", "z"]]
    assert all(area in warnings(content) for area in ("A2:A3", "B4:C4"))


def test_a_merged_area_over_the_whole_sheet_stays_within_the_rows_that_are_there():
    content = excel(["a"], ["x"], change=lambda _book, sheet: sheet.merge_cells("A2:B2"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.read(SHEET).replace(b'"A2:B2"', b'"A2:XFD1048576"')
    assert cells(with_part(content, SHEET, part))[1:] == [["x"] * 60]


def test_dates_are_iso_and_numbers_keep_their_digits():
    values = [
        date(2026, 8, 24),
        datetime.fromisoformat("2026-08-24 09:30"),
        1234567890123456,
        0.1,
        1e21,
        3.0,
        True,
        -2,
    ]
    expected = ["2026-08-24", "2026-08-24 09:30", "1234567890123456", "0.1", "1" + "0" * 21, "3", "TRUE", "-2"]
    assert cells(excel(values)) == [expected]
    assert warnings(excel(values)) == ""


def test_hidden_rows_and_sheets_and_further_sheets_are_named():
    def hide(book, sheet):
        sheet.row_dimensions[2].hidden = True
        sheet.title = "People"
        book.create_sheet("Secret").sheet_state = "hidden"
        book.create_sheet("Notes")

    content = excel(["a"], ["b"], ["c"], change=hide)
    assert cells(content) == [["a"], ["b"], ["c"]]
    told = warnings(content)
    for words in ("Hidden rows were read too: 2.", "“People”", "Not read: Notes.", "not read: Secret."):
        assert words in told


def test_the_first_visible_sheet_is_read():
    def hide(book, sheet):
        sheet.sheet_state = "hidden"
        book.create_sheet("Second").append(["seen"])
        book.active = 1

    assert cells(excel(["hidden"], change=hide)) == [["seen"]]


def test_a_zip_bomb_is_not_opened():
    bomb = with_part(excel(["a"]), SHEET, b"0" * (sheet_table.MOST_UNPACKED + 1))
    assert len(bomb) < 200_000
    assert "unpacks to far more" in refusal(bomb)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(sheet_table.MOST_PARTS + 1):
            archive.writestr(f"{number}", "")
    assert "unpacks to far more" in refusal(out.getvalue())


def test_damaged_and_hostile_files_are_refused():
    good = excel(["a"], ["b"])
    entities = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    assert "no table" in refusal(with_part(good, SHEET, entities))
    assert "damaged" in refusal(with_part(good, SHEET, b"<worksheet><sheetData><row>"))
    assert "damaged" in refusal(with_part(good, "xl/workbook.xml", b"<workbook"))
    assert "damaged" in refusal(good[: len(good) // 2])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "no table" in refusal(out.getvalue())


def never_ends(_content):
    while True:
        pass


def test_a_file_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(sheet_reading, "SECONDS", 1.0)
    monkeypatch.setattr(sheet_reading, "read_xlsx", never_ends)
    assert "more work" in refusal(excel(["a"]))
    assert read_xlsx(excel(["a"])).rows


def test_headings_are_known_in_every_language_whatever_their_spelling():
    for code in LANGUAGES:
        with reading_in(code):
            (headings,) = template_rows(FIELDS)
            for content in (csv_file([headings, ["Aida", "a@b"]]), xlsx_file([headings, ["Aida", "a@b"]])):
                table = headed(read_sheet(content), FIELDS)
                assert table.rows[0].values == {"name": "Aida", "mail": "a@b"}, code
        spelt_otherwise = " , ".join(f"{heading.upper()} :" for heading in headings)
        assert headed(read_sheet(spelt_otherwise.encode()), FIELDS).fields == ("name", "mail"), code
    assert headed(read_sheet("Ф. И. О.,e mail".encode()), FIELDS).fields == ("name", "mail")


def test_apostrophes_of_uzbek_headings_may_be_typed_in_any_way():
    field = SheetField("x", lazy("Oʻzbekiston"))
    for spelt in ("O'zbekiston", "Oʻzbekiston", "O‘ZBEKISTON", "Oʼzbekiston"):
        assert headed(read_sheet(f"{spelt},b".encode()), [field]).fields == ("x", "")


def test_a_title_may_stand_above_the_headings():
    table = headed(read_sheet(b"List of participants,\n,\nName,E-mail\nAida,a@b\n"), FIELDS)
    assert [(row.number, row.values) for row in table.rows] == [(4, {"name": "Aida", "mail": "a@b"})]


def test_a_user_says_what_unknown_columns_are():
    table = read_sheet(b"Name,Contact,Name\nAida,a@b,x\n")
    assert headed(table, FIELDS).fields == ("name", "", "")
    chosen = headed(table, FIELDS, {0: "", 1: "mail", 2: "name", 3: "nothing"})
    assert chosen.fields == ("", "mail", "name")
    assert chosen.rows[0].values == {"mail": "a@b", "name": "x"}
    assert headed(table, FIELDS, {0: "name", 1: "office"}).fields == ("name", "", "")


def test_without_headings_the_columns_are_in_the_order_of_the_template():
    table = headed(read_sheet(b"Aida,a@b,more\n"), FIELDS)
    assert (table.fields, table.rows[0].values) == (("name", "mail", ""), {"name": "Aida", "mail": "a@b"})
    assert "No headings" in str(table.warnings[-1])


def test_what_looks_like_a_formula_is_written_as_text_and_read_back():
    rows = [["a", "b", "c", "d", "e"], ["=1+1", "+7", "-2", "@x", "plain"]]
    assert b"'=1+1,'+7,'-2,'@x,plain" in csv_file(rows)
    assert cells(csv_file(rows)) == rows
    assert (cells(xlsx_file(rows)), warnings(xlsx_file(rows))) == (rows, "")
    with reading_in("ru"):
        assert csv_file(rows).startswith("\ufeffa;b;c".encode())
