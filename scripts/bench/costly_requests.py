"""Requests that cost a server much: large bodies, Word files, headers, and the most expensive pages.

The bodies are those of an attack that once stopped the server for seconds, and variants of them.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote_plus, urlencode

from bench.proposal_latency import Opened
from bench.served_process import MEETING

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
BOUNDARY = "b0undary"
WITH_FILES = f"multipart/form-data; boundary={BOUNDARY}"
HEAD, CHAIR = "person-0", "chair"
FORM_BYTES = 480_000
"""Size of the form that once stopped the server for 24 seconds."""
WORDS = 255_000
"""Size of the largest body that an act accepts, in bytes."""
MEGA = 1_000_000


@dataclass(frozen=True)
class Request:
    """One request, by a person or by nobody."""

    label: str
    path: str
    person: str = ""
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    enough: int = 0
    """Bytes after which reading an endless answer stops; 0: it is read to its end."""

    @property
    def method(self) -> str:
        """POST where there is a body."""
        return "GET" if self.body is None else "POST"


def _post(label: str, path: str, person: str, kind: str, body: bytes) -> Request:
    return Request(label, path, person, body, {"Content-Type": kind})


def forms() -> Iterator[Request]:
    """Forms with too many fields, with the longest values, with names of thousands of steps."""
    out, filed = "/acts/person.signed_out", "/acts/statement.filed"
    distinct = b"&".join(b"f%d=1" % n for n in range(50_000))[:FORM_BYTES]
    yield _post("form, 480 kB of `a=1&`, nobody", out, "", FORM, b"a=1&" * (FORM_BYTES // 4))
    yield _post("form, 480 kB of names, nobody", out, "", FORM, distinct)
    yield _post("form, 255 kB of `a=1&`, head", filed, HEAD, FORM, b"a=1&" * (WORDS // 4))
    longest = b"&".join(b"f%d=%s" % (n, b"x" * 500) for n in range(499))
    yield _post("form, 499 fields of 500 letters, head", filed, HEAD, FORM, longest[:WORDS])
    yield _post("form, 255 kB of steps `a.b.`, head", filed, HEAD, FORM, b"a." * (WORDS // 2 - 10) + b"b=1")
    yield _post("form, 255 kB of white space in words, head", filed, HEAD, FORM, _statement("a" + " " * 200_000 + "b"))
    yield _post("form, 255 kB of `%e4%bd%a0`, head", filed, HEAD, FORM, _statement("你" * 27_000))
    yield _post("form, 255 kB of words, any act's, nobody", out, "", FORM, b"a=" + b"x" * WORDS)


def _statement(words: str) -> bytes:
    inputs = {"meeting": MEETING, "item": "health", "language": "en", "title": "Long", "text": words}
    return urlencode(inputs, quote_via=quote_plus).encode()[:WORDS]


def json_bodies() -> Iterator[Request]:
    """JSON that is deep, wide or long, at each address that reads JSON."""
    deep, filed = b'{"a":' * 50_000, "/acts/statement.filed"
    wide = b'{"a":[' + b"1," * (WORDS // 2 - 10) + b"1]}"
    names = b"{" + b",".join(b'"%d":1' % n for n in range(24_000)) + b"}"
    lists = b'{"a":[' + b"[]," * (WORDS // 3 - 10) + b"[]]}"
    wrong = b'{"a":[' + b"1e99," * (WORDS // 5 - 10) + b"1]}"
    for path, person in ((filed, HEAD), (filed, ""), ("/sign-in", "")):
        where = f"{path}, {'head' if person else 'nobody'}"
        yield _post(f"JSON, 250 kB deep, {where}", path, person, JSON, deep)
        yield _post(f"JSON, 127,000 numbers, {where}", path, person, JSON, wide)
        yield _post(f"JSON, 24,000 names, {where}", path, person, JSON, names)
    yield _post("JSON, 85,000 lists, head", filed, HEAD, JSON, lists)
    yield _post("JSON, 51,000 numbers that are too great, head", filed, HEAD, JSON, wrong)
    yield _post("JSON, 250 kB of one text, head", filed, HEAD, JSON, json.dumps({"text": " " * 250_000}).encode())
    statement = {"meeting": MEETING, "item": "health", "language": "en", "title": "T", "text": "wörds " * 40_000}
    yield _post(
        "JSON, a statement of 250 kB, head", filed, HEAD, JSON, json.dumps(statement, ensure_ascii=False).encode()
    )
    yield _post("JSON, a signal of 250 kB, head", f"/signals/{MEETING}", HEAD, JSON, wide)


def _parts(*parts: tuple[str, bytes]) -> bytes:
    mark = BOUNDARY.encode()
    part = b"--%s\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n"
    return b"".join(part % (mark, head.encode(), content) for head, content in parts) + b"--%s--\r\n" % mark


def paper(content: bytes, name: str = "paper.txt") -> bytes:
    """The form by which a paper is filed."""
    fields = [(f'name="{key}"', value.encode()) for key, value in
              {"meeting": MEETING, "title": "Paper", "language": "en", "audience": "participants"}.items()]  # fmt: skip
    return _parts(*fields, (f'name="file"; filename="{name}"', content))


def uploads() -> Iterator[Request]:
    """Forms with files: many parts, much that looks like a boundary, and papers as large as they may be."""
    filed = "/acts/paper.filed"
    many = [(f'name="f{n}"', b"1") for n in range(20_000)]
    yield _post("form with files, 20,000 parts, head", filed, HEAD, WITH_FILES, _parts(*many))
    alike = b"\r\n--b0undar" * 2 * MEGA
    yield _post("form with files, 20 MB that looks like its boundary, head", filed, HEAD, WITH_FILES, paper(alike))
    yield _post("form with files, 20 MB of line ends, head", filed, HEAD, WITH_FILES, paper(b"\r\n" * 10 * MEGA))
    yield _post("form with files, 5 MB of header, head", filed, HEAD, WITH_FILES, _parts(("x" * 5 * MEGA, b"")))
    yield _post("a paper of 20 MB, head", filed, HEAD, WITH_FILES, paper(b"Plain words. " * (20 * MEGA // 13)))
    yield _post("a paper of 100 kB, head", filed, HEAD, WITH_FILES, paper(b"Plain words. " * 7_700))
    none = paper(b"PK" * 10 * MEGA, "a.docx")
    yield _post("a paper of 20 MB that is no Word file, head", filed, HEAD, WITH_FILES, none)


OPEN = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'


def word(*paragraphs: str) -> bytes:
    """A Word file with nothing but these paragraphs."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>' for words in paragraphs)
        file.writestr("word/document.xml", f"{OPEN}{body}</w:body></w:document>")
    return buffer.getvalue()


