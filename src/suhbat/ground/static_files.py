"""Static files over HTTP: their names contain a hash of the content, so browsers cache them; sent compressed."""

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

STATIC = Path(__file__).parent.parent / "static"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".json": "application/json",
}
COMPRESSED_ALREADY = (".png", ".woff2")
LASTING = b"public, max-age=31536000, immutable"


@dataclass(frozen=True)
class File:
    """A built file, plain and compressed."""

    plain: bytes
    compressed: bytes
    """The same with gzip; empty if that saves nothing."""
    media_type: str
    tag: bytes


@cache
def manifest() -> dict[str, str]:
    """The built file for each plain name: `app.css` → `app-3f2a.css`."""
    path = STATIC / "manifest.json"
    return dict(json.loads(path.read_text())) if path.exists() else {}


def built(name: str) -> str:
    """The address of a built file."""
    return f"/static/{manifest().get(name, name)}"


_cache: dict[str, File] = {}


def find_file(name: str) -> File | None:
    """A built file by its name; None if there is none. Only files that exist are cached."""
    if name in _cache:
        return _cache[name]
    try:
        path = (STATIC / name).resolve()
        exists = path.is_relative_to(STATIC.resolve()) and path.is_file()
    except (ValueError, OSError):  # a NUL or a name that is too long
        exists = False
    if not exists:
        return None
    plain = path.read_bytes()
    compressed = b"" if path.suffix in COMPRESSED_ALREADY else gzip.compress(plain, 9, mtime=0)
    tag = f'"{hashlib.sha256(plain).hexdigest()[:20]}"'.encode()
    media_type = TYPES.get(path.suffix, "application/octet-stream")
    _cache[name] = File(plain, compressed if len(compressed) < len(plain) else b"", media_type, tag)
    return _cache[name]


async def serve_static(name: str, headers: dict[bytes, bytes], send: Any) -> None:
    """Answer a request for a built file."""
    file = find_file(name)
    if file is None:
        await answer(send, 404, b"There is no such file.")
        return
    lasting = name in manifest().values()
    response_headers = [
        (b"content-type", file.media_type.encode()),
        (b"cache-control", LASTING if lasting else b"no-cache"),
        (b"etag", file.tag),
        (b"vary", b"accept-encoding"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if headers.get(b"if-none-match") == file.tag:
        await answer(send, 304, b"", response_headers)
        return
    content = file.plain
    if file.compressed and b"gzip" in headers.get(b"accept-encoding", b""):
        content = file.compressed
        response_headers.append((b"content-encoding", b"gzip"))
    await answer(send, 200, content, response_headers)


async def answer(send: Any, status: int, content: bytes, headers: list[tuple[bytes, bytes]] | None = None) -> None:
    """Send a whole response. Without headers it is plain text."""
    response_headers = list(headers) if headers is not None else [(b"content-type", b"text/plain; charset=utf-8")]
    if status != 304:  # noqa: PLR2004  (Not Modified has no body and no length)
        response_headers.append((b"content-length", str(len(content)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": response_headers})
    await send({"type": "http.response.body", "body": content})
