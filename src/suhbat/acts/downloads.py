"""Files that a page gives: the header that gives each its name."""

from urllib.parse import quote


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