def word_files(opened: Opened, bracketed: bytes) -> Iterator[Request]:
    """Word files imported into a text: of white space, of thousands of paragraphs, a zip bomb, and an ordinary one."""
    for label, content in (
        ("a Word file of 20,000 blanks", word("a" + " " * 20_000 + "b")),
        ("a Word file of 3,000 paragraphs of 8,000 signs", word(*["ab c " * 1_600] * 3_000)),
        ("a Word file that unpacks to 200 MB", word("x" * 200 * MEGA)),
        ("the text's own Word file, 400 × 2,000", bracketed),
    ):
        body = _parts(('name="file"; filename="text.docx"', content))
        yield _post(f"{label}, head", f"{opened.address}/from-word", HEAD, WITH_FILES, body)


def comparisons(opened: Opened) -> Iterator[Request]:
    """A wording that is compared with its base as it is typed."""
    at = f"{opened.address}/p/{opened.to_propose[0].paragraph}/preview"
    for label, wording in (
        ("much white space", "a" + " \t" * 100_000 + "b"),
        ("100 kB of words", "the parties agreed to share water " * 3_000),
        ("100 kB of one letter", "a " * 50_000),
        ("100 kB of brackets", "[" * 50_000 + "]" * 50_000),
    ):
        yield _post(f"preview of {label}, head", at, HEAD, FORM, urlencode({"wording": wording}).encode()[:WORDS])


def headers_and_addresses() -> Iterator[Request]:
    """Cookies, queries and addresses that are long, and too long."""
    for size, size_name in ((30_000, "30 kB"), (60_000, "60 kB"), (MEGA, "1 MB")):
        yield Request(f"cookies, {size_name} of `suhbat=;`", "/formats", headers={"Cookie": "suhbat=;" * (size // 8)})
        yield Request(f"cookies, {size_name} of `a`", "/formats", headers={"Cookie": "a" * size})
        yield Request(f"query, {size_name} of `q=a&`", "/search?" + "q=a&" * (size // 4))
        yield Request(f"event stream, {size_name} of `a=1&`", "/live/none?" + "a=1&" * (size // 4), enough=1)
        yield Request(f"search for {size_name} of words", "/search?q=" + "water+" * (size // 6))
        yield Request(f"form of an act, {size_name} of `a=1&`", "/acts/error.reported?" + "a=1&" * (size // 4))
        yield Request(f"address of {size_name}", "/" + "a/" * (size // 2))
        yield Request(f"languages, {size_name}", "/", headers={"Accept-Language": "ru," * (size // 3)})


def pages(opened: Opened) -> Iterator[Request]:
    """The most expensive pages, each with a query that the cache has not seen."""
    at = opened.address
    yield Request("the room", f"/meetings/{MEETING}/room", HEAD)
    yield Request("the text, 400 × 2,000", at, HEAD)
    yield Request("the text's board", f"{at}/board", HEAD)
    yield Request("the text's changes", f"{at}/changes", HEAD)
    yield Request("its Word file with 2,000 tracked changes", f"{at}/copies/brackets.docx", CHAIR)
    yield Request("its PDF", f"{at}/copies/en.pdf", CHAIR)
    yield Request("the ledger", "/ledger")
    yield Request("the comparison", "/compare")
    yield Request("a search", "/search?q=a")
    yield Request("a page that is not there, head", "/formats/none", HEAD)
    yield Request(
        "the event stream of a reader who missed 2,000 entries", f"/live/{MEETING}?after=0", HEAD, enough=MEGA
    )


def acts() -> Iterator[Request]:
    """One act, as a program sends it."""
    inputs = {"meeting": MEETING, "item": "health", "language": "en", "title": "Said", "text": "In plain words. " * 36}
    yield _post("one act: a statement is filed, head", "/acts/statement.filed", HEAD, JSON, json.dumps(inputs).encode())
