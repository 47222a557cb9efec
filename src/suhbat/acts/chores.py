"""The background tasks of this package."""

from suhbat.acts.app import App


async def show_what_changed(app: App) -> None:
    """Send changes to the live views that readers have open."""
    await app.live_views.run(app)


async def perform_timed_acts(app: App) -> None:
    """Perform what is due by time alone."""
    await app.timed_acts.run(app)


CHORES = [show_what_changed, perform_timed_acts]
