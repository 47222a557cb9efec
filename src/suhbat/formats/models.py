"""Tables of formats, their members and partners, and the sources of reported facts."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from suhbat.ground.database import Base


class Format(Base):
    """A standing dialogue, such as Central Asia plus Japan."""

    __tablename__ = "format"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(80), default="")
    native_names: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    kind: Mapped[str] = mapped_column(String(20))
    """`n-plus-one`, `n-plus-zero`, `organisation` or `initiative`."""
    established: Mapped[str | None] = mapped_column(String(10), nullable=True)
    levels: Mapped[list[str]] = mapped_column(JSON, default=list)
    secretariat: Mapped[dict[str, Any] | None] = mapped_column(JSON, nullable=True)
    summary: Mapped[str] = mapped_column(Text, default="")
    notes: Mapped[list[str]] = mapped_column(JSON, default=list)
    origin: Mapped[str] = mapped_column(String(10), default="held")
    """`reported` if the facts come from sources, `held` if they come from acts here."""
    entry: Mapped[int] = mapped_column(Integer, default=0)
    """The number of the entry that last changed the format."""

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="of", order_by="Membership.position", cascade="all, delete-orphan"
    )


class Membership(Base):
    """The membership of a state or organisation in a format, with its role and its dates."""

    __tablename__ = "membership"

    id: Mapped[int] = mapped_column(primary_key=True)
    format: Mapped[str] = mapped_column(ForeignKey("format.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(20), index=True)
    role: Mapped[str] = mapped_column(String(20))
    """`member`, `partner`, `observer` or `dialogue-partner`."""
    since: Mapped[str | None] = mapped_column(String(10), nullable=True)
    until: Mapped[str | None] = mapped_column(String(10), nullable=True)

    of: Mapped[Format] = relationship(back_populates="memberships")


class Source(Base):
    """Where facts were published. Sources are numbered within the format or meeting of the facts."""

    __tablename__ = "source"
    __table_args__ = (Index("ix_source_of", "of", "n", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    of: Mapped[str] = mapped_column(String(160))
    """The id of the format or meeting."""
    n: Mapped[int] = mapped_column()
    url: Mapped[str] = mapped_column(Text)
    publisher: Mapped[str] = mapped_column(String(300))
    date: Mapped[str | None] = mapped_column(String(10), nullable=True)
