"""The table of loaded files: what each said, so that export gives back just that."""

from typing import Any

from sqlalchemy import JSON, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from suhbat.ground.database import Base


class ArchiveFile(Base):
    """One file of the public record as it stands here, with the changes that editors made since it was loaded."""

    __tablename__ = "archive_file"

    path: Mapped[str] = mapped_column(String(240), primary_key=True)
    """Relative to the folder: `meetings/ca-japan/2004-08-28-first-ministerial.yaml`."""
    of: Mapped[str] = mapped_column(String(160), index=True)
    """The id of the format or meeting whose facts it carries; `people` for the file of people."""
    sha256: Mapped[str] = mapped_column(String(64))
    """Of the bytes that export writes."""
    loaded: Mapped[str] = mapped_column(String(64))
    """Of the bytes that were last loaded; another than `sha256` where an editor changed something since."""
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    text: Mapped[bytes | None] = mapped_column(LargeBinary, nullable=True)
    """The file's own text (deflated), where writing out the content would not give the same bytes."""
    entry: Mapped[int] = mapped_column(Integer)
    """The entry that last changed it."""
