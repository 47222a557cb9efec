"""Acts that file a paper, for the meeting or an agenda item, and that withdraw it."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, InMeeting, Notice, Occasion, Role, Viewer, act, effect, guard, notice, phrase
from suhbat.acts.roles_and_seats import DELEGATION, STAFF, Seat
from suhbat.formats.state_names import state_name
from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.ground.language import Lazy, gettext, lazy
from suhbat.ground.refusals import Kind, Refused, not_allowed, not_found, out_of_order
from suhbat.ground.text_languages import NO_LANGUAGE, is_language
from suhbat.meetings.file_kinds import KINDS, MAX_BYTES, clean_name, content_matches, suffix_of
from suhbat.meetings.meeting_status import convened_here
from suhbat.meetings.models import AgendaItem, Meeting, Paper
from suhbat.meetings.queries import meeting_of
from suhbat.record import blobs
from suhbat.record.audiences import DELEGATIONS, MEMBERS, PARTICIPANTS, SECRETARIAT, delegation_only
from suhbat.record.entries import Entry
from suhbat.record.upload_receipts import is_receipt

FILERS = DELEGATION | STAFF


class UploadedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An uploaded file, as the door passes it on: stored under its hash, with a receipt for the uploader."""

    sha256: Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
    size: Annotated[int, Meta(ge=0)]
    file_name: Annotated[str, Meta(max_length=1_000)]
    media_type: str | None = None
    receipt: Annotated[str, Meta(max_length=64)] = ""


class File(InMeeting, frozen=True, kw_only=True):
    """A paper and its file."""

    title: Annotated[str, Meta(title="Title", min_length=1, max_length=300, extra={"context": "a paper's"})]
    item: Annotated[str, Meta(title="For the item", max_length=40, extra={"choices": "agenda items"})] | None = None
    language: Annotated[str, Meta(title="Language", max_length=10, extra={"choices": "text languages"})]
    audience: Annotated[
        Literal["participants", "public", "delegations", "members", "delegation", "secretariat"],
        Meta(title="Who may see it", extra={"choices": "paper audiences", "words_of": "who may see it"}),
    ] = "participants"
    file: Annotated[
        dict[str, Any],
        Meta(title="File", description="PDF, DOCX, ODT, TXT, PNG or JPEG, at most 20 MB.", extra={"widget": "file"}),
    ]


class FiledPaper(msgspec.Struct, frozen=True, kw_only=True):
    """A paper and its file; the content is in the data folder under its hash."""

    id: str
    item: str | None
    """The id of the agenda item; None if the paper is for the whole meeting."""
    title: str
    language: str
    by: str
    """The delegation that filed the paper; empty for the secretariat."""
    audience: str
    file_name: str
    size: int
    """Bytes."""
    sha256: str
    media_type: str


class PaperFiled(Body, frozen=True, kw_only=True):
    """The paper that was filed."""

    paper: FiledPaper


@guard("paper.filed")
def may_file(viewer: Viewer, meeting: Meeting) -> None:
    """Staff and delegations can file papers until the summary record is published or the meeting is cancelled."""
    convened_here(meeting)
    if meeting.status in {"published", "cancelled"}:
        raise out_of_order(lazy("The papers of this meeting are closed."))
    seat = viewer.seat_for(FILERS, meeting.id)
    if seat is None:
        raise not_allowed()
    if seat.role not in STAFF and seat.state not in {delegation.state for delegation in meeting.delegations}:
        raise not_allowed()


