"""The entry that last changed anything public. Until the next such entry, cached pages are valid."""

from anyio.to_thread import run_sync
from sqlalchemy import func, select

from suhbat.acts.app import App
from suhbat.public.read_model.almanac import current_almanac
from suhbat.record.audiences import PUBLIC
from suhbat.record.models import EntryRow


class PublicVersion:
    """Follows the tail of the record and queries the record only after it has grown.

    An entry counts if it is public (a release is a public entry too), or if it changes public facts: an act among
    participants may begin a meeting. Most entries of a meeting in session do neither.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._checked, self._version = -1, -1

    async def __call__(self) -> int:
        """Return the number of that entry, as far as this process knows the record."""
        if self._checked < self._app.tail.newest or self._checked < 0:
            await run_sync(self._update)
        return self._version

    def _update(self) -> None:
        checked = self._app.tail.newest
        with self._app.database.reading() as session:
            almanac = current_almanac(self._app.database, session)
            public = select(func.max(EntryRow.number)).where(
                EntryRow.number > self._checked, EntryRow.audience == PUBLIC
            )
            newest = session.scalar(public) or 0
        self._checked, self._version = checked, max(self._version, newest, almanac.since)
