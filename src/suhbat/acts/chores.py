"""What the one door's surroundings do beside answering requests."""

from suhbat.acts.house import House


async def show_what_changed(house: House) -> None:
    """Send the news of what readers have open."""
    await house.screens.run(house)


CHORES = [show_what_changed]
