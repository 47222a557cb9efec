"""The session: a signed cookie names the person; the seats are looked up at every request."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from itsdangerous import BadData, Signer, TimestampSigner, URLSafeTimedSerializer, base64_decode, base64_encode
from litestar.datastructures import Cookie
from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from suhbat.acts.roles_and_seats import PUBLIC_READER, Actor, Role, Seat
from suhbat.ground.clock import Clock
from suhbat.ground.settings import Settings
from suhbat.people.models import Person, SeatRow

COOKIE = "suhbat"
LASTS = 30 * 24 * 3600
"""Seconds a sign-in lasts."""


def sign_in_cookie(settings: Settings, person: str, now: datetime, sign_outs: int = 0) -> str:
    """The value of the cookie of a sign-in: person, number of sign-outs, time, and a signature of this installation.

    `sign_outs` is the person's number (`Person.sign_outs`) when the person was identified.
    """
    return str(_serializer(settings.key("cookie"), now).dumps([person, sign_outs]))


def signed_in_cookie(settings: Settings, person: str, sign_outs: int, now: datetime) -> Cookie:
    """The cookie that signs a browser in. Scripts cannot read it, and other sites cannot send it."""
    return Cookie(
        key=COOKIE,
        value=sign_in_cookie(settings, person, now, sign_outs),
        max_age=LASTS,
        path="/",
        secure=settings.secure,
        httponly=True,
        samesite="lax",
    )


def signed_out_cookie(settings: Settings) -> Cookie:
    """The cookie that signs this browser out."""
    return Cookie(key=COOKIE, value="", max_age=0, path="/", secure=settings.secure, httponly=True, samesite="lax")


def sign_outs_of(session: Session, person: str) -> int:
    """How often a person's sign-ins were ended, for the cookie. Read it in the session that identifies the person."""
    return session.get_one(Person, person).sign_outs


def person_of(settings: Settings, cookie: str, now: datetime) -> tuple[str, int]:
    """The person of a cookie, and the number of sign-outs in it; an empty id if the cookie is not valid."""
    key = settings.key("cookie")
    try:
        (person, sign_outs), signed_in = _serializer(key, now).loads(cookie, return_timestamp=True)
    except BadData:
        person, sign_outs, moment = _read_earlier(key, cookie)
    else:
        moment = signed_in.timestamp()
    return (person, sign_outs) if now.timestamp() - moment <= LASTS else ("", 0)


def _read_earlier(key: bytes, cookie: str) -> tuple[str, int, float]:
    """Person, number of sign-outs and time of a cookie of version 0.1, which may be up to a month old.

    Some have no number of sign-outs. They are valid for a person who never signed out everywhere.
    """
    content, _, signature = cookie.partition(".")
    signer = Signer(key, key_derivation="none", digest_method=hashlib.sha256)
    try:
        if not signer.verify_signature(content, base64_encode(bytes.fromhex(signature))):
            return "", 0, 0
    except ValueError:  # no hexadecimal figures
        return "", 0, 0
    person, moment, *rest = base64_decode(content).decode().split(" ")
    return person, int(rest[0]) if rest else 0, int(moment) / 1000


class _SignerAt(TimestampSigner):
    """Signs with the moment that it is given, and reads no clock."""

    def __init__(self, *arguments: Any, now: datetime, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._now = now

    def get_timestamp(self) -> int:
        """The moment of signing."""
        return int(self._now.timestamp())


def _serializer(key: bytes, now: datetime) -> URLSafeTimedSerializer:
    signer = {"key_derivation": "hmac", "digest_method": hashlib.sha256, "now": now}
    return URLSafeTimedSerializer(key, salt=COOKIE, signer=_SignerAt, signer_kwargs=signer)


def actor_of(session: Session, settings: Settings, cookie: str, clock: Clock) -> Actor:
    """The actor of a cookie, with the present seats; the public reader if the cookie is not valid."""
    if not cookie:
        return PUBLIC_READER
    person_id, sign_outs = person_of(settings, cookie, clock())
    if not person_id:
        return PUBLIC_READER
    rows = session.execute(_PERSON, {"person": person_id}).all()
    if not rows or sign_outs != rows[0].sign_outs:
        return PUBLIC_READER
    return Actor(person_id, rows[0].name, tuple(_seats(row for row in rows if row.id is not None)))


_SEAT = (
    SeatRow.role, SeatRow.place, SeatRow.state, SeatRow.office, SeatRow.id,
    SeatRow.side, SeatRow.subject, SeatRow.rank, SeatRow.presides,
)  # fmt: skip
_SEATS = select(*_SEAT).where(SeatRow.person == bindparam("person"), SeatRow.vacated.is_(False)).order_by(SeatRow.id)
_PERSON = (
    select(Person.name, Person.sign_outs, *_SEAT)
    .join_from(Person, SeatRow, and_(SeatRow.person == Person.id, SeatRow.vacated.is_(False)), isouter=True)
    .where(Person.id == bindparam("person"))
    .order_by(SeatRow.id)
)
"""The one query that is needed at every request of a signed-in person. It is built once."""


def seats_of(session: Session, person: str) -> tuple[Seat, ...]:
    """The seats of a person, in the order in which they were offered."""
    return tuple(_seats(session.execute(_SEATS, {"person": person})))


def _seats(rows: Iterable[Any]) -> Iterator[Seat]:
    """The seat of each row. A head who presides has the chair's as well."""
    for row in rows:
        seat = Seat(Role(row.role), row.place, row.state, row.office, row.id, row.side, row.subject, row.rank)
        yield seat
        if row.presides:
            yield replace(seat, role=Role.CHAIR)
