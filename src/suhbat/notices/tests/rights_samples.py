"""Addresses of this package for the rights tests. What notices are about is planted by the acts of other packages."""

from suhbat.notices.feed_secrets import make_feed
from suhbat.notices.subscriptions import Subscription, keep_subscription


def plant(world):
    address = world.secret("role:head elsewhere", where="the address that a head left for notices")
    person = world.person("head elsewhere")
    keep_subscription(world.settings, Subscription(person, token=f"{person}-{'0' * 32}", mail=address))
    world.notes["feed"] = make_feed(world.settings, person)


PAGES = {
    "/feeds/{secret:str}": lambda world: [f"/feeds/{world.notes['feed']}", "/feeds/x"],
    "/notices/confirm/{secret:str}": lambda _world: ["/notices/confirm/x"],
    "/unsubscribe/{token:str}": lambda world: [
        f"/unsubscribe/{world.person('head elsewhere')}-{'0' * 32}",
        "/unsubscribe/x",
    ],
}
