"""Tables of the languages of a text, and of the terms a format has agreed on."""

from sqlalchemy import JSON, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy import Text as Long
from sqlalchemy.orm import Mapped, mapped_column

from suhbat.ground.database import Base


class Version(Base):
    """A paragraph in a further language. No row: the version is missing."""

    __tablename__ = "text_version"
    __table_args__ = (UniqueConstraint("paragraph", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paragraph: Mapped[str] = mapped_column(ForeignKey("text_paragraph.id", ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(String(5))
    wording: Mapped[str] = mapped_column(Long)
    follows: Mapped[int] = mapped_column()
    """The revision of the leading language that it translates."""
    confirmed: Mapped[list[str]] = mapped_column(JSON, default=list)
    """The delegations that confirmed it against that revision."""
    machine: Mapped[bool] = mapped_column(default=False)
    """Whether a machine drafted it and nobody has touched it since."""
    entry: Mapped[int] = mapped_column(Integer)


class EarlierVersion(Base):
    """A former wording of a version, so that a page can still show it."""

    __tablename__ = "text_version_earlier"

    entry: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    """The entry that wrote it."""
    paragraph: Mapped[str] = mapped_column(ForeignKey("text_paragraph.id", ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(String(5))
    wording: Mapped[str] = mapped_column(Long)
    follows: Mapped[int] = mapped_column()


class Term(Base):
    """An agreed term of a format, in its languages: `{"en": …, "ru": …}`."""

    __tablename__ = "text_term"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    format: Mapped[str] = mapped_column(ForeignKey("format.id", ondelete="CASCADE"), index=True)
    words: Mapped[dict[str, str]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Long, default="")
    entry: Mapped[int] = mapped_column(Integer)
    dropped: Mapped[bool] = mapped_column(default=False)
