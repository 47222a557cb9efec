"""Request bodies: read up to the limit of their route, and parsed with limits of fields and depth.

Every handler reads its body here. A body that is too long is refused while it is read, or before if its length is
declared. A body that takes more than a moment to parse is parsed in a thread, never on the event loop.
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
"""Bytes of a body that only names something and has no text."""
WORDS = 256 * 1024
"""Bytes of the text of one act: an entry has at most 64 kB, and escapes can make it four times as long."""
FILE = 25 * 1024 * 1024
"""Bytes of a file of 20 MB and its form."""
MOST_FIELDS = 500
"""Fields of a form at most; our longest form has about eighty."""
AT_ONCE = 8 * 1024
"""Bytes that are parsed on the event loop. A longer body is parsed in a thread."""
IN_MEMORY = 1024 * 1024
"""Bytes of a body that is kept in memory. A longer body is kept on the disk."""

PLAIN, WITH_FILES, PROGRAM = "application/x-www-form-urlencoded", "multipart/form-data", "application/json"
AnyRequest = Request[Any, Any, Any]
"""A request as every handler gets it."""
Parsed = TypeVar("Parsed")


@dataclass(frozen=True)
class Upload:
    """A file that was sent with a form."""

    file_name: str
    media_type: str
    content: bytes


Pair = tuple[str, str | Upload]


async def read_form(request: AnyRequest, most: int = SMALL) -> list[Pair]:
    """The fields of a form in order; the body has at most `most` bytes."""
    kind, options = request.content_type
    body, size = await _read(request, most)
    with body:
        if not size:  # a button alone sends no body and no content type
            return []
        if kind not in {PLAIN, WITH_FILES}:
            why = gettext("This is sent as a form.")
            raise HTTPException(status_code=HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail=why)
        if kind == PLAIN:
            return await _parsed(_plain_fields, body, size)
        return await run_sync(_fields_with_files, body, options.get("boundary", ""), most)


async def read_fields(request: AnyRequest, most: int = SMALL) -> dict[str, str]:
    """The fields of a form without files, by name. If a name is given twice, the last value counts."""
    return {name: value for name, value in await read_form(request, most) if isinstance(value, str)}


async def read_object(request: AnyRequest, most: int = WORDS) -> dict[str, Any]:
    """The JSON object that a program sends; it has at most `most` bytes."""
    return await read_converted(request, lambda content: content, most)


async def read_converted(request: AnyRequest, make: Callable[[dict[str, Any]], Parsed], most: int = WORDS) -> Parsed:
    """Read the JSON object that a program sends, and apply `make` to it, in a thread if it is long."""
    body, size = await _read(request, most)
    with body:
        return await _parsed(lambda file: make(_json_object(file)), body, size)


async def _read(request: AnyRequest, most: int) -> tuple[IO[bytes], int]:
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > most:
        raise _too_long()
    body: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (closed below, or by the caller)
    try:
        size = await _copy(request, body, most)
    except BaseException:
        body.close()
        raise
    body.seek(0)
    return body, size


async def _copy(request: AnyRequest, body: IO[bytes], most: int) -> int:
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


async def _parsed(parse: Callable[[IO[bytes]], Parsed], body: IO[bytes], size: int) -> Parsed:
    return parse(body) if size <= AT_ONCE else await run_sync(parse, body)


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
        return [(part.name or "", _value_of(part)) for part in parts]
    except UnicodeDecodeError as fault:
        raise _no_form() from fault
    finally:
        for part in parts:
            part.close()


def _value_of(part: Any) -> str | Upload:
    if part.filename is None:
        return str(part.raw, "utf-8")  # whatever encoding the part declares
    return Upload(part.filename, part.content_type or "", part.raw)


def _no_form() -> Refused:
    return invalid(body=lazy("This is no form."))


def _too_many() -> Refused:
    return invalid(body=lazy("This form has more fields than any of ours."))


def _json_object(body: IO[bytes]) -> dict[str, Any]:
    content = body.read()
    try:
        value = msgspec.json.decode(content)
        json.loads(content, object_pairs_hook=_refuse_repeated_keys)
    except (ValueError, RecursionError) as fault:  # also for bytes that are no UTF-8
        raise invalid(body=lazy("This is not valid JSON.")) from fault
    if not isinstance(value, dict):
        raise invalid(body=lazy("A JSON object is needed."))
    return value


def _refuse_repeated_keys(pairs: list[tuple[str, Any]]) -> None:
    """Refuse an object with a repeated key (RFC 7493): readers would not agree on its meaning."""
    counts = Counter(name for name, _ in pairs)
    if len(counts) != len(pairs):
        repeated = counts.most_common(1)[0][0]
        raise Refused(Kind.INVALID, lazy("This form is not one of ours."), {repeated[:80]: lazy("Given twice.")})
