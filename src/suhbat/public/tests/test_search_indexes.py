"""Both search indexes, on PostgreSQL and on SQLite, return the same results."""

import pytest
from sqlalchemy import text

from suhbat.public.read_model.almanac import current_almanac
from suhbat.public.search import search_documents
from suhbat.public.search.index_interface import KINDS
from suhbat.public.search.postgres_index import PostgresIndex
from suhbat.public.search.search_query import index_of, parse_query, search
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


def every_document(almanac):
    yield from search_documents.states_and_topics()
    yield from map(search_documents.of_format, almanac.formats.values())
    yield from map(search_documents.of_person, almanac.people.values())
    for meeting in almanac.meetings:
        yield from search_documents.of_meeting(meeting)


def test_both_indexes_return_the_same_in_the_same_order(app, record):
    with app.database.reading() as session:
        almanac = current_almanac(app.database, session)
    shared = index_of(app.database, almanac)
    own = MemoryIndex()
    own.put(every_document(almanac))
    assert isinstance(shared, PostgresIndex)
    assert shared.vocabulary() == own.vocabulary()
    with_matches = 0
    for q in QUESTIONS:
        shared_result, own_result = search(shared, almanac, parse_query(q)), search(own, almanac, parse_query(q))
        assert shared_result == own_result, q
        with_matches += bool(shared_result[0])
    assert with_matches > 20
    assert {key.partition(":")[0] for key in search(own, almanac, parse_query("a"))[0]} <= set(KINDS)


def test_workers_share_an_index_and_none_sets_it_back(app, record, client):
    assert keys(client, "Motegi")
    with app.database.reading() as session:
        almanac = current_almanac(app.database, session)
        before = session.execute(text("SELECT key, ctid::text FROM suhbat_search.paper ORDER BY key")).all()
    second = PostgresIndex(app.database)  # another worker starts: everything is stored already, so it writes nothing
    all_documents = [document for meeting in almanac.meetings for document in search_documents.of_meeting(meeting)]
    second.bring_to(almanac.number, all_documents, [], None)
    with app.database.reading() as session:
        assert session.execute(text("SELECT key, ctid::text FROM suhbat_search.paper ORDER BY key")).all() == before
    removed = almanac.meetings[-1].id
    second.bring_to(almanac.number + 1, [], [removed], None)
    second.bring_to(almanac.number, all_documents, [], None)  # a worker that is behind reads, but does not write
    with app.database.reading() as session:
        query = text("SELECT count(*) FROM suhbat_search.paper WHERE owner = :of")
        assert session.scalar(query, {"of": removed}) == 0
    second.bring_to(almanac.number + 2, all_documents, [], [meeting.id for meeting in almanac.meetings])
    with app.database.reading() as session:
        query = text("SELECT count(*) FROM suhbat_search.paper WHERE owner = 'people'")
        assert session.scalar(query) == 0  # documents of deleted owners are removed by the first call
    second.bring_to(almanac.number + 3, list(every_document(almanac)), [], None)  # as the record has it
