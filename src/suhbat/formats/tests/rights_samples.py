"""Sample inputs of this package for the rights tests."""

from suhbat.formats.models import Format


def seen(world):
    with world.app.database.reading() as session:
        return session.get_one(Format, world.format).entry


DRAFT = "ca-draft"
"""A format that was founded and is not public yet."""


def plant(world):
    secret = world.secret("delegations", "role:administrator", where="the summary of a draft format", meeting=DRAFT)
    world.do("operator", "format.founded", {**FOUNDING, "format": DRAFT, "summary": secret})
    world.notes["party"] = world.do("operator", "party.added", UNDP).entry.number


FOUNDING = {
    "format": "ca-else", "name": "Central Asia plus someone", "kind": "n-plus-one", "members": ["KZ", "UZ"],
    "partners": ["JP"],
}  # fmt: skip
UNDP = {"code": "UNDP", "name": "United Nations Development Programme"}
"""A party that is added by hand in this world."""
UNIDO = {"code": "UNIDO", "name": "United Nations Industrial Development Organization"}


ACTS = {
    "party.added": UNIDO,
    "party.changed": lambda w: UNDP | {"seen": w.notes["party"]},
    "format.founded": FOUNDING,
    "format.published": {"format": DRAFT},
    "format.changed": lambda w: {"format": w.format, "seen": seen(w), "name": "Central Asia plus Japan Dialogue"},
}  # fmt: skip
PAGES = {
    "/formats/{format_:str}": lambda w: [f"/formats/{w.format}", f"/formats/{DRAFT}"],
}
