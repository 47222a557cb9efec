"""Tables of persons, their seats, invitations and passkeys."""

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from suhbat.ground.database import Base


class Person(Base):
    """A human being who may sign in. The name is as the person's own state writes it."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    mail: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(5), default="")
    signed_out: Mapped[str] = mapped_column(String(27), default="")
    """Sign-ins older than this instant no longer count (`clock.stamp`); empty if never."""


class SeatRow(Base):
    """A person in a role somewhere; see `suhbat.acts.actors.Seat`."""

    __tablename__ = "seat"
    __table_args__ = (Index("ix_seat_place_state", "place", "state"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person: Mapped[str | None] = mapped_column(ForeignKey("person.id"), nullable=True, index=True)
    """None while the invitation to it is open."""
    role: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(160), default="")
    state: Mapped[str] = mapped_column(String(20), default="")
    name: Mapped[str] = mapped_column(String(200), default="")
    """Who is expected in it."""
    office: Mapped[str] = mapped_column(String(200), default="")
    focal_point: Mapped[bool] = mapped_column(default=False)
    """Whether the holder may invite the own delegation's members and renew their lost devices."""
    vacated: Mapped[bool] = mapped_column(default=False)


class Invitation(Base):
    """A personal link to a seat: used once, before it expires, unless revoked. Only the secret's hash is kept."""

    __tablename__ = "invitation"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    seat: Mapped[str] = mapped_column(ForeignKey("seat.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    mail: Mapped[str] = mapped_column(String(200), default="")
    expires: Mapped[str] = mapped_column(String(27))
    used: Mapped[bool] = mapped_column(default=False)
    revoked: Mapped[bool] = mapped_column(default=False)


class Passkey(Base):
    """A public key of a person's device (WebAuthn)."""

    __tablename__ = "passkey"

    id: Mapped[str] = mapped_column(String(400), primary_key=True)
    """The credential id, base64url."""
    person: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(default=0)
    device: Mapped[str] = mapped_column(String(100), default="")
    kept: Mapped[str] = mapped_column(String(27))
    revoked: Mapped[bool] = mapped_column(default=False)
