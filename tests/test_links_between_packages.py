"""Links between packages: a pledge and its paragraph link to each other, for those who may see them."""

import pytest

from suhbat.acts.cross_package_links import named, pointing_to
from suhbat.acts.roles_and_seats import PUBLIC_READER
from suhbat.meetings.models import Meeting
from suhbat.outcomes.models import Outcome
from suhbat.outcomes.outcome_cards import cards
from suhbat.texts.tests.negotiating_table import Table

PLEDGE = {
    "title": "Grants for medical equipment", "to": ["UZ", "KZ", "KG", "TJ", "TM"],
    "amount": {"value": 2_000_000_000, "currency": "JPY", "qualifier": "nearly", "as_said": "nearly 2 billion yen"},
}  # fmt: skip


@pytest.fixture
def table(app, convene):
    return Table(app, convene(app))


@pytest.fixture
def pledge(table):
    table.app.door.perform(table.at.chair, "meeting.opened", {"meeting": table.meeting})
    table.app.door.perform(table.at.chair, "item.opened", {"meeting": table.meeting, "item": table.at.items[0]})
    table.app.door.perform(table.at.chair, "floor.given", {"meeting": table.meeting, "delegation": "JP"})
    inputs = {"meeting": table.meeting, **PLEDGE}
    done = table.app.door.perform(table.at.heads["JP"], "pledge.made", inputs)
    return str(done.entry.body["outcome"]["id"])


def links_to(table, actor, outcome):
    with table.app.database.reading() as session:
        return pointing_to(session, actor, "outcome", [outcome])[outcome]


def test_a_pledge_and_its_paragraph_link_to_each_other(table, pledge):
    paragraph = table.paragraph("1").id
    (offer,) = links_to(table, table.at.chair, pledge)
    assert offer.offers
    assert offer.page.startswith("/acts/paragraph.linked?")
    assert links_to(table, table.at.heads["KZ"], pledge) == []
    table.do("chair", "paragraph.linked", paragraph=paragraph, outcome=pledge)
    (link,) = links_to(table, table.at.heads["KZ"], pledge)
    assert link.page.endswith(f"/texts/{table.text}/p/{paragraph}")
    assert link.title == "“Joint Statement”, paragraph 1"
    assert link.quote.startswith("The Ministers welcomed")
    with table.app.database.reading() as session:
        (card,) = cards(session, table.at.heads["KZ"], session.get_one(Meeting, table.meeting))
        assert card.related == [link]
        by_id = named(session, table.at.heads["KZ"], "outcome", [pledge])
        assert by_id[pledge].title == PLEDGE["title"]
        assert by_id[pledge].page == f"/meetings/{table.meeting}/outcomes#o-{pledge.partition('#')[2]}"


def test_the_public_sees_the_link_when_text_and_pledge_are_published(table, pledge):
    table.do("chair", "paragraph.linked", paragraph=table.paragraph("1").id, outcome=pledge)
    assert links_to(table, PUBLIC_READER, pledge) == []
    with table.app.database.reading() as session:
        assert named(session, PUBLIC_READER, "outcome", [pledge]) == {}
        assert session.get_one(Outcome, pledge).status != "published"
    table.do("chair", "adoption.asked")
    table.do("JP", "adoption.answered", agrees=True)
    table.do("chair", "text.adopted")
    table.do("secretariat", "text.published")
    (link,) = links_to(table, PUBLIC_READER, pledge)
    assert link.page == f"/meetings/{table.meeting}/texts/{table.text}"