@act("paper.filed", "File a paper", by=FILERS)
def file(occasion: Occasion, inputs: File) -> Decision[PaperFiled]:
    """A delegation, the chair or the secretariat files a paper, for the whole meeting or for one item of its agenda.

    Its audience is all participants, the public, the delegations without observers, the members' delegations alone
    (by one of them), the own delegation alone, or the secretariat alone (by the secretariat). The file has to be what
    its name says: PDF, DOCX, ODT, TXT, PNG or JPEG, of at most 20 MB.
    """
    meeting = meeting_of(occasion.session, inputs.meeting)
    may_file(occasion.actor, meeting)
    by = _filer(occasion.seat)
    faults: dict[str, Lazy | str] = {}
    if inputs.audience == "secretariat" and occasion.seat.role != Role.SECRETARIAT:
        faults["audience"] = lazy("Only the secretariat files papers for itself alone.")
    if inputs.audience == "delegation" and not by:
        faults["audience"] = lazy("Only a delegation files papers for itself alone.")
    if inputs.audience in {DELEGATIONS, MEMBERS} and not occasion.actor.scope(meeting.id).sees(inputs.audience):
        faults["audience"] = lazy("You may not read such papers yourself.")
    if inputs.item and inputs.item not in {item.id for item in meeting.agenda}:
        faults["item"] = lazy("There is no such item on this agenda.")
    if not is_language(inputs.language):
        faults["language"] = NO_LANGUAGE
    uploaded = _checked_file(inputs.file, occasion, faults)
    if faults or uploaded is None:
        raise Refused(Kind.INVALID, lazy("Please correct the marked fields."), faults)
    audience = {"delegation": delegation_only(by), "secretariat": SECRETARIAT}.get(inputs.audience, inputs.audience)
    paper = FiledPaper(
        id=new_id(),
        item=inputs.item,
        title=inputs.title,
        language=inputs.language,
        by=by,
        audience=audience,
        file_name=clean_name(uploaded.file_name),
        size=uploaded.size,
        sha256=uploaded.sha256,
        media_type=KINDS[suffix_of(uploaded.file_name)],
    )
    return Decision(
        PaperFiled(paper=paper),
        audience=_entry_audience(meeting, audience),
        reply={"then": f"/meetings/{meeting.id}/papers"},
    )


@effect("paper.filed")
def filed(session: Session, entry: Entry, body: PaperFiled) -> None:
    """Adds the paper, with the time it was filed. Where its item was not released, it is one for the whole meeting."""
    paper = msgspec.structs.asdict(body.paper)
    if body.paper.item and session.get(AgendaItem, body.paper.item) is None:
        paper["item"] = None
    session.add(Paper(meeting=entry.meeting, filed=stamp(entry.time), **paper))


@phrase("paper.filed")
def say_filed(_entry: Entry, body: PaperFiled) -> str:
    """Names the filer and the paper."""
    paper = body.paper
    if paper.by:
        return gettext("%(state)s filed a paper: %(title)s.") % {"state": state_name(paper.by), "title": paper.title}
    return gettext("The secretariat filed a paper: %(title)s.") % {"title": paper.title}


@notice("paper.filed")
def tell_filed(entry: Entry, body: PaperFiled) -> Notice:
    """Whoever may read it, without its title."""
    if body.paper.by:
        says = gettext("%(state)s filed a paper.") % {"state": state_name(body.paper.by)}
    else:
        says = gettext("The secretariat filed a paper.")
    return Notice(says, page=f"/meetings/{entry.meeting}/papers")


class Withdraw(InMeeting, frozen=True, kw_only=True):
    """The paper to withdraw."""

    paper: Annotated[str, Meta(title="Paper", max_length=40, extra={"widget": "hidden"})]


class PaperWithdrawn(Body, frozen=True, kw_only=True):
    """The paper that was withdrawn."""

    paper: str
    """Its id."""
    title: str
    by: str
    """The delegation that filed the paper; empty for the secretariat."""


@guard("paper.withdrawn")
def may_withdraw(viewer: Viewer, meeting: Meeting, paper: Paper) -> None:
    """Only the filer can withdraw a paper, and only once."""
    convened_here(meeting)
    seat = viewer.seat_for(FILERS, meeting.id)
    if seat is None or paper.by != _filer(seat):
        raise not_allowed(lazy("Only those who filed it can withdraw it."))
    if paper.withdrawn:
        raise out_of_order(lazy("It was withdrawn already."))


