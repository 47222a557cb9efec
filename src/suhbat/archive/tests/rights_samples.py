"""How the walk of rights fills in what this room offers: two files of the shipped public record."""

from suhbat.archive.loading import SHIPPED
from suhbat.archive.reading import File, read

FORMAT, MEETING = "formats/ca-korea.yaml", "meetings/ca-korea/2007-11-15-forum-1.yaml"


def file(path):
    shipped = File(path, (SHIPPED / path).read_text())
    assert not read(shipped)
    return shipped


def reported(world, path):
    if path == MEETING:
        world.do("editor", "archive.format_reported", {"path": FORMAT, "content": file(FORMAT).content})
    return {"path": path, "content": file(path).content}


def withdrawn(world):
    world.do("editor", "archive.format_reported", {"path": FORMAT, "content": file(FORMAT).content})
    return {"path": FORMAT, "why": "Twice"}


def both(world):
    """The format and its first meeting are reported."""
    wish = reported(world, MEETING)
    world.do("editor", "archive.meeting_reported", wish)
    return wish["content"]


SOURCE = {"source": "https://example.org/page", "publisher": "A ministry", "seen": True}
OF = MEETING.removeprefix("meetings/").removesuffix(".yaml")


def correcting(world):
    both(world)
    return {"of": OF, "field": "title", "now": "First forum", "why": "A misprint", "cites": 1, "seen": True}


def delivering(world):
    outcome = both(world)["outcomes"][0]["id"]
    return {"outcome": f"{OF}#{outcome}", "date": "2010", "state": "delivered", "summary": "It was done", **SOURCE}


def adding_an_outcome(world):
    both(world)
    return {"of": OF, "name": "scholarships", "kind": "pledge", "by": ["KR"], "to": ["KZ"], "topic": "education-people",
            "summary": "A hundred scholarships", "amount": {"value": 5, "currency": "USD"}, **SOURCE}  # fmt: skip


def adding(world):
    both(world)
    return {
        "format": "ca-korea",
        "name": "forum-2",
        "title": "Second forum",
        "level": "ministerial",
        "starts": "2008",
        "participants": {"0": {"state": "KZ"}},
        "topics": ["trade-investment"],
        **SOURCE,
    }


ACTS = {
    "archive.corrected": correcting,
    "archive.outcome_added": adding_an_outcome,
    "archive.delivery_added": delivering,
    "archive.meeting_added": adding,
    "archive.format_reported": lambda w: reported(w, FORMAT),
    "archive.meeting_reported": lambda w: reported(w, MEETING),
    "archive.people_reported": lambda _w: {"content": file("people.yaml").content[:3]},
    "archive.withdrawn": withdrawn,
}
PAGES = {
    "/correct/{format_:str}": lambda w: [f"/correct/{w.format}", "/correct/people"],
    "/correct/{format_:str}/{slug:str}": lambda w: [f"/correct/{w.meeting}", f"/correct/{OF}"],
}
