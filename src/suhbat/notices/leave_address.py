"""Leaving an address for notices: it counts once the link that was mailed there has been opened."""

from dataclasses import replace
from datetime import timedelta

from suhbat.acts.app import App
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.clock import instant, stamp
from suhbat.ground.language import LANGUAGES, lazy, reading_in
from suhbat.ground.refusals import invalid, not_allowed, out_of_order
from suhbat.notices.feed_secrets import hash_of, is_secret, new_secret, person_named
from suhbat.notices.notice_mail import address_test_mail
from suhbat.notices.queries import newest_notice, seated
from suhbat.notices.subscriptions import (
    RHYTHMS,
    Subscription,
    change_subscription,
    erase_subscription,
    keep_subscription,
    subscription_of,
)
from suhbat.people.invitation_letter import looks_like_mail, try_to_send
from suhbat.people.queries import actor_for

GOOD_FOR = timedelta(days=1)
"""How long the link of a test mail can be opened."""
MOST_TESTS = 5
"""Test mails to one person's addresses in a day at most, so that nobody is pestered with them."""


def leave_address(app: App, person: str, fields: dict[str, str]) -> None:
    """Save what a person asks for. A new address is tested by a mail first; the old one counts until then."""
    viewer = seated_person(app, person)
    if not app.settings.smtp:
        raise out_of_order(lazy("This server sends no mail."))
    mail, language, rhythm = fields.get("mail", "").strip(), fields.get("language", ""), fields.get("rhythm", "")
    if not looks_like_mail(mail) or len(mail) > 254:  # noqa: PLR2004  (RFC 5321, 4.5.3.1.3)
        raise invalid(mail=lazy("This is no mail address."))
    if language not in LANGUAGES:
        raise invalid(language=lazy("This is not one of the choices."))
    if rhythm not in RHYTHMS:
        raise invalid(rhythm=lazy("This is not one of the choices."))
    if not fields.get("consent"):
        raise invalid(consent=lazy("Without your consent no address is kept."))
    saved = subscription_of(app.settings, person) or Subscription(person, token=new_secret(person))
    saved = replace(saved, language=language, rhythm=rhythm)
    if mail == saved.mail:
        keep_subscription(app.settings, replace(saved, asked="", asked_hash="", asked_until=""))
        return
    _test(app, viewer, saved, mail)


def _test(app: App, viewer: Viewer, saved: Subscription, mail: str) -> None:
    now = app.door.clock()
    today = bool(saved.asked_until) and now < instant(saved.asked_until)
    times = saved.asked_times + 1 if today else 1
    if times > MOST_TESTS:
        raise out_of_order(lazy("Too many test mails were sent today. Try again tomorrow."))
    secret = new_secret(saved.person)
    asked = replace(
        saved, asked=mail, asked_hash=hash_of(secret), asked_until=stamp(now + GOOD_FOR), asked_times=times
    )  # fmt: skip
    with reading_in(saved.language):
        message = address_test_mail(app.settings, viewer, mail, secret)
    keep_subscription(app.settings, asked)
    if not try_to_send(app.settings, message, "the test of an address for notices"):
        raise out_of_order(lazy("The mail server did not take the test mail. Look at the address, and try again."))


def confirm_address(app: App, secret: str) -> bool:
    """The address to which this link was mailed counts from now on. False if the link is void."""
    person, now = person_named(secret), app.door.clock()
    saved = subscription_of(app.settings, person) if person else None
    if saved is None or not may_confirm(app, secret):
        return False
    with app.database.reading() as session:
        newest = newest_notice(session)

    def confirmed(known: Subscription) -> Subscription:
        if not is_secret(secret, known.asked_hash):
            return known
        first = not known.mail
        return replace(
            known, mail=known.asked, asked="", asked_hash="", asked_until="", asked_times=0, handover=None,
            tries=0, refused="", again="", told=newest if first else known.told,
            urgent_told=newest if first else known.urgent_told, looked=stamp(now) if first else known.looked,
        )  # fmt: skip

    return change_subscription(app.settings, person, confirmed) is not None


def may_confirm(app: App, secret: str) -> bool:
    """Whether this is the link of an address that waits to be confirmed by a person who still has a seat."""
    person = person_named(secret)
    saved = subscription_of(app.settings, person) if person else None
    if saved is None or not is_secret(secret, saved.asked_hash) or app.door.clock() > instant(saved.asked_until):
        return False
    with app.database.reading() as session:
        return bool(seated(session, [person]))


def end_mails(app: App, token: str) -> bool:
    """Erase the address of the person to whom this link was mailed. False if no address is kept under this link."""
    person = person_named(token)
    saved = subscription_of(app.settings, person) if person else None
    if saved is None or not is_secret(token, hash_of(saved.token)):
        return False
    forget_address(app, person)
    return True


def forget_address(app: App, person: str) -> None:
    """Erase a person's address. How many test mails were sent today is kept: erasing is no way round that."""
    saved = subscription_of(app.settings, person)
    if saved and saved.asked_times and app.door.clock() < instant(saved.asked_until):
        counted = Subscription(
            person, token=new_secret(person), asked_until=saved.asked_until, asked_times=saved.asked_times
        )
        keep_subscription(app.settings, counted)
    else:
        erase_subscription(app.settings, person)


def seated_person(app: App, person: str) -> Viewer:
    """A person with the present seats; refused for whoever is not signed in, or holds no seat."""
    if not person:
        raise not_allowed(lazy("Sign in first."))
    with app.database.reading() as session:
        viewer = actor_for(session, person).viewer
        real = bool(seated(session, [person]))
    if not viewer.seats:
        raise not_allowed(lazy("You hold no seat at the moment."))
    if not real:
        raise not_allowed(lazy("A rehearsal tells nothing outside."))
    return viewer
