"""What the one door's surroundings do beside answering requests."""

from suhbat.acts.app import App


async def show_what_changed(app: App) -> None:
    """Send the news of what readers have open."""
    await app.screens.run(app)


CHORES = [show_what_changed]
