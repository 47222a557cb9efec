"""Links from outcomes to the paragraphs that put them into words."""

from collections import defaultdict
from urllib.parse import urlencode

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.cross_package_links import Related, points_to
from suhbat.acts.roles_and_seats import STAFF, Viewer
from suhbat.ground.language import gettext
from suhbat.record.audiences import PARTICIPANTS
from suhbat.texts.models import OutcomeLink, Paragraph, Text
from suhbat.texts.text_guard_checks import labels_of
from suhbat.texts.wording.numbering import with_numbers
from suhbat.texts.wording.unicode_cleaning import plainly

_SHORT = 240


@points_to("outcome")
def paragraphs(session: Session, actor: Viewer, outcomes: list[str]) -> dict[str, list[Related]]:
    """By outcome, the paragraphs of texts that this reader may read; for the drafter, the form to name one."""
    meetings = {outcome.partition("#")[0] for outcome in outcomes}
    texts = session.scalars(select(Text).where(Text.meeting.in_(meetings)).order_by(Text.opened)).all()
    readable = {text.id: text for text in texts if text.published or actor.scope(text.meeting).sees(PARTICIPANTS)}
    query = select(Paragraph, OutcomeLink.outcome).join(OutcomeLink, OutcomeLink.paragraph == Paragraph.id)
    query = query.where(OutcomeLink.outcome.in_(outcomes), Paragraph.text.in_(readable))
    related: dict[str, list[Related]] = defaultdict(list)
    labels: dict[str, dict[str, str]] = {}
    for paragraph, outcome in session.execute(query.order_by(Paragraph.text, Paragraph.position)) if readable else ():
        text = readable[paragraph.text]
        numbers = labels.setdefault(text.id, labels_of(session, text))
        page = f"/meetings/{text.meeting}/texts/{text.name}"
        page += f"/p/{paragraph.id}" if actor.scope(text.meeting).sees(PARTICIPANTS) else ""
        title = gettext("“%(title)s”, paragraph %(label)s") % {"title": text.title, "label": numbers[paragraph.id]}
        quote = plainly(with_numbers(paragraph.wording, numbers, text.language))
        quote = quote[:_SHORT] + ("…" if len(quote) > _SHORT else "")
        related[outcome].append(Related(title, page, quote, text.language))
    for outcome in outcomes:
        related[outcome] += [_offer(text, outcome) for text in texts if _may_link(actor, text, outcome)]
    return related


def _may_link(actor: Viewer, text: Text, outcome: str) -> bool:
    meeting = outcome.partition("#")[0]
    return text.meeting == meeting and actor.seat_for(STAFF, meeting) is not None


def _offer(text: Text, outcome: str) -> Related:
    back = f"/meetings/{text.meeting}/outcomes"
    inputs = {"meeting": text.meeting, "text": text.name, "outcome": outcome, "then": back}
    title = gettext("Name its paragraph in “%(title)s”") % {"title": text.title}
    return Related(title, f"/acts/paragraph.linked?{urlencode(inputs)}", offers=True)
