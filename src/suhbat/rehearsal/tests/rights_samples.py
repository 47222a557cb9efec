"""Sample inputs for the test of rights: the acts of this package."""

from suhbat.rehearsal.script import script_names


def staging(world):
    return {"meeting": world.meeting, "script": next(iter(script_names()))}


def staged(world, **more):
    world.do("clerk", "rehearsal.staged", staging(world))
    return {"meeting": world.meeting, **more}


ACTS = {
    "rehearsal.staged": staging,
    "rehearsal.paced": lambda w: staged(w, pace="brisk"),
    "rehearsal.put_away": staged,
}
