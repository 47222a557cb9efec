"""Addresses of notices: the whole list, the address they are mailed to, the feed, and the links of mails."""

from typing import Annotated, Any

from anyio.to_thread import run_sync
from litestar import Response, Router, get, post
from litestar.params import Parameter
from litestar.response import Redirect

from suhbat.acts.app import App, address
from suhbat.acts.door import Asker
from suhbat.acts.request_bodies import AnyRequest, read_fields
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.refusals import not_found
from suhbat.notices.feed import feed_of
from suhbat.notices.feed_secrets import feed_owner, make_feed, remove_feed
from suhbat.notices.leave_address import (
    confirm_address,
    end_mails,
    forget_address,
    leave_address,
    may_confirm,
    seated_person,
)
from suhbat.notices.queries import Stretch, notices_for, seated
from suhbat.people.queries import actor_for
from suhbat.people.request_origin import PRIVATE, at_most

ON_ME = "/me#notices"
IN_FEED = 60
"""Notices in a feed."""


@get("/notices", sync_to_thread=True)
def own_list(
    request: AnyRequest, app: App, actor: Viewer, before: Annotated[int, Parameter(required=False, ge=0)] = 0
) -> Response[Any]:
    """The person's notices, the newest first; `?before=` gives those before one of them."""
    if actor.anonymous:
        return Redirect(address("/sign-in?then=/me/notices"), status_code=303)
    with app.database.reading() as session:
        notices, more = notices_for(session, actor, Stretch(upto=before - 1 if before else None))
        return app.page(request, actor, "notices/list.html", notices=notices, more=more, before=before)


@post("/notices/address", status_code=303, middleware=[at_most(60, "notice address")])
async def leave(request: AnyRequest, app: App, asker: Asker) -> Redirect:
    """Save the address that a person leaves, and mail the link that confirms it. This is no act: no entry has it."""
    fields = await read_fields(request)
    await run_sync(lambda: leave_address(app, _person(app, asker), fields))
    return Redirect(address(ON_ME), status_code=303)


@post("/notices/address/erase", status_code=303, sync_to_thread=True)
def erase(app: App, asker: Asker) -> Redirect:
    """Erase the person's address. No notice is mailed any more."""
    if person := _person(app, asker):
        forget_address(app, person)
    return Redirect(address(ON_ME), status_code=303)


@post("/notices/feed", status_code=200, sync_to_thread=True)
def renew_feed(request: AnyRequest, app: App, asker: Asker) -> Response[Any]:
    """Make the person's feed, with a new address, which is shown this once. The address before is dead."""
    viewer = seated_person(app, _person(app, asker))
    secret = make_feed(app.settings, viewer.id)
    feed = f"{app.settings.origin}{address(f'/feeds/{secret}')}"
    return _private(app.page(request, viewer, "notices/feed.html", feed=feed))


@post("/notices/feed/remove", status_code=303, sync_to_thread=True)
def end_feed(app: App, asker: Asker) -> Redirect:
    """End the person's feed."""
    if person := _person(app, asker):
        remove_feed(app.settings, person)
    return Redirect(address(ON_ME), status_code=303)


@get("/feeds/{secret:str}", sync_to_thread=True, middleware=[at_most(120, "feed")])
def feed(app: App, secret: str) -> Response[Any]:
    """The feed with this secret address. It dies with the person's last seat."""
    person = feed_owner(app.settings, secret)
    if not person:
        raise not_found()
    with app.database.reading() as session:
        alive = bool(seated(session, [person]))
        notices = notices_for(session, actor_for(session, person).viewer, limit=IN_FEED)[0] if alive else []
    if not alive:
        remove_feed(app.settings, person)
        raise not_found()
    content = feed_of(notices, app.settings.origin, secret)
    return _private(Response(content, media_type="application/atom+xml"))


@get("/notices/confirm/{secret:str}", sync_to_thread=True, middleware=[at_most(60, "notice link")])
def confirmation(request: AnyRequest, app: App, actor: Viewer, secret: str) -> Response[Any]:
    """The page of the link in a test mail, with a button: programs that look at mails open links, and press nothing."""
    good = may_confirm(app, secret)
    return _private(app.page(request, actor, "notices/confirm.html", secret=secret, good=good, done=False))


@post("/notices/confirm/{secret:str}", status_code=200, sync_to_thread=True, middleware=[at_most(60, "notice link")])
def confirm(request: AnyRequest, app: App, asker: Asker, secret: str) -> Response[Any]:
    """The address counts from now on."""
    good = confirm_address(app, secret)
    return _private(app.page(request, _viewer(app, asker), "notices/confirm.html", secret=secret, good=good, done=good))


@get("/unsubscribe/{token:str}", sync_to_thread=True, middleware=[at_most(60, "notice link")])
def leaving(request: AnyRequest, app: App, actor: Viewer, token: str) -> Response[Any]:
    """The page that ends the mails, with a button. It says nothing of whose they are."""
    return _private(app.page(request, actor, "notices/unsubscribe.html", token=token, pressed=False))


@post("/unsubscribe/{token:str}", status_code=200, sync_to_thread=True, middleware=[at_most(60, "notice link")])
def unsubscribe(request: AnyRequest, app: App, asker: Asker, token: str) -> Response[Any]:
    """End the mails, and erase the address. Mail programs post here too (RFC 8058), without any sign-in."""
    erased = end_mails(app, token)
    viewer = _viewer(app, asker)
    return _private(app.page(request, viewer, "notices/unsubscribe.html", token=token, pressed=True, erased=erased))


def _viewer(app: App, asker: Asker) -> Viewer:
    with app.database.reading() as session:
        return asker(session).viewer


def _person(app: App, asker: Asker) -> str:
    return _viewer(app, asker).id


def _private(response: Response[Any]) -> Response[Any]:
    response.headers.update(PRIVATE)
    return response


def routes(_app: App) -> list[Router]:
    """The routes of this package."""
    return [
        Router("/me", route_handlers=[own_list, leave, erase, renew_feed, end_feed]),
        Router("/", route_handlers=[feed, confirmation, confirm, leaving, unsubscribe]),
    ]
