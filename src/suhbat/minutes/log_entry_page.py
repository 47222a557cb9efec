"""The page of one entry of the record: its content if the reader may see it, and in any case its proof."""

from litestar import get
from litestar.response import Response
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suhbat.acts.app import App
from suhbat.acts.registry import REGISTRY
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.dates import show_date
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.refusals import not_found
from suhbat.meetings.models import Meeting
from suhbat.minutes.outcomes_in_log import outcome_in
from suhbat.minutes.person_names import in_one_line
from suhbat.minutes.time_format import clock_time, on_day
from suhbat.record.audiences import PUBLIC
from suhbat.record.entries import Entry
from suhbat.record.hashing import canonical, commitment, leaf_content
from suhbat.record.models import EntryRow
from suhbat.record.reading import entry_of, visible


@get("/record/{number:int}", sync_to_thread=True)
def entry_page(request: AnyRequest, app: App, actor: Viewer, number: int) -> Response[str]:
    """An entry. If this reader may not see it, the page shows only its commitment and hash, no meeting and no time."""
    with app.database.reading() as session:
        row = session.get(EntryRow, number) if 0 < number < 2**63 else None
        if row is None:
            raise not_found()
        entry = entry_of(row)
        scope = actor.scope(entry.place)
        released = row.released_by is not None
        readable = released or scope.sees(row.audience)
        content = canonical(entry.content())
        meeting = session.get(Meeting, entry.meeting) if readable and entry.meeting else None
        return app.page(
            request,
            actor,
            "minutes/entry.html",
            number=row.number,
            last=session.scalar(select(func.max(EntryRow.number))),
            entry=entry if readable else None,
            title=REGISTRY[entry.act].title if entry.act in REGISTRY else entry.act,
            actor_name=in_one_line(entry.name, entry.office, entry.delegation),
            meeting=meeting,
            when=_when(entry, meeting.zone if meeting is not None else ""),
            closed=row.audience != PUBLIC,
            audience=row.audience,
            released_by=row.released_by,
            content=content.decode(),
            leaf=leaf_content(entry, row.salt).decode(),
            commitment=commitment(row.salt, content) if row.audience != PUBLIC else "",
            salt=row.salt.hex() if released else "",
            hash=row.hash.hex(),
            root=row.root.hex(),
            links=_links(entry, meeting) if readable else [],
            earlier=_neighbour(session, actor, entry, -1) if readable else None,
            later=_neighbour(session, actor, entry, 1) if readable else None,
        )


def _when(entry: Entry, zone: str) -> str:
    """The local day of the host, the local time and UTC."""
    return in_a_row([show_date(on_day(entry.time, zone)), clock_time(entry.time, zone)])


def _links(entry: Entry, meeting: Meeting | None) -> list[tuple[str, str]]:
    """Links to the pages that an entry belongs to: kind and address."""
    if meeting is None:
        return []
    links = [("meeting", f"/meetings/{meeting.id}")]
    outcome = outcome_in(entry)
    if outcome is not None:
        name = outcome.id.partition("#")[2]
        public = meeting.status == "published"
        links.append(
            ("outcome", f"/outcomes/{meeting.id}/{name}" if public else f"/meetings/{meeting.id}/outcomes#o-{name}")
        )
    if entry.act.startswith(("minutes.", "floor.", "summary.", "statement.", "item.")) and meeting.status in {
        "closed",
        "published",
    }:
        links.append(("minutes", f"/meetings/{meeting.id}/minutes"))
    return links


def _neighbour(session: Session, actor: Viewer, entry: Entry, step: int) -> int | None:
    """The previous (`step` -1) or next entry of the same meeting that this reader may see."""
    if not entry.meeting:
        return None
    query = select(EntryRow).where(EntryRow.meeting == entry.meeting)
    query = visible(query, actor.scope(entry.place))
    if step > 0:
        query = query.where(EntryRow.number > entry.number).order_by(EntryRow.number)
    else:
        query = query.where(EntryRow.number < entry.number).order_by(EntryRow.number.desc())
    row = session.scalar(query.limit(1))
    return row.number if row is not None else None
