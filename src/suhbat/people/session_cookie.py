"""Who is asking: a signed cookie names the person; seats are looked up afresh at every request."""

import hashlib
import hmac
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from litestar.datastructures import Cookie
from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from suhbat.acts.actors import PUBLIC_READER, Actor, Role, Seat
from suhbat.ground.settings import Settings
from suhbat.people.models import Person, SeatRow

COOKIE = "suhbat"
LASTS = 30 * 24 * 3600
"""Seconds a sign-in lasts."""


def sign_in_cookie(settings: Settings, person: str, sign_outs: int = 0) -> str:
    """The value of the cookie that says who is signed in: person, moment, and a signature of this installation.

    `sign_outs` is the person's number (`Person.sign_outs`) at the moment at which it was proven who is there.
    """
    content = urlsafe_b64encode(f"{person} {int(time.time() * 1000)} {sign_outs}".encode())
    return f"{content.decode()}.{_signature(settings, content)}"


def signed_in_cookie(settings: Settings, person: str, sign_outs: int) -> Cookie:
    """The cookie that signs a browser in: no script reads it, no other site sends it, TLS only where there is TLS."""
    return Cookie(
        key=COOKIE,
        value=sign_in_cookie(settings, person, sign_outs),
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
    """How often a person's sign-ins were ended; for the cookie, in the same session in which the person is proven."""
    return session.get_one(Person, person).sign_outs


def person_of(settings: Settings, cookie: str) -> tuple[str, int]:
    """The person a cookie vouches for and after how many sign-outs; nobody, if it vouches for nobody.

    Cookies of versions before 0.2 bear no number. They count for whoever never signed out.
    """
    content, _, signature = cookie.partition(".")
    if not hmac.compare_digest(signature.encode(), _signature(settings, content.encode()).encode()):
        return "", 0
    person, moment, *rest = urlsafe_b64decode(content.encode()).decode().split(" ")
    if time.time() - int(moment) / 1000 > LASTS:
        return "", 0
    return person, int(rest[0]) if rest else 0


def actor_of(session: Session, settings: Settings, cookie: str) -> Actor:
    """The actor behind a cookie, with the seats held at this moment; the public reader if there is none."""
    if not cookie:
        return PUBLIC_READER
    person_id, sign_outs = person_of(settings, cookie)
    if not person_id:
        return PUBLIC_READER
    rows = session.execute(_PERSON, {"person": person_id}).all()
    if not rows or sign_outs != rows[0].sign_outs:
        return PUBLIC_READER
    return Actor(person_id, rows[0].name, tuple(_seat(row) for row in rows if row.id is not None))


_SEAT = (SeatRow.role, SeatRow.place, SeatRow.state, SeatRow.office, SeatRow.id)
_SEATS = select(*_SEAT).where(SeatRow.person == bindparam("person"), SeatRow.vacated.is_(False)).order_by(SeatRow.id)
_PERSON = (
    select(Person.name, Person.sign_outs, *_SEAT)
    .join_from(Person, SeatRow, and_(SeatRow.person == Person.id, SeatRow.vacated.is_(False)), isouter=True)
    .where(Person.id == bindparam("person"))
    .order_by(SeatRow.id)
)
"""Asked at every request of whoever is signed in: one query, made once."""


def seats_of(session: Session, person: str) -> tuple[Seat, ...]:
    """The seats a person holds, in the order they were given."""
    return tuple(_seat(row) for row in session.execute(_SEATS, {"person": person}))


def _seat(row: Any) -> Seat:
    return Seat(Role(row.role), row.place, row.state, row.office, row.id)


def _signature(settings: Settings, content: bytes) -> str:
    return hmac.new(settings.key("cookie"), content, hashlib.sha256).hexdigest()
