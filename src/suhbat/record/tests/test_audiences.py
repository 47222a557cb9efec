"""What a reader may see: the same answer for one audience, and for a query over many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from suhbat.record.audiences import LONGEST_AUDIENCE, PUBLIC, Scope, circle, delegation_only
from suhbat.record.models import EntryRow

SUBJECTS, STATES = ("health", "health_", "promises"), ("JP", "K", "KZ", "Z", "UZ")
OTHERS = (PUBLIC, "participants", "delegations", "members", "secretariat", delegation_only("KZ"), "person:a")
AUDIENCES = [
    *OTHERS,
    *(circle(subject) for subject in SUBJECTS),
    *(circle(subject, named) for subject in SUBJECTS for named in
      (["JP"], ["KZ"], ["K"], ["JP", "KZ"], ["K", "Z"], ["JP", "K", "UZ"], ["KZ", "UZ", "Z"])),
]  # fmt: skip


@pytest.fixture(scope="module")
def record():
    engine = create_engine("sqlite://")
    EntryRow.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all(
            EntryRow(
                number=n, act="a", actor="", name="", office="", time="", audience=audience, body={}, hash=b"", root=b""
            )
            for n, audience in enumerate(AUDIENCES)
        )  # fmt: skip
        session.flush()
        yield session
    engine.dispose()


@given(
    st.frozensets(st.sampled_from(OTHERS)),
    st.frozensets(st.tuples(st.sampled_from(SUBJECTS), st.sampled_from(STATES)), max_size=3),
)
def test_a_query_finds_what_the_scope_sees_and_nothing_else(record, audiences, circles):
    scope = Scope(audiences, circles)
    query = select(EntryRow.audience).where(scope.limits(EntryRow.audience)).order_by(EntryRow.number)
    assert list(record.scalars(query)) == [audience for audience in AUDIENCES if scope.sees(audience)]


def test_a_circle_is_of_a_subject_and_of_the_states_it_names():
    scope = Scope(circles=frozenset({("health", "KZ")}))
    assert scope.sees(circle("health"))
    assert scope.sees(circle("health", ["JP", "KZ"]))
    assert not scope.sees(circle("health", ["JP", "K"]))
    assert not scope.sees(circle("promises", ["KZ"]))
    assert circle("health", ["KZ", "JP", "KZ"]) == "circle:health:JP+KZ"


def test_a_circle_that_does_not_fit_into_an_entry_is_refused():
    with pytest.raises(ValueError, match="200"):
        circle("health", [f"S{n:03}" for n in range(60)])
    assert len(circle("health", [f"S{n:02}" for n in range(40)])) <= LONGEST_AUDIENCE
