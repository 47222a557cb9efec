"""Tables that only the public pages need: the persons whom sources name, and error reports of readers."""

from typing import Any

from sqlalchemy import JSON, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from suhbat.ground.database import Base


class KnownPerson(Base):
    """A minister or head of state who appears in meetings of the public record; has no account here."""

    __tablename__ = "known_person"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    variants: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Other spellings found in sources, earlier names included."""
    state: Mapped[str] = mapped_column(String(20), index=True)
    offices: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """`{office, from, to}`: first and last day on which the record shows the person in it."""
    entry: Mapped[int] = mapped_column(Integer, default=0)


class ErrorReport(Base):
    """What a reader says is wrong on a page, with the editor's answer once there is one."""

    __tablename__ = "error_report"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    page: Mapped[str] = mapped_column(String(300), index=True)
    fact: Mapped[str] = mapped_column(String(300), default="")
    says: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(500), default="")
    time: Mapped[str] = mapped_column(String(27))
    answer: Mapped[str] = mapped_column(Text, default="")
    answered: Mapped[str] = mapped_column(String(27), default="")
