"""Tables of the adoption of a text: silence, the chair's question, explanations, signatures."""

from sqlalchemy import JSON, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy import Text as Long
from sqlalchemy.orm import Mapped, mapped_column

from suhbat.ground.database import Base


class Silence(Base):
    """A text or a paragraph under silence: adopted at the deadline unless a delegation breaks it."""

    __tablename__ = "text_silence"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    text: Mapped[str] = mapped_column(ForeignKey("text.id", ondelete="CASCADE"), index=True)
    paragraph: Mapped[str | None] = mapped_column(ForeignKey("text_paragraph.id"), nullable=True)
    """The one paragraph under silence; None for the whole text."""
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of what is under silence."""
    started: Mapped[str] = mapped_column(String(27))
    deadline: Mapped[str] = mapped_column(String(27))
    """The instant at which it ends (`clock.stamp`)."""
    status: Mapped[str] = mapped_column("state", String(10), default="running")
    """`running`, `broken`, `held` or `lifted` (by the chair)."""
    broken_by: Mapped[str] = mapped_column(String(20), default="")
    about: Mapped[str | None] = mapped_column(String(40), nullable=True)
    """The paragraph that the delegation named when it broke the silence."""
    reason: Mapped[str] = mapped_column(Long, default="")
    reminded: Mapped[str] = mapped_column(String(10), default="")
    """The latest reminder: `day` or `hour` before the deadline."""
    entry: Mapped[int] = mapped_column(Integer)
    """The entry that last changed it."""


class AskedForAdoption(Base):
    """The chair has asked the room whether the text may be adopted."""

    __tablename__ = "text_asked"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    text: Mapped[str] = mapped_column(ForeignKey("text.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column("state", String(10), default="open")
    """`open`, `adopted`, `objected` or `put-off`."""
    silent: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Delegations in the room that had not answered when it was declared adopted, not even after the last call."""
    absent: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Delegations without a head in the room when it was declared adopted."""
    last_call: Mapped[str] = mapped_column(String(27), default="")
    """The instant of the chair's last call (`clock.stamp`)."""
    entry: Mapped[int] = mapped_column(Integer)


class Answer(Base):
    """A head's answer to the chair's question."""

    __tablename__ = "text_answer"
    __table_args__ = (UniqueConstraint("asked", "delegation"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    asked: Mapped[str] = mapped_column(ForeignKey("text_asked.id", ondelete="CASCADE"), index=True)
    delegation: Mapped[str] = mapped_column(String(20))
    agrees: Mapped[bool] = mapped_column()
    reason: Mapped[str] = mapped_column(Long, default="")
    entry: Mapped[int] = mapped_column(Integer)


class Explanation(Base):
    """A delegation's explanation of position, filed beside the text."""

    __tablename__ = "text_explanation"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    text: Mapped[str] = mapped_column(ForeignKey("text.id", ondelete="CASCADE"), index=True)
    delegation: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(5))
    wording: Mapped[str] = mapped_column(Long)
    entry: Mapped[int] = mapped_column(Integer)


class Signature(Base):
    """A head's signature of the adopted text: a WebAuthn assertion whose challenge is made of the text's hash.

    All that is needed to verify it without this installation is stored with it (base64url).
    """

    __tablename__ = "text_signature"
    __table_args__ = (UniqueConstraint("text", "delegation"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(ForeignKey("text.id", ondelete="CASCADE"), index=True)
    delegation: Mapped[str] = mapped_column(String(20))
    person: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    office: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    credential: Mapped[str] = mapped_column(String(400))
    public_key: Mapped[str] = mapped_column(Long)
    client_data: Mapped[str] = mapped_column(Long)
    authenticator_data: Mapped[str] = mapped_column(Long)
    signature: Mapped[str] = mapped_column(Long)
    time: Mapped[str] = mapped_column(String(27))
    entry: Mapped[int] = mapped_column(Integer)
