"""Which entry last changed anything that the public may read: until the next such entry, kept pages stay good."""

from anyio.to_thread import run_sync
from sqlalchemy import func, select

from suhbat.acts.app import App
from suhbat.public.read_model.almanac import almanac
from suhbat.record.models import EntryRow
from suhbat.record.reading import PUBLIC


class PublicVersion:
    """Follows the record's tail, and looks into the record once for each look that finds it grown.

    An entry counts if it is public (what is released becomes so by a public entry), or if the facts that anyone may
    read are others after it: an act among participants may begin a meeting. Most entries of a meeting in session are
    neither.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._looked, self._version = -1, -1

    async def __call__(self) -> int:
        """The number of that entry, as far as this process knows the record."""
        if self._looked < self._app.tail.newest or self._looked < 0:
            await run_sync(self._look)
        return self._version

    def _look(self) -> None:
        looked = self._app.tail.newest
        with self._app.database.reading() as session:
            known = almanac(self._app.database, session)
            public = select(func.max(EntryRow.number)).where(
                EntryRow.number > self._looked, EntryRow.audience == PUBLIC
            )
            newest = session.scalar(public) or 0
        self._looked, self._version = looked, max(self._version, newest, known.since)
