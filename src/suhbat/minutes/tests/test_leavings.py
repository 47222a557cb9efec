"""Outcomes told from the entries alone are the outcomes that the tables hold."""

from suhbat.minutes.outcomes_in_log import leavings
from suhbat.outcomes.models import Outcome
from suhbat.outcomes.outcome_wording import as_written
from suhbat.record.reading import all_of_meeting

MEETING = "ca-japan/2020-08-11-special-video-conference"


def compare(app) -> int:
    """Check that both tell the same; how many there are."""
    with app.database.reading() as session:
        told = {each.id: each for each in leavings(all_of_meeting(session, MEETING))}
        held = {each.id: each for each in session.query(Outcome) if each.status != "withdrawn"}
        assert list(told) == sorted(held, key=lambda name: held[name].position)
        for name, outcome in held.items():
            assert told[name].written == as_written(outcome)
            assert bool(told[name].confirmed) == (outcome.status in {"confirmed", "published"})
            assert told[name].made == outcome.entry
        return len(held)


def test_through_every_act_of_an_outcome_both_tell_the_same(confirmed):
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
    from suhbat.minutes.agreement import minutes_of

    with acts.app.database.reading() as session:
        minutes = minutes_of(session, MEETING)
        assert minutes is not None
        return minutes.version
