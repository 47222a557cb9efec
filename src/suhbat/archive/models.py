"""The table of the files of the public record, with their content, so that export gives back the same bytes."""

from typing import Any

from sqlalchemy import JSON, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from suhbat.ground.database import Base


class ArchiveFile(Base):
    """One file of the public record, with the changes that editors made since it was loaded."""

    __tablename__ = "archive_file"

    path: Mapped[str] = mapped_column(String(240), primary_key=True)
    """Relative to the folder: `meetings/ca-japan/2004-08-28-first-ministerial.yaml`."""
    of: Mapped[str] = mapped_column(String(160), index=True)
    """The id of the format or meeting that it is about; `people` for the file of people."""
    sha256: Mapped[str] = mapped_column(String(64))
    """The hash of the bytes that export writes."""
    loaded: Mapped[str] = mapped_column(String(64))
    """The hash of the bytes that were last loaded. It differs from `sha256` if an editor changed the file since."""
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    text: Mapped[bytes | None] = mapped_column(LargeBinary, nullable=True)
    """The file's own text, compressed, if writing its content would not give the same bytes."""
    entry: Mapped[int] = mapped_column(Integer)
    """The number of the entry that last changed it."""
