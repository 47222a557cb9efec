"""The carrier: mails each person what is new, once, over restarts and several processes.

What was told is noted in the person's file: which notices are being handed over, before it is done, and that they were
handed over, after. If the process ends in between, nobody can know whether the mail server has the mail. Then the same
mail is sent again with the same Message-ID. What a mail server refuses is tried again, with growing pauses.
"""

import logging
import smtplib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage

from sqlalchemy.orm import Session

from suhbat.acts.app import App
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.clock import instant, stamp
from suhbat.ground.language import reading_in
from suhbat.notices.digest_times import last_morning
from suhbat.notices.feed_secrets import people_with_feeds, remove_feed
from suhbat.notices.notice_mail import mail_of
from suhbat.notices.own_clock import own_clock
from suhbat.notices.queries import Stretch, ToldNotice, newest_notice, notices_for, seated
from suhbat.notices.subscriptions import (
    AT_ONCE,
    Handover,
    Subscription,
    carrier_lock,
    change_subscription,
    erase_subscription,
    handed_over,
    subscriptions,
)
from suhbat.people.invitation_letter import send
from suhbat.people.queries import actor_for

log = logging.getLogger("suhbat.notices")
MOST = 200
"""Notices in one mail at most; the rest is in the list."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
LAST_TRIES = 6
"""Tries of the last mail to a person without a seat, within half an hour. Then the address is erased in any case."""
REFUSALS = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPHeloError,
    smtplib.SMTPConnectError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPNotSupportedError,
    ConnectionRefusedError,
)
"""Faults after which the mail server certainly has not taken the mail."""


class Carrier:
    """Mails what is due. `looked` keeps in memory up to where nothing was found for a person, to save queries."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.looked: dict[str, int] = {}

    def carry(self) -> int:
        """Send what is due, erase what has no owner any more, and return the number of sent mails."""
        with carrier_lock(self.app.settings) as has_lock:
            return self._carry() if has_lock else 0

    def _carry(self) -> int:
        settings, moment = self.app.settings, self.app.door.clock()
        saved, with_feeds = subscriptions(settings), people_with_feeds(settings)
        with self.app.database.reading() as session:
            newest = newest_notice(session)
            with_seats = seated(session, [*(each.person for each in saved), *with_feeds])
        for person in with_feeds:
            if person not in with_seats:
                remove_feed(settings, person)
        sent = 0
        for subscription in saved:
            ended = subscription.person not in with_seats
            if _is_void(subscription, moment, ended=ended) or (ended and not settings.smtp):
                erase_subscription(settings, subscription.person)
            elif subscription.mail and settings.smtp:
                try:
                    sent += self._serve(subscription, moment, newest, ended=ended)
                except Exception:
                    log.exception("the notices of one person were not mailed")
        return sent

    def _serve(self, subscription: Subscription, moment: datetime, newest: int, *, ended: bool) -> bool:
        """Mail one person what is due; whether a mail was handed over."""
        if subscription.again and moment < instant(subscription.again):
            return False
        if max(subscription.told, subscription.urgent_told) > newest:
            subscription = self._back_to(subscription, newest)
        with self.app.database.reading() as session, reading_in(subscription.language):
            viewer = actor_for(session, subscription.person).viewer
            due = self._due(subscription, viewer, moment, newest, ended=ended)
            notices, more = _notices(session, viewer, subscription, due) if due else ([], False)
            message = None
            if due and notices:
                due = Handover(due.urgent_alone, notices[0].number)
                message = mail_of(self.app.settings, viewer, subscription, notices, due, more=more)
        if due and message:
            return self._hand_over(subscription, due, message, moment, ended=ended)
        self._nothing_to_send(subscription, due, moment, newest, ended=ended)
        return False

    def _back_to(self, subscription: Subscription, newest: int) -> Subscription:
        """The subscription after an older backup was put back: what the record has lost, it tells anew."""

        def back(saved: Subscription) -> Subscription:
            told, urgent_told = min(saved.told, newest), min(saved.urgent_told, newest)
            return replace(saved, told=told, urgent_told=urgent_told, handover=None)

        self.looked.pop(subscription.person, None)
        self._change(subscription, back)
        return back(subscription)

    def _due(
        self, subscription: Subscription, viewer: Viewer, moment: datetime, newest: int, *, ended: bool
    ) -> Handover | None:
        """Which mail is due; None for none. One that was being handed over comes first, and as it was."""
        if subscription.handover:
            return subscription.handover
        zone = own_clock(viewer).zone
        morning = stamp(last_morning(moment, zone, subscription.rhythm)) if subscription.rhythm != AT_ONCE else ""
        if ended or subscription.looked < morning:
            return Handover(urgent_alone=False, upto=newest)
        if newest <= max(self.looked.get(subscription.person, 0), subscription.told):
            return None
        return Handover(urgent_alone=subscription.rhythm != AT_ONCE, upto=newest)

    def _nothing_to_send(
        self, subscription: Subscription, due: Handover | None, moment: datetime, newest: int, *, ended: bool
    ) -> None:
        if ended:
            erase_subscription(self.app.settings, subscription.person)
            return
        self.looked[subscription.person] = newest
        if due and (subscription.handover or (not due.urgent_alone and subscription.rhythm != AT_ONCE)):
            # The morning was seen to, or what was being handed over is no more for this person.
            looked = subscription.looked if due.urgent_alone else stamp(moment)
            self._change(subscription, lambda saved: replace(saved, handover=None, looked=looked))

    def _hand_over(
        self, subscription: Subscription, due: Handover, message: EmailMessage, moment: datetime, *, ended: bool
    ) -> bool:
        if not self._change(subscription, lambda saved: replace(saved, handover=due)):
            return False  # erased meanwhile
        try:
            send(self.app.settings.smtp, message)
        except (OSError, smtplib.SMTPException, ValueError, UnicodeError) as fault:
            log.warning("notices were not mailed: %s", type(fault).__name__)
            self._note_refusal(subscription, moment, certain=isinstance(fault, REFUSALS), ended=ended)
            return False
        if ended:
            erase_subscription(self.app.settings, subscription.person)
        else:
            self._change(subscription, lambda saved: handed_over(saved, due, stamp(moment)))
        return True

    def _note_refusal(self, subscription: Subscription, moment: datetime, *, certain: bool, ended: bool) -> None:
        """Note when it is tried again. What was certainly refused may be written anew, with what is new since."""
        if ended and subscription.tries + 1 >= LAST_TRIES:
            erase_subscription(self.app.settings, subscription.person)
            return
        pause = min(FIRST_PAUSE * 2 ** min(subscription.tries, 10), LONGEST_PAUSE)

        def refused(saved: Subscription) -> Subscription:
            waiting = None if certain else saved.handover
            return replace(
                saved, handover=waiting, tries=saved.tries + 1, refused=stamp(moment), again=stamp(moment + pause)
            )

        self._change(subscription, refused)
        self.looked.pop(subscription.person, None)

    def _change(self, subscription: Subscription, change: Callable[[Subscription], Subscription]) -> bool:
        """Change the file, unless its owner has erased it or named another address meanwhile."""

        def if_the_same(saved: Subscription) -> Subscription:
            return change(saved) if saved.token == subscription.token else saved

        saved = change_subscription(self.app.settings, subscription.person, if_the_same)
        return saved is not None and saved.token == subscription.token


def _is_void(subscription: Subscription, moment: datetime, *, ended: bool) -> bool:
    """Whether an address was never confirmed, and will not be."""
    return not subscription.mail and (ended or moment > instant(subscription.asked_until))


def _notices(
    session: Session, viewer: Viewer, subscription: Subscription, due: Handover
) -> tuple[list[ToldNotice], bool]:
    """The notices of a mail, and whether there are more than it can have."""
    if due.urgent_alone:
        after = max(subscription.told, subscription.urgent_told)
        stretch = Stretch(after=after, upto=due.upto, urgent_alone=True)
    else:
        stretch = Stretch(after=subscription.told, upto=due.upto, urgent_told=subscription.urgent_told)
    return notices_for(session, viewer, stretch, limit=MOST)