@act("paper.withdrawn", "Withdraw a paper", by=FILERS)
def withdraw(occasion: Occasion, inputs: Withdraw) -> Decision[PaperWithdrawn]:
    """Whoever filed a paper withdraws it: a delegation its own, the secretariat what it filed itself.

    The record keeps that it was filed, and its hash; the file is given out no longer.
    """
    meeting = meeting_of(occasion.session, inputs.meeting)
    paper = occasion.session.get(Paper, inputs.paper)
    scope = occasion.actor.scope(meeting.id)
    if paper is None or paper.meeting != meeting.id or not scope.sees(paper.audience):
        raise not_found(lazy("There is no such paper."))
    may_withdraw(occasion.actor, meeting, paper)
    body = PaperWithdrawn(paper=paper.id, title=paper.title, by=paper.by)
    return Decision(
        body, audience=_entry_audience(meeting, paper.audience), reply={"then": f"/meetings/{meeting.id}/papers"}
    )


@effect("paper.withdrawn")
def withdrawn(session: Session, _entry: Entry, body: PaperWithdrawn) -> None:
    """Marks the paper as withdrawn."""
    session.get_one(Paper, body.paper).withdrawn = True


@phrase("paper.withdrawn")
def say_withdrawn(_entry: Entry, body: PaperWithdrawn) -> str:
    """Names the paper."""
    return gettext("A paper was withdrawn: %(title)s.") % {"title": body.title}


@notice("paper.withdrawn")
def tell_withdrawn(entry: Entry, _body: PaperWithdrawn) -> Notice:
    """Whoever could read it, without its title."""
    return Notice(gettext("A paper was withdrawn."), page=f"/meetings/{entry.meeting}/papers")


def _filer(seat: Seat) -> str:
    """The delegation for which a seat files papers; "" for the secretariat."""
    return "" if seat.role == Role.SECRETARIAT else seat.state


def _entry_audience(meeting: Meeting, audience: str) -> str:
    """The audience of the entry about a paper. In a draft meeting, a public paper is only for participants."""
    return PARTICIPANTS if audience == "public" and meeting.hidden else audience


def _checked_file(file_input: dict[str, Any], occasion: Occasion, faults: dict[str, Lazy | str]) -> UploadedFile | None:
    """The uploaded file, if it exists, the actor may use it, and its size and content are right; else an error."""
    try:
        uploaded = msgspec.convert(file_input, UploadedFile)
        path = blobs.path_of(occasion.settings.data, uploaded.sha256)
        size = path.stat().st_size if _may_name(uploaded, occasion) else None
        if size is not None and size <= MAX_BYTES and blobs.fault_of(occasion.settings.data, uploaded.sha256):
            size = None  # the file was changed after the upload
    except (msgspec.ValidationError, OSError):
        size = None
    if size is None:
        faults["file"] = lazy("There is no such file.")
        return None
    if size == 0:
        faults["file"] = lazy("The file is empty.")
    elif size > MAX_BYTES:
        faults["file"] = lazy("The file is larger than 20 MB.")
    elif suffix_of(uploaded.file_name) not in KINDS:
        faults["file"] = lazy("Papers are PDF, DOCX, ODT, TXT, PNG or JPEG.")
    elif not content_matches(path, suffix_of(uploaded.file_name)):
        faults["file"] = lazy("The content of this file is not what its name says.")
    return msgspec.structs.replace(uploaded, size=size)


def _may_name(uploaded: UploadedFile, occasion: Occasion) -> bool:
    """Whether the actor uploaded this file, or may read a paper with it."""
    if is_receipt(occasion.settings, uploaded.receipt, uploaded.sha256, occasion.actor.id):
        return True
    papers = occasion.session.scalars(select(Paper).where(Paper.sha256 == uploaded.sha256, Paper.withdrawn.is_(False)))
    return any(occasion.actor.scope(paper.meeting).sees(paper.audience) for paper in papers)
