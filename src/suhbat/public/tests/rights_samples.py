"""Sample inputs for the test of rights: public pages, and error reports to the editors."""

from sqlalchemy import select

from suhbat.public.models import ErrorReport

EDITORS = ("role:editor", "role:administrator")


def plant(world):
    says = world.secret(*EDITORS, where="what a reader says is wrong")
    world.do("public", "error.reported", {"page": f"/formats/{world.format}", "says": says})


ACTS = {
    "error.reported": lambda w: {"page": f"/formats/{w.format}", "says": "It was another day"},
    "error.answered": lambda w: {"id": w.one(select(ErrorReport.id)), "answer": "Corrected"},
}
PAGES = {
    "/data/{name:str}": lambda _w: ["/data/public-record.json", "/data/iati-activities.xml", "/data/meetings.csv"],
    "/people/{id_:str}": lambda w: [f"/people/{w.person('head')}", "/people/nobody"],
    "/sitemap/{number:int}": lambda _w: ["/sitemap/1", "/sitemap/2"],
    "/states/{code:str}": lambda _w: ["/states/KZ"],
    "/topics/{topic:str}": lambda _w: ["/topics/public-health"],
}
