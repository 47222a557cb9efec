"""What a request brings: read no further than its route allows, and taken apart with limits of fields and depth.

Every handler that is sent something reads it here. The body is refused while it is read, or before where its length
is told; what takes more than a moment to take apart is taken apart in a thread, never on the event loop.
"""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import IO, Any, TypeVar
from urllib.parse import parse_qsl

import msgspec
import multipart
from anyio.to_thread import run_sync
from litestar import Request
from litestar.exceptions import HTTPException

from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import Kind, Refused, invalid

SMALL = 16 * 1024
"""Bytes of a body that names something and has no words of its own."""
WORDS = 256 * 1024
"""Bytes of the words of one act: an entry holds 64 kB, and writing it with escapes can take four times that."""
FILE = 25 * 1024 * 1024
"""Bytes of a paper of 20 MB and its form."""
MOST_FIELDS = 500
"""Fields of a form; the longest of ours has some eighty."""
AT_ONCE = 8 * 1024
"""Bytes that are taken apart on the event loop: more goes to a thread."""
IN_MEMORY = 1024 * 1024
"""Bytes of a body beyond which it waits on the disk."""

PLAIN, WITH_FILES, PROGRAM = "application/x-www-form-urlencoded", "multipart/form-data", "application/json"
Asked = Request[Any, Any, Any]
Given = TypeVar("Given")


@dataclass(frozen=True)
class Upload:
    """A file of a form."""

    file_name: str
    media_type: str
    content: bytes


Pair = tuple[str, str | Upload]


async def form_of(request: Asked, most: int = SMALL) -> list[Pair]:
    """The fields of a form in order, at most `most` bytes of them."""
    kind, options = request.content_type
    body, size = await _read(request, most)
    with body:
        if not size:  # a button alone sends nothing, of no kind
            return []
        if kind not in {PLAIN, WITH_FILES}:
            why = gettext("This is sent as a form.")
            raise HTTPException(status_code=HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail=why)
        if kind == PLAIN:
            return await _apart(_plain_fields, body, size)
        return await run_sync(_fields_with_files, body, options.get("boundary", ""), most)


async def words_of(request: Asked, most: int = SMALL) -> dict[str, str]:
    """The fields of a form that has no files, by name; of a name that is given twice, the last."""
    return {name: given for name, given in await form_of(request, most) if isinstance(given, str)}


async def object_of(request: Asked, most: int = WORDS) -> dict[str, Any]:
    """The JSON object that a program sends, at most `most` bytes of it."""
    return await made_of(request, lambda given: given, most)


async def made_of(request: Asked, make: Callable[[dict[str, Any]], Given], most: int = WORDS) -> Given:
    """What is made of the JSON object that a program sends: a long one is judged where it is taken apart."""
    body, size = await _read(request, most)
    with body:
        return await _apart(lambda read: make(_json_object(read)), body, size)


async def _read(request: Asked, most: int) -> tuple[IO[bytes], int]:
    told = request.headers.get("content-length", "")
    if told.isdecimal() and int(told[:20]) > most:
        raise _too_long()
    body: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (closed below, or by the caller)
    try:
        size = await _copied(request, body, most)
    except BaseException:
        body.close()
        raise
    body.seek(0)
    return body, size


async def _copied(request: Asked, body: IO[bytes], most: int) -> int:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > most:
            raise _too_long()
        body.write(chunk)
    return size


def _too_long() -> HTTPException:
    return HTTPException(
        status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail=gettext("This is longer than what can be sent here.")
    )


async def _apart(take: Callable[[IO[bytes]], Given], body: IO[bytes], size: int) -> Given:
    return take(body) if size <= AT_ONCE else await run_sync(take, body)


def _plain_fields(body: IO[bytes]) -> list[Pair]:
    try:
        text = body.read().decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except UnicodeDecodeError as fault:
        raise _no_form() from fault
    except ValueError as fault:
        raise _too_many() from fault
    return list(pairs)


def _fields_with_files(body: IO[bytes], boundary: str, most: int) -> list[Pair]:
    limits = {"part_limit": MOST_FIELDS, "memory_limit": most, "disk_limit": most, "spool_limit": IN_MEMORY}
    try:
        parts = list(multipart.MultipartParser(body, boundary, strict=True, **limits)) if boundary else []
    except multipart.ParserLimitReached as fault:
        raise _too_many() from fault
    except (multipart.MultipartError, UnicodeDecodeError, ValueError) as fault:
        raise _no_form() from fault
    try:
        return [(part.name or "", _given(part)) for part in parts]
    except UnicodeDecodeError as fault:
        raise _no_form() from fault
    finally:
        for part in parts:
            part.close()


def _given(part: Any) -> str | Upload:
    if part.filename is None:
        return str(part.raw, "utf-8")  # whatever letters the part says it is written in
    return Upload(part.filename, part.content_type or "", part.raw)


def _no_form() -> Refused:
    return invalid(body=lazy("This is no form."))


def _too_many() -> Refused:
    return invalid(body=lazy("This form has more fields than any of ours."))


def _json_object(body: IO[bytes]) -> dict[str, Any]:
    content = body.read()
    try:
        given = msgspec.json.decode(content)
        json.loads(content, object_pairs_hook=_once)
    except (ValueError, RecursionError) as fault:  # also of letters that are no UTF-8
        raise invalid(body=lazy("This is no JSON.")) from fault
    if not isinstance(given, dict):
        raise invalid(body=lazy("A JSON object is needed."))
    return given


def _once(pairs: list[tuple[str, Any]]) -> None:
    """Refuse an object that says one thing twice (RFC 7493): readers would not agree on what was asked."""
    times = Counter(name for name, _ in pairs)
    if len(times) != len(pairs):
        twice = times.most_common(1)[0][0]
        raise Refused(Kind.INVALID, lazy("This form is not one of ours."), {twice[:80]: lazy("Given twice.")})
