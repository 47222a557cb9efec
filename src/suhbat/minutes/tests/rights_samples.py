"""Sample inputs for the test of rights: a summary record of a meeting that is over."""

from sqlalchemy import select

from suhbat.minutes.models import Minutes


def plant(world):
    for act in ("meeting.opened", "meeting.closed"):
        world.do("chair elsewhere", act, {"meeting": world.elsewhere})
    text = world.secret("participants", where="a summary record not yet published", meeting=world.elsewhere)
    world.do("secretariat elsewhere", "minutes.edited", {"meeting": world.elsewhere, "text": text})


def minutes(world):
    return world.one(select(Minutes).where(Minutes.meeting == world.elsewhere))


def answer(world, **inputs):
    return {"meeting": world.elsewhere, "version": minutes(world).version, **inputs}


def published(world):
    world.do("chair elsewhere", "minutes.published", **answer(world, own_responsibility=True, unnamed=True))
    return {"meeting": world.elsewhere}


ACTS = {
    "minutes.words_published": published,
    "minutes.drafted": lambda w: {"meeting": w.elsewhere, "anew": True},
    "minutes.edited": lambda w: {"meeting": w.elsewhere, "text": "One more paragraph"},
    "minutes.agreed": lambda w: answer(w, unnamed=True),
    "minutes.objected": lambda w: answer(w, correction="Say it otherwise"),
    "minutes.published": lambda w: answer(w, own_responsibility=True, unnamed=True),
}
