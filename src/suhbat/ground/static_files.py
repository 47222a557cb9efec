"""Built files over HTTP: named by their content, so they are fetched once and kept; always ready packed."""

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
PACKED_ALREADY = (".png", ".woff2")
LASTING = b"public, max-age=31536000, immutable"


@dataclass(frozen=True)
class File:
    """A built file as it is sent."""

    plain: bytes
    packed: bytes
    """The same under gzip; empty where that saves nothing."""
    media_type: str
    tag: bytes


@cache
def manifest() -> dict[str, str]:
    """Which built file stands for a plain name: `app.css` → `app-3f2a.css`."""
    path = STATIC / "manifest.json"
    return dict(json.loads(path.read_text())) if path.exists() else {}


def built(name: str) -> str:
    """The address of a built file."""
    return f"/static/{manifest().get(name, name)}"


_kept: dict[str, File] = {}


def find_file(name: str) -> File | None:
    """A built file by its name; only what exists is remembered, so that strange names cost nothing."""
    if name in _kept:
        return _kept[name]
    try:
        path = (STATIC / name).resolve()
        there = path.is_relative_to(STATIC.resolve()) and path.is_file()
    except (ValueError, OSError):  # a NUL or a name that is too long
        there = False
    if not there:
        return None
    plain = path.read_bytes()
    packed = b"" if path.suffix in PACKED_ALREADY else gzip.compress(plain, 9, mtime=0)
    tag = f'"{hashlib.sha256(plain).hexdigest()[:20]}"'.encode()
    media_type = TYPES.get(path.suffix, "application/octet-stream")
    _kept[name] = File(plain, packed if len(packed) < len(plain) else b"", media_type, tag)
    return _kept[name]


async def serve_static(name: str, headers: dict[bytes, bytes], send: Any) -> None:
    """Answer a request for a built file."""
    found = find_file(name)
    if found is None:
        await answer(send, 404, b"There is no such file.")
        return
    lasting = name in manifest().values()
    out = [
        (b"content-type", found.media_type.encode()),
        (b"cache-control", LASTING if lasting else b"no-cache"),
        (b"etag", found.tag),
        (b"vary", b"accept-encoding"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if headers.get(b"if-none-match") == found.tag:
        await answer(send, 304, b"", out)
        return
    content = found.plain
    if found.packed and b"gzip" in headers.get(b"accept-encoding", b""):
        content = found.packed
        out.append((b"content-encoding", b"gzip"))
    await answer(send, 200, content, out)


async def answer(send: Any, status: int, content: bytes, headers: list[tuple[bytes, bytes]] | None = None) -> None:
    """Send a whole response; plain text unless the headers say otherwise."""
    out = list(headers) if headers is not None else [(b"content-type", b"text/plain; charset=utf-8")]
    if status != 304:  # noqa: PLR2004  (Not Modified has no body, and no length of one)
        out.append((b"content-length", str(len(content)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": out})
    await send({"type": "http.response.body", "body": content})
