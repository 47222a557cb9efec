"""Tables of formats, their members and partners, and the sources of reported facts."""

from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, Integer, String, Text
from sqlalchemy.ext.hybrid import hybrid_property
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
    status: Mapped[str] = mapped_column(String(10), default="public")
    """`draft`: founded and never public yet; `public`; `hidden`: taken from public view again."""
    entry: Mapped[int] = mapped_column(Integer, default=0)
    """The number of the entry that last changed the format."""

    @hybrid_property
    def hidden(self) -> bool:
        """Whether only the administrators and the holders of its seats may know of it."""
        return self.status != "public"

    @hidden.inplace.expression
    @classmethod
    def _hidden(cls) -> ColumnElement[bool]:
        return cls.status != "public"

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


class Party(Base):
    """A state or organisation that was added by hand, because the register that comes with the program has none."""

    __tablename__ = "party"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    names: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON)
    """By language: `{short, formal}`, as in the register."""
    zone: Mapped[str] = mapped_column(String(40), default="")
    """The time zone of its capital or seat; empty if none was given."""
    entry: Mapped[int] = mapped_column(Integer, default=0)
    """The entry that last changed it; forms carry it."""


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
