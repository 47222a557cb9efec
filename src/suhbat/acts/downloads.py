"""Files that a page gives: their bytes as they were filed, and the header that gives each its name."""

import logging
from pathlib import Path
from urllib.parse import quote

from litestar.exceptions import HTTPException

from suhbat.ground.language import gettext
from suhbat.record import blobs

log = logging.getLogger("suhbat.acts")


def as_filed(data: Path, sha256: str) -> bytes:
    """The bytes of a file that the record names. Others are never given out: the log says it, and so does the page."""
    try:
        return blobs.read(data, sha256)
    except blobs.LostError as fault:
        where = blobs.where(data, sha256)
        log.error("%s %s; it is not given out: restore it from a backup", where, fault)  # noqa: TRY400  (that tells all)
        why = gettext("This file is lost or was changed, so it is not given out. Tell the secretariat.")
        raise HTTPException(status_code=500, detail=why) from None


def saved_as(file_name: str, *, inline: bool = False) -> dict[str, str]:
    """The header that names a file: plain letters for old programs, all of them for others (RFC 6266).

    `inline` lets a browser show the file instead of keeping it.
    """
    plain = "".join(letter if _is_plain(letter) else "_" for letter in file_name)
    exact = quote(file_name, safe="")
    how = "inline" if inline else "attachment"
    return {"content-disposition": f"{how}; filename=\"{plain}\"; filename*=UTF-8''{exact}"}


def _is_plain(letter: str) -> bool:
    return letter.isascii() and letter.isprintable() and letter not in '"\\%;'
