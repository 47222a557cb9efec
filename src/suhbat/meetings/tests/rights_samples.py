"""Sample inputs for the test of rights: the acts and pages of this package."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy import text as sql
from tests.rights_world import OTHER_FORMAT

from suhbat.acts.onlookers import WHOSE
from suhbat.meetings.models import AgendaItem, Delegation, Meeting, Paper
from suhbat.record import blobs
from suhbat.record.upload_receipts import receipt_for

TEST = "ca-japan/2021-test"


def stored_file(world, words, role):
    content = f"{words}\n".encode()
    sha256 = blobs.store(world.settings.data, content)
    return {"sha256": sha256, "size": len(content), "file_name": "paper.txt", "media_type": "text/plain",
            "receipt": receipt_for(world.settings, sha256, world.person(role))}  # fmt: skip


def plant(world):
    for role, audience, audience_words in (
        ("head", "delegation", "delegation:KZ"),
        ("host's head", "participants", "participants"),
        ("secretariat", "secretariat", "secretariat"),
    ):
        text = world.secret(audience_words, where=f"the words of a paper for {audience_words}")
        title = world.secret(audience_words, where=f"the title of a paper for {audience_words}")
        world.do(
            role, "paper.filed", title=title, language="en", audience=audience, file=stored_file(world, text, role)
        )
    world.do("secretariat", "agenda.released", seen=agenda_seen(world))
    draft = world.secret("secretariat", "role:chair later", where="an item not released yet", meeting=world.later)
    world.do("clerk", "agenda.item_added", {"meeting": world.later, "title": draft})
    words = world.secret("participants", where="the title of a test meeting", meeting=TEST)
    trial = {**convening(world), "slug": TEST.partition("/")[2], "title": words, "trial": True}
    world.do("clerk", "meeting.convened", trial)
    head = world.secret("participants", where="an adviser in the credentials")
    world.do("head", "credentials.presented", head_name="Mukhtar Tileuberdi", head_office="Minister", advisers=head)


def meeting(world, meeting_id=""):
    return world.one(select(Meeting).where(Meeting.id == (meeting_id or world.meeting)))


def agenda_seen(world):
    """The state of the agenda that a form showed."""
    return meeting(world).agenda_changed


def item(world, n=0, meeting_id=""):
    query = select(AgendaItem.id).where(AgendaItem.meeting == (meeting_id or world.meeting))
    return world.one(query.order_by(AgendaItem.position).offset(n))


def papers(world):
    with world.app.database.reading() as session:
        return list(session.scalars(select(Paper.id)))


def convening(world):
    return {"format": world.format, "slug": "2021-next", "title": "The next one", "level": "ministerial",
            "mode": "video", "zone": "Asia/Tokyo", "opens": "2021-08-11T16:00", "closes": "2021-08-11T18:00",
            "chair_state": "JP", "delegations": ["JP", "KZ"], "certain": True}  # fmt: skip


def changing(world):
    inputs = convening(world)
    for name in ("format", "slug", "delegations", "certain"):
        del inputs[name]
    return {**inputs, "meeting": world.later, "seen": meeting(world, world.later).entry, "reason": "Another hour"}


def draft(world):
    """A meeting that was convened and not yet released."""
    world.do("clerk", "meeting.convened", convening(world))
    return {"meeting": f"{world.format}/2021-next"}


def presented_credentials(world):
    query = select(Delegation.changed).where(Delegation.meeting == world.meeting, Delegation.state == "KZ")
    return {"meeting": world.meeting, "state": "KZ", "seen": world.one(query)}


def somebody_in_the_room(world):
    """The head of Kazakhstan has opened the page of the room, and stays while every role tries to note it."""
    begin = world.at
    world.at += timedelta(hours=1)
    assert world.app.lines.open(world.meeting, "a-tab", world.person("head"), {})
    world.at = begin
    return {"meeting": world.meeting}


def of_item(world, **inputs):
    """The fields of a form about the second item."""
    return {"meeting": world.meeting, "item": item(world, 1), "seen": agenda_seen(world), **inputs}


def removing(world):
    """Before a meeting begins, an item can still be taken off."""
    agenda_seen = meeting(world, world.later).agenda_changed
    return {"meeting": world.later, "item": item(world, 1, world.later), "seen": agenda_seen}


OTHER_EYES = "/meetings/{format_:str}/{slug:str}/as/{eyes:str}"
PARTS = [[f"{{part_{n}:str}}" for n in range(1, deep + 1)] for deep in range(5)]
SEEN = (
    "", "/agenda", "/desk", "/delegations", "/papers", "/texts", "/outcomes", "/minutes", "/minutes.pdf", "/room",
    "/people", "/calendar.ics",
)  # fmt: skip


def through_other_eyes(parts):
    """Pages with this many parts after the meeting's address, through the eyes of each kind of reader."""

    def addresses(world):
        name = world.notes["text"]
        paragraph = world.one(sql("SELECT id FROM text_paragraph WHERE kind != 'title' ORDER BY id"))
        of_text = [f"/texts/{name}{rest}" for rest in ("", "/board", "/changes", "/copies", f"/p/{paragraph}")]
        of_papers = [f"/papers/{paper}" for paper in papers(world)]
        rests = [rest for rest in (*SEEN, *of_text, *of_papers) if rest.count("/") == parts]
        return [f"/meetings/{world.meeting}/as/{eyes}{rest}" for eyes in WHOSE for rest in rests]

    return addresses


