"""Tables of persons, their seats, invitations and passkeys.

No mail address and no secret is in them: an address is used for sending a letter and forgotten, or kept beside the
record for the calendar (`addresses`), and of an invitation's secret only the hash is kept. So the tables can be
rebuilt from the record, and the record can stay for ever, without either holding what is nobody's business. The one
table that no entry tells of remembers for a few minutes which challenges were answered, for all processes alike.
"""

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from suhbat.ground.database import PASSING, Base

ORGANISER_KEY = "focal_point"
"""What an organiser is called in all that is kept or public: entries, the table, forms, the API."""


class Person(Base):
    """A human being who may sign in. The name is as the person's own state writes it."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    sign_outs: Mapped[int] = mapped_column(default=0)
    """How often all sign-ins were ended. A sign-in counts as long as it bears this number: no clock is asked."""


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
    organiser: Mapped[bool] = mapped_column(ORGANISER_KEY, default=False)
    """Whether the holder may invite the own delegation's members and renew their lost devices."""
    audience: Mapped[str] = mapped_column(String(60), default="secretariat")
    """Who may know of it while nobody has taken it: a delegation's own invitations are its own business."""
    vacated: Mapped[bool] = mapped_column(default=False)
    """Given up, or its only invitation revoked before anyone took it."""


class Invitation(Base):
    """A personal link to a seat: used once, before it expires, unless revoked. Only the secret's hash is kept."""

    __tablename__ = "invitation"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    seat: Mapped[str] = mapped_column(ForeignKey("seat.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires: Mapped[str] = mapped_column(String(27))
    used: Mapped[bool] = mapped_column(default=False)
    revoked: Mapped[bool] = mapped_column(default=False)


class Passkey(Base):
    """A public key of a person's device (WebAuthn).

    The authenticator's signature counter is not kept: passkeys that are synchronised between devices do not count,
    and signing in is no act, so the record could not tell it.
    """

    __tablename__ = "passkey"

    id: Mapped[str] = mapped_column(String(1400), primary_key=True)
    """The credential id, base64url; at most 1,023 bytes (WebAuthn, 4)."""
    person: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    """COSE key."""
    device: Mapped[str] = mapped_column(String(100), default="")
    kept: Mapped[str] = mapped_column(String(27))
    revoked: Mapped[bool] = mapped_column(default=False)


class SpentChallenge(Base):
    """A challenge for a passkey that was answered: none is answered twice, whichever process hears it."""

    __tablename__ = "spent_challenge"
    __table_args__ = ({"info": {PASSING: True}},)

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of the challenge, in hex."""
    until: Mapped[int] = mapped_column(BigInteger, index=True)
    """The second (Unix) after which the challenge is too old to be answered at all."""
