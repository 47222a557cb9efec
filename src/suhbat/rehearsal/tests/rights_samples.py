"""How the walk of rights fills in what this room offers."""

from suhbat.rehearsal.script import names


def staging(world):
    return {"meeting": world.meeting, "script": next(iter(names()))}


def staged(world, **more):
    world.do("clerk", "rehearsal.staged", staging(world))
    return {"meeting": world.meeting, **more}


ACTS = {
    "rehearsal.staged": staging,
    "rehearsal.paced": lambda w: staged(w, pace="brisk"),
    "rehearsal.put_away": staged,
}
