"""A large record is loaded while the application starts; a small one at the first request."""

import asyncio

from suhbat.public import chores
from suhbat.public.read_model.almanac import _cached as almanacs
from suhbat.public.read_model.almanac import current_almanac
from suhbat.public.read_model.interning import Shared
from suhbat.public.search.entity_tokens import tokens_meant
from suhbat.public.search.search_documents import learn_entity_tokens
from suhbat.public.search.search_query import _cached as indexes
from suhbat.record.reading import head_number


def test_a_large_record_is_loaded_before_the_first_request(app, whole_record):
    asyncio.run(chores.run(app))
    with app.database.reading() as session:
        number = head_number(session)
    assert almanacs[app.database].number == indexes[app.database].number == number == 288


def test_a_small_record_is_not_loaded_at_the_start(app, record):
    asyncio.run(chores.run(app))
    assert app.database not in almanacs


def test_a_failure_to_load_does_not_prevent_the_start(app, monkeypatch, caplog, whole_record):
    monkeypatch.setattr(chores, "index_of", lambda *_: 1 / 0)
    asyncio.run(chores.run(app))
    assert "could not be loaded" in caplog.text


def test_equal_values_are_stored_once(app, record):
    with app.database.reading() as session:
        almanac = current_almanac(app.database, session)
    states = [state for outcome in almanac.outcomes for state in (outcome.by, outcome.to)]
    assert len({id(codes) for codes in states}) == len({tuple(codes) for codes in states})
    shared = Shared()
    assert shared.read('["JP"]') is shared.read('["JP"]')
    assert shared.read(None) is None
    assert shared.by_key(("a", 1), [1]) is shared.by_key(("a", 1), [2])


def test_a_word_in_any_language_means_the_entity_that_it_names():
    learn_entity_tokens()
    for word in ("japan", "япония", "日本", "yaponiya", "ҷопон", "jp"):
        assert "|statejp" in tokens_meant(word)[0], word
    whole, begun = tokens_meant("jap")
    assert "|statejp" in begun
    assert "|statejp" not in whole
    assert tokens_meant("xyzzy") == (frozenset(), frozenset())
