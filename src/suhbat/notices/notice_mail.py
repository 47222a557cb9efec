"""The mails: notices in the language of their reader, grouped by meeting, and the mail that tests an address."""

import hmac
from collections.abc import Iterable, Sequence
from email.message import EmailMessage

from suhbat.acts.app import address
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.clock import stamp
from suhbat.ground.language import gettext, ngettext
from suhbat.ground.settings import Settings
from suhbat.notices.queries import ToldNotice
from suhbat.notices.subscriptions import Handover, Subscription
from suhbat.people.invitation_letter import new_mail


def mail_of(
    settings: Settings,
    viewer: Viewer,
    subscription: Subscription,
    notices: Sequence[ToldNotice],
    handover: Handover,
    *,
    more: bool = False,
) -> EmailMessage:
    """A mail with notices, the newest first, in the present language. `more`: there are older ones in the list."""
    lines = [viewer.name, ""]
    for of_one_place in _by_place(notices):
        lines += [*_place_lines(settings, of_one_place), ""]
    if more:
        lines += [gettext("There are more notices than fit into a mail. All are in your list:")]
        lines += [f"{settings.origin}{address('/me/notices')}", ""]
    leave = f"{settings.origin}{address(f'/unsubscribe/{subscription.token}')}"
    lines += [
        gettext("You asked this server for these notices. How often they come, and where they go, is told here:"),
        f"{settings.origin}{address('/me')}#notices",
        gettext("No more of them, and the address is erased:"),
        leave,
    ]
    message = new_mail(settings, subscription.mail, _subject(notices), "\n".join(lines))
    message["List-Unsubscribe"] = f"<{leave}>"
    if settings.secure:  # one click counts over TLS alone (RFC 8058)
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Message-ID"] = message_id(settings, subscription, notices, handover)
    return message


def message_id(
    settings: Settings, subscription: Subscription, notices: Sequence[ToldNotice], handover: Handover
) -> str:
    """The same for the same mail to the same person, however often it is handed over.

    The time is in it because a backup that is put back gives a number a second time.
    """
    kind, newest = "urgent" if handover.urgent_alone else "all", notices[0]
    content = f"{subscription.person} {kind} {newest.number} {stamp(newest.time)}"
    return f"<{hmac.new(subscription.token.encode(), content.encode(), 'sha256').hexdigest()[:32]}@{settings.host}>"


def address_test_mail(settings: Settings, viewer: Viewer, to: str, secret: str) -> EmailMessage:
    """The mail that tests an address. It says nothing of any meeting: it may arrive at a stranger's."""
    lines = [
        viewer.name,
        "",
        gettext(
            "This is the test of the address to which notices are to be mailed. It counts once you open this page:"
        ),
        f"{settings.origin}{address(f'/notices/confirm/{secret}')}",
        "",
        gettext("The link is good for one day. If you did not ask for it, do nothing: the address is then erased."),
    ]
    return new_mail(settings, to, gettext("Test of your address for notices"), "\n".join(lines))


def _subject(notices: Sequence[ToldNotice]) -> str:
    titles = list(dict.fromkeys(notice.title for notice in notices))
    if len(notices) == 1:
        what = notices[0].says
    else:
        what = ngettext("%(n)s notice", "%(n)s notices", len(notices)) % {"n": len(notices)}
    return gettext("%(place)s: %(what)s") % {"place": titles[0], "what": what} if len(titles) == 1 else what


def _by_place(notices: Iterable[ToldNotice]) -> list[list[ToldNotice]]:
    places: dict[str, list[ToldNotice]] = {}
    for notice in notices:
        places.setdefault(notice.place, []).append(notice)
    return list(places.values())


def _place_lines(settings: Settings, notices: Sequence[ToldNotice]) -> list[str]:
    first = notices[0]
    lines = [first.title]
    if first.opens:
        lines.append(gettext("Begins: %(time)s") % {"time": first.clock.shows(first.opens)})
    for notice in notices:
        lines += ["", f"– {notice.says}"]
        lines.append("  " + gettext("From: %(who)s, %(time)s") % {
            "who": notice.who, "time": notice.clock.shows(notice.time)
        })  # fmt: skip
        if notice.to_do:
            lines.append("  " + gettext("To do: %(what)s") % {"what": notice.to_do})
        if notice.until:
            lines.append("  " + gettext("Until: %(time)s") % {"time": notice.clock.shows(notice.until)})
        lines.append(f"  {settings.origin}{address(notice.page)}")
    return lines
