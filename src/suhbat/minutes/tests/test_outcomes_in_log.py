"""The outcomes computed from the entries alone are those of the tables."""

from suhbat.minutes.outcomes_in_log import outcomes_in
from suhbat.outcomes.models import Outcome
from suhbat.outcomes.outcome_wording import wording_of
from suhbat.record.reading import all_of_meeting

MEETING = "ca-japan/2020-08-11-special-video-conference"


def compare(app) -> int:
    """Check that both are the same, and return their number."""
    with app.database.reading() as session:
        logged = {outcome.id: outcome for outcome in outcomes_in(all_of_meeting(session, MEETING))}
        stored = {outcome.id: outcome for outcome in session.query(Outcome) if outcome.status != "withdrawn"}
        assert list(logged) == sorted(stored, key=lambda name: stored[name].position)
        for name, outcome in stored.items():
            assert logged[name].wording == wording_of(outcome)
            assert bool(logged[name].confirmed) == (outcome.status in {"confirmed", "published"})
            assert logged[name].made_in == outcome.entry
        return len(stored)


def test_entries_and_tables_agree_after_every_act_of_an_outcome(confirmed):
    assert compare(confirmed.app) == 3
    name = f"{MEETING}#joint-projects"
    with confirmed.app.database.reading() as session:
        changed = session.get_one(Outcome, name).changed
    inputs = {"outcome": name, "changed": changed, "to": ["JP"], "reason": "Clearer"}
    changed = confirmed("head-kz", "outcome.corrected", title="Joint projects in farming", **inputs).number
    assert compare(confirmed.app) == 3
    changed = confirmed("head-kz", "outcome.confirmed", outcome=name, changed=changed).number
    compare(confirmed.app)
    changed = confirmed("head-kz", "outcome.corrected", title="Joint projects", **inputs | {"changed": changed}).number
    compare(confirmed.app)
    confirmed("head-kz", "outcome.withdrawn", outcome=name, changed=changed, reason="Too early")
    assert compare(confirmed.app) == 2
    confirmed("chair", "minutes.published", version=confirmed_version(confirmed), own_responsibility=True)
    assert compare(confirmed.app) == 2


def confirmed_version(acts) -> int:
    from suhbat.minutes.minutes_agreement import minutes_of

    with acts.app.database.reading() as session:
        minutes = minutes_of(session, MEETING)
        assert minutes is not None
        return minutes.version
