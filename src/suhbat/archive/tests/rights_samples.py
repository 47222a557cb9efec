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


ACTS = {
    "archive.format_reported": lambda w: reported(w, FORMAT),
    "archive.meeting_reported": lambda w: reported(w, MEETING),
    "archive.people_reported": lambda _w: {"content": file("people.yaml").content[:3]},
    "archive.withdrawn": withdrawn,
}
PAGES = {}
