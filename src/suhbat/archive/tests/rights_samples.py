"""Sample inputs for the test of rights: the acts of this package, with two files of the public record."""

from suhbat.archive.folder_load import SHIPPED
from suhbat.archive.yaml_reader import File, read

FORMAT, MEETING = "formats/ca-korea.yaml", "meetings/ca-korea/2007-11-15-forum-1.yaml"


def shipped_file(path):
    file = File(path, (SHIPPED / path).read_text())
    assert not read(file)
    return file


def report_inputs(world, path):
    if path == MEETING:
        world.do("editor", "archive.format_reported", {"path": FORMAT, "content": shipped_file(FORMAT).content})
    return {"path": path, "content": shipped_file(path).content}


def withdrawal(world):
    world.do("editor", "archive.format_reported", {"path": FORMAT, "content": shipped_file(FORMAT).content})
    return {"path": FORMAT, "why": "Twice"}


def report_both(world):
    """Report the format and its first meeting. Returns the content of the meeting."""
    inputs = report_inputs(world, MEETING)
    world.do("editor", "archive.meeting_reported", inputs)
    return inputs["content"]


SOURCE = {"source": "https://example.org/page", "publisher": "A ministry", "seen": True}
OF = MEETING.removeprefix("meetings/").removesuffix(".yaml")


def correction(world):
    report_both(world)
    return {"of": OF, "field": "title", "now": "First forum", "why": "A misprint", "cites": 1, "seen": True}


def delivery(world):
    outcome = report_both(world)["outcomes"][0]["id"]
    return {"outcome": f"{OF}#{outcome}", "date": "2010", "state": "delivered", "summary": "It was done", **SOURCE}


def new_outcome(world):
    report_both(world)
    return {"of": OF, "name": "scholarships", "kind": "pledge", "by": ["KR"], "to": ["KZ"], "topic": "education-people",
            "summary": "A hundred scholarships", "amount": {"value": 5, "currency": "USD", "qualifier": "exact"},
            **SOURCE}  # fmt: skip


def new_meeting(world):
    report_both(world)
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
    "archive.corrected": correction,
    "archive.outcome_added": new_outcome,
    "archive.delivery_added": delivery,
    "archive.meeting_added": new_meeting,
    "archive.format_reported": lambda w: report_inputs(w, FORMAT),
    "archive.meeting_reported": lambda w: report_inputs(w, MEETING),
    "archive.people_reported": lambda _w: {"content": shipped_file("people.yaml").content[:3]},
    "archive.withdrawn": withdrawal,
}
PAGES = {
    "/correct/{format_:str}": lambda w: [f"/correct/{w.format}", "/correct/people"],
    "/correct/{format_:str}/{slug:str}": lambda w: [f"/correct/{w.meeting}", f"/correct/{OF}"],
}
