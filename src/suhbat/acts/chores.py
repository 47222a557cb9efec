"""The background tasks of this package."""

from suhbat.acts.app import App


async def show_what_changed(app: App) -> None:
    """Send changes to the live views that readers have open."""
    await app.live_views.run(app)


CHORES = [show_what_changed]
