"""Samples of this package for the walks over rights: inputs of its acts, addresses of its pages."""

from sqlalchemy import select

from suhbat.minutes.models import Minutes
from suhbat.outcomes.models import Outcome

AMOUNT = {"value": 2_000_000_000, "currency": "JPY", "qualifier": "nearly", "as_said": "nearly 2 billion yen"}


def plant(world):
    summary = world.secret("participants", where="a pledge that is not confirmed yet")
    world.do("head", "pledge.made", title="Grants", summary=summary, to=["UZ"], amount=AMOUNT)


def outcome(world):
    return world.one(select(Outcome).where(Outcome.meeting == world.meeting).order_by(Outcome.id))


def of_outcome(world, **more):
    row = outcome(world)
    return {"meeting": world.meeting, "outcome": row.id, "changed": row.changed, **more}


def published(world):
    """Confirm and publish an outcome without a secret, on which a report is made."""
    world.do("head", "pledge.made", title="Known to all", to=["UZ"], amount=AMOUNT)
    open_one = world.one(select(Outcome).where(Outcome.title == "Known to all"))
    inputs = {"meeting": world.meeting, "outcome": open_one.id}
    world.do("head", "outcome.confirmed", inputs | {"changed": open_one.changed})
    world.do("chair", "meeting.closed")
    world.do("secretariat", "minutes.drafted", {"meeting": world.meeting, "anew": True})
    version = world.one(select(Minutes.version).where(Minutes.meeting == world.meeting))
    agreed = {"meeting": world.meeting, "version": version, "own_responsibility": True, "unnamed": True}
    world.do("chair", "minutes.published", agreed)
    return inputs | {"state": "in-progress", "summary": "Under way"}


def titled(world):
    return {"meeting": world.meeting, "title": "In plain words"}


ACTS = {
    "pledge.made": lambda w: {**titled(w), "to": ["UZ"], "amount": AMOUNT},
    "announcement.made": titled,
    "project.announced": titled,
    "decision.taken": titled,
    "recommendation.made": titled,
    "next_meeting.set": lambda w: {**titled(w), "due": "2021"},
    "outcome.confirmed": of_outcome,
    "outcome.corrected": lambda w: of_outcome(w, title="Corrected", to=["UZ"], reason="Misheard"),
    "outcome.withdrawn": lambda w: of_outcome(w, reason="Misheard"),
    "delivery.reported": published,
}
PAGES = {
    "/outcomes/{format_:str}/{slug:str}/{name:str}": lambda w: ["/outcomes/" + outcome(w).id.replace("#", "/")],
}
