"""Acts on papers: filed for the meeting or an item of its agenda, and withdrawn."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Decision, InMeeting, Occasion, Role, act, effect, phrase
from suhbat.acts.actors import DELEGATION
from suhbat.formats.names import state_name
from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.ground.language import LANGUAGES, Lazy, gettext, lazy
from suhbat.ground.refusals import Kind, Refused, not_allowed, not_found, out_of_order
from suhbat.meetings.convening import meeting_of
from suhbat.meetings.file_kinds import BIGGEST, KINDS, clean_name, ending, is_what_it_says
from suhbat.meetings.models import Paper
from suhbat.record import blobs
from suhbat.record.entries import Entry
from suhbat.record.reading import SECRETARIAT, delegation_only
from suhbat.record.receipts import is_receipt

STAFF = frozenset({Role.SECRETARIAT, Role.CHAIR})


class Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file as the door hands it over: kept under its hash, with the receipt of whoever brought it."""

    sha256: Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
    size: Annotated[int, Meta(ge=0)]
    file_name: Annotated[str, Meta(max_length=1_000)]
    media_type: str | None = None
    receipt: Annotated[str, Meta(max_length=64)] = ""


class File(InMeeting, frozen=True, kw_only=True):
    """A paper and its file."""

    title: Annotated[str, Meta(title="Title", min_length=1, max_length=300, extra={"context": "a paper's"})]
    item: Annotated[str, Meta(title="For the item", max_length=40, extra={"choices": "agenda items"})] | None = None
    language: Annotated[str, Meta(title="Language", max_length=10, extra={"choices": "languages"})]
    audience: Annotated[
        Literal["participants", "public", "delegation", "secretariat"],
        Meta(title="Who may see it", extra={"choices": "paper audiences", "words_of": "who may see it"}),
    ] = "participants"
    file: Annotated[
        dict[str, Any],
        Meta(title="File", description="PDF, DOCX, ODT, TXT, PNG or JPEG, at most 20 MB.", extra={"widget": "file"}),
    ]


@act("paper.filed", "File a paper", by=DELEGATION | STAFF)
def file(occasion: Occasion, wish: File) -> Decision:
    """A delegation, the chair or the secretariat files a paper, for the whole meeting or for one item of its agenda.

    Its audience is all participants, the public, the own delegation alone, or the secretariat alone (by the
    secretariat). The file has to be what its name says: PDF, DOCX, ODT, TXT, PNG or JPEG, of at most 20 MB.
    """
    meeting = meeting_of(occasion.session, wish.meeting)
    if meeting.status in {"published", "cancelled"}:
        raise out_of_order(lazy("The papers of this meeting are closed."))
    staff = occasion.seat.role in STAFF
    by = "" if occasion.seat.role == Role.SECRETARIAT else occasion.delegation
    faults: dict[str, Lazy | str] = {}
    if wish.audience == "secretariat" and occasion.seat.role != Role.SECRETARIAT:
        faults["audience"] = lazy("Only the secretariat files papers for itself alone.")
    if wish.audience == "delegation" and not by:
        faults["audience"] = lazy("Only a delegation files papers for itself alone.")
    if not staff and by not in {each.state for each in meeting.delegations}:
        raise not_allowed()
    if wish.item and wish.item not in {item.id for item in meeting.agenda}:
        faults["item"] = lazy("There is no such item on this agenda.")
    if wish.language not in LANGUAGES:
        faults["language"] = lazy("This is not one of the choices.")
    kept = _kept(wish.file, occasion, faults)
    if faults or kept is None:
        raise Refused(Kind.INVALID, lazy("Some of what was given does not fit."), faults)
    audience = {"delegation": delegation_only(by), "secretariat": SECRETARIAT}.get(wish.audience, wish.audience)
    body = {
        "paper": {
            "id": new_id(), "item": wish.item, "title": wish.title, "language": wish.language, "by": by,
            "audience": audience, "file_name": clean_name(kept.file_name), "size": kept.size, "sha256": kept.sha256,
            "media_type": KINDS[ending(kept.file_name)],
        }
    }  # fmt: skip
    seen_by = "participants" if audience == "public" and meeting.status == "draft" else audience
    return Decision(body, audience=seen_by, reply={"then": f"/meetings/{meeting.id}/papers"})


