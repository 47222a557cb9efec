"""Downloads: the bytes of a stored file, and the header with its name."""

import logging
from pathlib import Path
from urllib.parse import quote

from litestar.exceptions import HTTPException

from suhbat.ground.language import gettext
from suhbat.record import blobs

log = logging.getLogger("suhbat.acts")


def stored_bytes(data: Path, sha256: str) -> bytes:
    """The bytes of a file that the record names. If it was changed or lost, log an error and answer 500."""
    try:
        return blobs.read(data, sha256)
    except blobs.LostError as fault:
        path = blobs.path_of(data, sha256)
        log.error("%s %s; it is not given out: restore it from a backup", path, fault)  # noqa: TRY400  (this says everything)
        detail = gettext("This file is lost or was changed, so it is not given out. Tell the secretariat.")
        raise HTTPException(status_code=500, detail=detail) from None


def download_headers(file_name: str, *, inline: bool = False) -> dict[str, str]:
    """The header that names a file: ASCII characters for old programs, all characters for others (RFC 6266).

    With `inline` a browser shows the file instead of saving it.
    """
    plain = "".join(character if _is_plain(character) else "_" for character in file_name)
    exact = quote(file_name, safe="")
    disposition = "inline" if inline else "attachment"
    return {"content-disposition": f"{disposition}; filename=\"{plain}\"; filename*=UTF-8''{exact}"}


def _is_plain(character: str) -> bool:
    return character.isascii() and character.isprintable() and character not in '"\\%;'
