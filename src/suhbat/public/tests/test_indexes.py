"""Two indexes behind one seam: what PostgreSQL finds is what SQLite finds."""

import pytest
from sqlalchemy import text

from suhbat.public.read_model.almanac import almanac
from suhbat.public.search import documents
from suhbat.public.search.index import KINDS
from suhbat.public.search.postgres_index import PostgresIndex
from suhbat.public.search.query import index_of, search, understand
from suhbat.public.search.sqlite_index import MemoryIndex

pytestmark = [pytest.mark.postgres, pytest.mark.parametrize("database", ["postgres"], indirect=True)]


def keys(client, q):
    return [f"{r['type']}:{r['id']}" for r in client.get("/search.json", params={"q": q}).json()["results"]]


QUESTIONS = (
    "japan", "Japan water", "wa", "Motegi", "Tashkent", "日本", "水資源", "日", "外相", "Министры", "министр", "Бишкек",
    "Oʻzbekiston", "Kırgızistan", "2020", "2020 grants", "CT scanner", "medical equipment", "nearly", "the",
    "type:person a",
    "by:JP to:TJ topic:water 2017..2020", "state:unknown kind:pledge", "type:meeting senior", "Tileubrdy",
    "Tashknet wter",
    "to:KG hospitals", "format:ca-japan summit", "..2006", "Central-Asia", "'", '"', "& | !", "a:b", ":*", "<->", "\\",
)  # fmt: skip


def test_both_indexes_find_the_same_in_the_same_order(app, record):
    with app.database.reading() as session:
        known = almanac(app.database, session)
    shared = index_of(app.database, known)
    own = MemoryIndex()
    own.put(documents.fixed())
    own.put(documents.of_format(each) for each in known.formats.values())
    own.put(documents.of_person(each) for each in known.people.values())
    own.put(paper for each in known.meetings for paper in documents.of_meeting(each))
    assert isinstance(shared, PostgresIndex)
    assert shared.vocabulary() == own.vocabulary()
    found = 0
    for q in QUESTIONS:
        one, other = search(shared, known, understand(q)), search(own, known, understand(q))
        assert one == other, q
        found += bool(one[0])
    assert found > 20
    assert {key.partition(":")[0] for key in search(own, known, understand("a"))[0]} <= set(KINDS)


def test_workers_share_an_index_and_none_takes_it_back(app, record, client):
    assert keys(client, "Motegi")
    with app.database.reading() as session:
        known = almanac(app.database, session)
        before = session.execute(text("SELECT key, ctid::text FROM suhbat_search.paper ORDER BY key")).all()
    second = PostgresIndex(app.database)  # another worker begins: it finds everything there and writes nothing
    papers = [paper for each in known.meetings for paper in documents.of_meeting(each)]
    second.bring_to(known.number, papers, [], None)
    with app.database.reading() as session:
        assert session.execute(text("SELECT key, ctid::text FROM suhbat_search.paper ORDER BY key")).all() == before
    gone = known.meetings[-1].id
    second.bring_to(known.number + 1, [], [gone], None)
    second.bring_to(known.number, papers, [], None)  # one that is behind looks on and does not write
    with app.database.reading() as session:
        query = text("SELECT count(*) FROM suhbat_search.paper WHERE owner = :of")
        assert session.scalar(query, {"of": gone}) == 0
    second.bring_to(known.number + 2, papers, [], [each.id for each in known.meetings])
    with app.database.reading() as session:
        query = text("SELECT count(*) FROM suhbat_search.paper WHERE owner = 'people'")
        assert session.scalar(query) == 0  # what a worker of yesterday left behind goes at the first look