@effect("paper.filed")
def _filed(session: Session, entry: Entry) -> None:
    session.add(Paper(meeting=entry.meeting, filed=stamp(entry.time), **entry.body["paper"]))


@phrase("paper.filed")
def _say_filed(entry: Entry) -> str:
    paper = entry.body["paper"]
    if paper["by"]:
        return gettext("%(state)s filed a paper: %(title)s.") % {
            "state": state_name(paper["by"]), "title": paper["title"],
        }  # fmt: skip
    return gettext("The secretariat filed a paper: %(title)s.") % {"title": paper["title"]}


class Withdraw(InMeeting, frozen=True, kw_only=True):
    """A paper that is to be seen no longer."""

    paper: Annotated[str, Meta(title="Paper", max_length=40, extra={"widget": "hidden"})]


@act("paper.withdrawn", "Withdraw a paper", by=DELEGATION | STAFF)
def withdraw(occasion: Occasion, wish: Withdraw) -> Decision:
    """Whoever filed a paper withdraws it: a delegation its own, the secretariat what it filed itself.

    The record keeps that it was filed, and its hash; the file is given out no longer.
    """
    meeting = meeting_of(occasion.session, wish.meeting)
    paper = occasion.session.get(Paper, wish.paper)
    scope = occasion.actor.scope(meeting.id)
    if paper is None or paper.meeting != meeting.id or not scope.sees(paper.audience):
        raise not_found(lazy("There is no such paper."))
    mine = "" if occasion.seat.role == Role.SECRETARIAT else occasion.delegation
    if paper.by != mine:
        raise not_allowed(lazy("Only those who filed it can withdraw it."))
    if paper.withdrawn:
        raise out_of_order(lazy("It was withdrawn already."))
    audience = "participants" if paper.audience == "public" and meeting.status == "draft" else paper.audience
    body = {"paper": paper.id, "title": paper.title, "by": paper.by}
    return Decision(body, audience=audience, reply={"then": f"/meetings/{meeting.id}/papers"})


@effect("paper.withdrawn")
def _withdrawn(session: Session, entry: Entry) -> None:
    session.get_one(Paper, entry.body["paper"]).withdrawn = True


@phrase("paper.withdrawn")
def _say_withdrawn(entry: Entry) -> str:
    return gettext("A paper was withdrawn: %(title)s.") % {"title": entry.body["title"]}


def _kept(given: dict[str, Any], occasion: Occasion, faults: dict[str, Lazy | str]) -> Kept | None:
    """The file that was handed over, if it is there and may be named, small enough, and what its name says."""
    try:
        kept = msgspec.convert(given, Kept)
        path = blobs.where(occasion.settings.data, kept.sha256)
        size = path.stat().st_size if _may_name(kept, occasion) else None
        if size is not None and size <= BIGGEST and blobs.fault_of(occasion.settings.data, kept.sha256):
            size = None  # it was changed since it was brought: nobody's paper
    except (msgspec.ValidationError, OSError):
        size = None
    if size is None:
        faults["file"] = lazy("There is no such file.")
        return None
    if size == 0:
        faults["file"] = lazy("The file is empty.")
    elif size > BIGGEST:
        faults["file"] = lazy("The file is larger than 20 MB.")
    elif ending(kept.file_name) not in KINDS:
        faults["file"] = lazy("Papers are PDF, DOCX, ODT, TXT, PNG or JPEG.")
    elif not is_what_it_says(path, ending(kept.file_name)):
        faults["file"] = lazy("The content of this file is not what its name says.")
    return msgspec.structs.replace(kept, size=size)


def _may_name(kept: Kept, occasion: Occasion) -> bool:
    """Whether the file was brought by this person, or is a paper that the person may read."""
    if is_receipt(occasion.settings, kept.receipt, kept.sha256, occasion.actor.id):
        return True
    papers = occasion.session.scalars(select(Paper).where(Paper.sha256 == kept.sha256, Paper.withdrawn.is_(False)))
    return any(occasion.actor.scope(paper.meeting).sees(paper.audience) for paper in papers)
