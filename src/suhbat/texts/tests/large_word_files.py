"""A Word file of five hundred real pages: on each a long paragraph or two, a table and a picture."""

import io
import random
import zipfile
from collections.abc import Iterator

import docx
from docx.enum.text import WD_BREAK
from docx.shared import Cm
from lxml import etree

WORDS = [
    "the",
    "parties",
    "agreed",
    "experts",
    "health",
    "region",
    "water",
    "energy",
    "transport",
    "trade",
    "border",
    "report",
    "year",
    "measures",
    "support",
    "train",
    "exchange",
    "protect",
    "develop",
    "share",
    "continue",
    "strengthen",
    "cooperation",
    "medical",
    "equipment",
    "hospitals",
    "citizens",
]


def five_hundred_pages(cells: int, pages: int = 500) -> bytes:
    """The file; `cells` is the number of cells of the table on each page."""
    document = docx.Document()
    document.add_paragraph("They agreed to help each other's citizens to return home.")
    long = document.add_paragraph("LONG")
    table = document.add_table(1, cells)
    for n in range(cells):
        table.cell(0, n).text = f"CELL {n}"
    document.add_paragraph().add_run().add_picture(io.BytesIO(_picture(0)), width=Cm(4))
    document.add_paragraph("LAST").add_run().add_break(WD_BREAK.PAGE)
    buffer = io.BytesIO()
    document.save(buffer)
    start = document.element.body.index(long._p)
    page = [etree.tostring(element).decode() for element in document.element.body[start:-1]]
    return _repeated(buffer.getvalue(), "".join(page), pages)


def _repeated(content: bytes, page: str, pages: int) -> bytes:
    source = zipfile.ZipFile(io.BytesIO(content))
    picture = next(name for name in source.namelist() if name.startswith("word/media/"))
    document = source.read("word/document.xml").decode()
    relations = source.read("word/_rels/document.xml.rels").decode()
    own = next(part for part in relations.split("<Relationship ") if picture.removeprefix("word/") in part)
    name = own.partition('Id="')[2].partition('"')[0]
    more = "".join(_pages(page, name, pages))
    kind = own.partition('Type="')[2].partition('"')[0]
    links = "".join(f'<Relationship Id="rIdP{n}" Type="{kind}" Target="media/page{n}.png"/>' for n in range(1, pages))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part_name in source.namelist():
            part = source.read(part_name)
            if part_name == "word/document.xml":
                part = document.replace("<w:sectPr", more + "<w:sectPr", 1).encode()
            elif part_name == "word/_rels/document.xml.rels":
                part = relations.replace("</Relationships>", links + "</Relationships>").encode()
            archive.writestr(part_name, part)
        for n in range(1, pages):
            archive.writestr(f"word/media/page{n}.png", _picture(n))
    return buffer.getvalue()


def _pages(page: str, picture: str, pages: int) -> Iterator[str]:
    dice = random.Random(500)
    for n in range(1, pages):
        long = " ".join(dice.choices(WORDS, k=200)) + f" on page {n}."
        last = " ".join(dice.choices(WORDS, k=60)) + "."
        yield page.replace("LONG", long).replace("LAST", last).replace(f'"{picture}"', f'"rIdP{n}"')


def _picture(n: int) -> bytes:
    """A picture of its own for each page: grey noise that does not compress."""
    import struct
    import zlib

    width, height = 120, 80
    rows = b"".join(b"\0" + random.Random(n * 1_000 + row).randbytes(width) for row in range(height))

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
