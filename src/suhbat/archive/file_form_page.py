"""The form by which an editor hands in a whole file of the public record: a format, a meeting, or the people."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from anyio.to_thread import run_sync
from litestar import Response, get, post
from litestar.response import Redirect

from suhbat.acts import Viewer
from suhbat.acts.app import App, address
from suhbat.acts.door import Asker
from suhbat.acts.request_bodies import AnyRequest, Upload, read_form
from suhbat.archive.file_validation import check
from suhbat.archive.queries import targets_here
from suhbat.archive.yaml_reader import LARGEST, NAME, Fault, File, read
from suhbat.archive.yaml_writer import compress_text, file_text
from suhbat.ground.language import lazy
from suhbat.ground.refusals import Kind, Refused, invalid, not_allowed

FORM = 2 * LARGEST
"""Bytes of the form with its file, at most."""
MOST_FAULTS = 20
"""Faults of a file that are shown at once."""
Faults = Iterable[object]


@get("/editors/file", sync_to_thread=True)
def file_form(request: AnyRequest, app: App, actor: Viewer) -> Response[Any]:
    """The form for a file of the public record."""
    _editors_only(app, actor)
    return app.page(request, actor, "archive/file.html", faults=[])


@post("/editors/file", status_code=303)
async def report_file(request: AnyRequest, app: App, asker: Asker) -> Response[Any]:
    """Report what a file says, or show what is wrong in it and save nothing."""
    await run_sync(_editor, app, asker)
    fields = dict(await read_form(request, FORM))
    return await run_sync(_report, request, app, asker, fields)


def _report(request: AnyRequest, app: App, asker: Asker, fields: dict[str, Any]) -> Response[Any]:
    actor = _editor(app, asker)
    try:
        file = _file(fields.get("file"))
    except Refused as refusal:
        return _again(request, app, actor, refusal.fields.values())
    if faults := _faults(app, file):
        return _again(request, app, actor, faults)
    try:
        app.door.perform(asker, *_act(file), str(fields.get("key", ""))[:80] or None)
    except Refused as refusal:
        if refusal.kind != Kind.INVALID:
            raise
        return _again(request, app, actor, refusal.fields.values())
    page = {"format": f"/formats/{file.of}", "meeting": f"/meetings/{file.of}"}.get(file.kind, "/correct/people")
    return Redirect(address(page), status_code=303)


def _again(request: AnyRequest, app: App, actor: Viewer, faults: Faults) -> Response[Any]:
    return app.page(
        request, actor, "archive/file.html", 422, faults=[str(fault) for fault in islice(faults, MOST_FAULTS)]
    )


def _file(upload: Any) -> File:
    """The file, read, and with the place in the record that its own content gives it."""
    if not isinstance(upload, Upload) or not upload.file_name:
        raise invalid(file=lazy("Choose a file."))
    if len(upload.content) > LARGEST:
        raise invalid(file=lazy("larger than %(most)s bytes") % {"most": LARGEST})
    try:
        file = File(upload.file_name, upload.content.decode())
    except UnicodeDecodeError as fault:
        raise invalid(file=lazy("cannot be read: %(fault)s") % {"fault": fault}) from fault
    if faults := read(file):
        raise invalid(**{str(n): str(fault) for n, fault in enumerate(faults)})
    file.path = _place(file)
    if not NAME.match(file.path):
        raise invalid(file=lazy("names are made of small letters, figures and hyphens"))
    return file


def _place(file: File) -> str:
    """Where a file stands: people are a list, a format names itself, a meeting names its format."""
    if isinstance(file.content, list):
        return "people.yaml"
    content = file.content if isinstance(file.content, dict) else {}
    if "format" in content:
        return f"meetings/{content['format']}/{file.path}"
    return f"formats/{content.get('id', '')}.yaml"


def _faults(app: App, file: File) -> list[Fault]:
    """What does not fit, each with its line. The act looks again."""
    with app.database.reading() as session:
        return check(file, targets_here(session, app.clock().date(), file))


def _act(file: File) -> tuple[str, dict[str, Any]]:
    """The act that reports a file, with the file's own text where writing its content would give another."""
    text = "" if file_text(file.content) == file.text else compress_text(file.text)
    return f"archive.{file.kind}_reported", {"path": file.path, "content": file.content, "text": text}


def _editor(app: App, asker: Asker) -> Viewer:
    """Whoever asks, as they stand now; refused to all but editors."""
    with app.database.reading() as session:
        actor = asker(session)
    _editors_only(app, actor)
    return actor


def _editors_only(app: App, actor: Viewer) -> None:
    if not app.door.may(actor, "archive.format_reported"):
        raise not_allowed()


handlers: list[Any] = [file_form, report_file]
