"""How outcomes are called on the pages of other rooms."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.actors import Viewer
from suhbat.acts.relations import Related, names
from suhbat.outcomes.models import Outcome
from suhbat.record.reading import PARTICIPANTS


@names("outcome")
def outcomes(session: Session, actor: Viewer, ids: list[str]) -> dict[str, Related]:
    """By id, the outcomes that this reader may know of; published ones on their public page, others at the desk."""
    found = session.scalars(select(Outcome).where(Outcome.id.in_(ids)))
    return {
        each.id: _related(each)
        for each in found
        if each.status == "published" or actor.scope(each.meeting).sees(PARTICIPANTS)
    }


def _related(outcome: Outcome) -> Related:
    name = outcome.id.partition("#")[2]
    page = f"/meetings/{outcome.meeting}/outcomes#o-{name}"
    if outcome.status == "published":
        page = f"/outcomes/{outcome.meeting}/{name}"
    return Related(outcome.title or outcome.summary, page)
