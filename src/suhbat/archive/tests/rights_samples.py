"""How the walk of rights fills in what this room offers: two files of the shipped public record."""

from suhbat.archive.loading import SHIPPED, check_folder

FORMAT, MEETING = "formats/ca-korea.yaml", "meetings/ca-korea/2007-11-15-forum-1.yaml"


def file(path):
    files, _faults = check_folder(SHIPPED)
    return next(each for each in files if each.path == path)


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
    return {"of": OF, "field": "title", "now": "First forum", "why": "The ministry's page", "seen": True}


def delivering(world):
    outcome = both(world)["outcomes"][0]["id"]
    return {"outcome": f"{OF}#{outcome}", "date": "2010", "state": "delivered", "summary": "It was done", **SOURCE}


def adding(world):
    both(world)
    return {"format": "ca-korea", "name": "forum-2", "title": "Second forum", "level": "ministerial",
            "starts": "2008", "participants": "KZ", "topics": ["trade-investment"], **SOURCE}  # fmt: skip


ACTS = {
    "archive.corrected": correcting,
    "archive.delivery_added": delivering,
    "archive.meeting_added": adding,
    "archive.format_reported": lambda w: reported(w, FORMAT),
    "archive.meeting_reported": lambda w: reported(w, MEETING),
    "archive.people_reported": lambda _w: {"content": file("people.yaml").content[:3]},
    "archive.withdrawn": withdrawn,
}