def empty_format(world):
    """A format in which no meeting stands, in a secretariat's hand."""
    return {"format": OTHER_FORMAT}


ACTS = {
    "format.hidden": empty_format,
    "format.deleted": empty_format,
    "meeting.convened": lambda w: {**convening(w), "format": w.format},
    "meeting.changed": changing,
    "meeting.released": draft,
    "facts.published": lambda w: {"meeting": w.meeting},
    "meeting.deleted": draft,
    "meeting.cancelled": lambda w: {"meeting": w.later, "reason": "Force majeure"},
    "agenda.item_added": lambda w: {"meeting": w.meeting, "title": "Water"},
    "agenda.item_changed": lambda w: of_item(w, title="Water"),
    "agenda.item_moved": lambda w: of_item(w, before=item(w)),
    "agenda.item_removed": removing,
    "agenda.released": lambda w: {"meeting": w.later, "seen": meeting(w, w.later).agenda_changed},
    "delegation.invited": lambda w: {"meeting": w.later, "state": "MN"},
    "delegation.withdrawn": lambda w: {"meeting": w.later, "state": "TM", "reason": "Another engagement"},
    "credentials.presented": lambda w: {"meeting": w.meeting, "state": "KZ", "head_name": "A", "head_office": "B"},
    "credentials.accepted": presented_credentials,
    "credentials.returned": lambda w: {**presented_credentials(w), "reason": "Unsigned"},
    "paper.filed": lambda w: {
        "meeting": w.meeting,
        "title": "Paper",
        "language": "en",
        "file": stored_file(w, "words", "head"),
    },
    "heads.seated": lambda w: {"meeting": w.meeting, "state": "KZ"},
    "presence.noted": somebody_in_the_room,
    "paper.withdrawn": lambda w: {"meeting": w.meeting, "paper": papers(w)[1]},
}
PAGES = {
    "/meetings/{format_:str}/{slug:str}/papers/{paper:str}": lambda w: [
        f"/meetings/{w.meeting}/papers/{paper}" for paper in papers(w)
    ],
    "/calendars/{name:str}": lambda w: [f"/calendars/{w.format}.ics"],
    "/formats/{format_:str}/convene": lambda w: [f"/formats/{w.format}/convene"],
    **{OTHER_EYES + "".join(f"/{part}" for part in parts): through_other_eyes(n) for n, parts in enumerate(PARTS)},
}
