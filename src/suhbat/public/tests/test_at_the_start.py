"""A large record is gathered while the house starts; a small one by whoever asks first."""

import asyncio

from suhbat.public import chores
from suhbat.public.read_model.almanac import _kept as almanacs
from suhbat.public.read_model.almanac import almanac
from suhbat.public.read_model.interning import Shared
from suhbat.public.search.documents import know_marks
from suhbat.public.search.entity_tokens import meant
from suhbat.public.search.query import _kept as indexes
from suhbat.record.reading import head_number


def test_a_large_record_stands_before_anyone_asks(app, whole_record):
    asyncio.run(chores.run(app))
    with app.database.reading() as session:
        number = head_number(session)
    assert almanacs[app.database].number == indexes[app.database].number == number == 288


def test_a_small_record_is_not_worth_the_trouble(app, record):
    asyncio.run(chores.run(app))
    assert app.database not in almanacs


def test_a_start_that_cannot_gather_is_a_start_nevertheless(app, monkeypatch, caplog, whole_record):
    monkeypatch.setattr(chores, "index_of", lambda *_: 1 / 0)
    asyncio.run(chores.run(app))
    assert "could not be gathered" in caplog.text


def test_what_is_equal_is_kept_once(app, record):
    with app.database.reading() as session:
        known = almanac(app.database, session)
    states = [state for outcome in known.outcomes for state in (outcome.by, outcome.to)]
    assert len({id(each) for each in states}) == len({tuple(each) for each in states})
    one = Shared()
    assert one.read('["JP"]') is one.read('["JP"]')
    assert one.read(None) is None
    assert one.known_by(("a", 1), [1]) is one.known_by(("a", 1), [2])


def test_a_word_stands_for_what_it_names_in_any_language():
    know_marks()
    for word in ("japan", "япония", "日本", "yaponiya", "ҷопон", "jp"):
        assert "|statejp" in meant(word)[0], word
    whole, begun = meant("jap")
    assert "|statejp" in begun
    assert "|statejp" not in whole
    assert meant("xyzzy") == (frozenset(), frozenset())
