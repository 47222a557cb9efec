"""Tables of persons, their seats, invitations and passkeys.

They contain no mail address and no secret. An address is used to send a letter and not stored, or is stored outside
the record for the calendar (`calendar_mail_addresses`). Of an invitation's secret only the hash is stored. So the
tables can be rebuilt from the record, and the record can stay for ever, without private data. One table does not come
from entries: it stores for a few minutes which challenges were answered, for all processes.
"""

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from suhbat.ground.database import PASSING, Base

ORGANISER_KEY = "focal_point"
"""The name of the organiser field in stored and public data: entries, the table, forms, the API."""


class Person(Base):
    """A person who may sign in. The name is written as the person's own state writes it."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    sign_outs: Mapped[int] = mapped_column(default=0)
    """How often all sign-ins were ended. A sign-in is valid if its cookie has this number, whatever the time."""


class SeatRow(Base):
    """A person in a role at a place; see `suhbat.acts.roles_and_seats.Seat`."""

    __tablename__ = "seat"
    __table_args__ = (Index("ix_seat_place_state", "place", "state"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    person: Mapped[str | None] = mapped_column(ForeignKey("person.id"), nullable=True, index=True)
    """None until the seat is taken."""
    role: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(160), default="")
    state: Mapped[str] = mapped_column(String(20), default="")
    name: Mapped[str] = mapped_column(String(200), default="")
    """The name of the person who is invited to it."""
    office: Mapped[str] = mapped_column(String(200), default="")
    organiser: Mapped[bool] = mapped_column(ORGANISER_KEY, default=False)
    """Whether the holder may invite members of the own delegation and give new letters for lost devices."""
    audience: Mapped[str] = mapped_column(String(60), default="secretariat")
    """Who may know of the seat before it is taken. A delegation's own invitations are for the delegation only."""
    vacated: Mapped[bool] = mapped_column(default=False)
    """Whether it was given up, or its invitation was revoked before anyone took it."""
    presides: Mapped[bool] = mapped_column(default=False)
    """Of a head's seat: whether its holder is the chair as well, because nobody else was invited to the chair."""
    side: Mapped[str] = mapped_column(String(10), default="")
    """How its state takes part at the place: `member`, `partner` or `observer`; empty without a state."""
    subject: Mapped[str] = mapped_column(String(20), default="")
    """Of a standing seat: `promises`, `health`, `consular` or `travel`."""
    rank: Mapped[str] = mapped_column(String(10), default="")
    """Of a standing seat: `chief`, `main`, `alternate` or `validator`."""
    until: Mapped[str | None] = mapped_column(String(10), nullable=True)
    """Of a standing seat: its last day, if one was set when it was named."""
    since: Mapped[str | None] = mapped_column(String(27), nullable=True)
    """Of a standing seat: the instant at which its holder took it."""
    tested: Mapped[str | None] = mapped_column(String(27), nullable=True)
    """Of a standing seat: the instant of the last test, "does anybody answer?"."""
    answered: Mapped[str | None] = mapped_column(String(27), nullable=True)
    """Of a standing seat: the instant of its holder's last answer to a test."""
    taken: Mapped[int] = mapped_column(BigInteger, default=0)
    """The number of the entry by which its holder took it; 0 until then. Earlier notices are not for this holder."""


class Invitation(Base):
    """A personal link to a seat: used once, before it expires, unless revoked. Only the secret's hash is stored."""

    __tablename__ = "invitation"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    seat: Mapped[str] = mapped_column(ForeignKey("seat.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires: Mapped[str] = mapped_column(String(27))
    used: Mapped[bool] = mapped_column(default=False)
    revoked: Mapped[bool] = mapped_column(default=False)


class LetterWording(Base):
    """The secretariat's own words in the letters of a meeting or a format, in one language or (empty) in any."""

    __tablename__ = "letter_wording"

    place: Mapped[str] = mapped_column(String(160), primary_key=True)
    language: Mapped[str] = mapped_column(String(5), primary_key=True)
    letterhead: Mapped[str] = mapped_column(Text, default="")
    host: Mapped[str] = mapped_column(Text, default="")
    sentence: Mapped[str] = mapped_column(Text, default="")
    contact: Mapped[str] = mapped_column(Text, default="")


class PreparedForm(Base):
    """A form that an assistant has filled in for the head of the delegation, who enters it or puts it aside."""

    __tablename__ = "prepared_form"
    __table_args__ = (Index("ix_prepared_form_place_state", "place", "state"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    place: Mapped[str] = mapped_column(String(160))
    state: Mapped[str] = mapped_column(String(20))
    act: Mapped[str] = mapped_column(String(80))
    inputs: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """The values of the form."""
    by: Mapped[str] = mapped_column(String(200))
    """The name of the assistant."""
    at: Mapped[str] = mapped_column(String(27))
    outcome: Mapped[str] = mapped_column(String(10), default="waiting")
    """`waiting`, `entered` or `put-aside`."""


class Passkey(Base):
    """A public key of a person's device (WebAuthn).

    The authenticator's signature counter is not stored: passkeys that are synchronised between devices do not count,
    and signing in is not an act, so the record cannot have it.
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
    """A passkey challenge that was answered. No challenge may be answered twice, in any process."""

    __tablename__ = "spent_challenge"
    __table_args__ = ({"info": {PASSING: True}},)

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of the challenge, in hex."""
    until: Mapped[int] = mapped_column(BigInteger, index=True)
    """The Unix time in seconds after which the challenge is too old to be answered."""
