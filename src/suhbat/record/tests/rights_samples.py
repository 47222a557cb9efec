"""Sample addresses of the record for the rights tests: an entry of every act and audience."""

from sqlalchemy import func, select

from suhbat.record.models import EntryRow


def numbers(world):
    with world.app.database.reading() as session:
        return session.scalars(select(func.max(EntryRow.number)).group_by(EntryRow.act, EntryRow.audience)).all()


PAGES = {"/record/{number:int}": lambda w: [f"/record/{number}" for number in numbers(w)]}
