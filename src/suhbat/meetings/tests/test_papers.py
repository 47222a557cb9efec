"""Papers: the content must fit the name, and only the audience may read them."""

import hashlib
import io
import zipfile

import pytest

from suhbat.acts.roles_and_seats import Role
from suhbat.ground.refusals import Kind, Refused
from suhbat.meetings.file_kinds import clean_name
from suhbat.meetings.models import Meeting, Paper
from suhbat.meetings.queries import papers
from suhbat.people.queries import actor_for
from suhbat.people.session_cookie import COOKIE
from suhbat.record import blobs
from suhbat.record.upload_receipts import receipt_for

PDF = b"%PDF-1.7\nA paper.\n%%EOF"


def package(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return buffer.getvalue()


DOCX = package(**{"[Content_Types]_xml": "<Types/>", "word__document_xml": "<w:document/>"})
MACRO = package(**{"[Content_Types]_xml": "<Types/>", "word__document_xml": "", "word__vbaProject_bin": "x"})
ODT = package(mimetype="application/vnd.oasis.opendocument.text")
ODS = package(mimetype="application/vnd.oasis.opendocument.spreadsheet")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF), ("a.DOCX", DOCX), ("a.odt", ODT), ("a.txt", "Сұхбат 対話".encode()),
        ("a.png", b"\x89PNG\r\n\x1a\n...."), ("a.jpeg", b"\xff\xd8\xff\xe0...."),
    ],
)  # fmt: skip
def test_a_paper_whose_content_fits_its_name_is_filed(app, convene, filed, name, content):
    talks = convene(app)
    done = filed(talks.heads["KZ"], talks.meeting, content, name, item=talks.items[0])
    with app.database.reading() as session:
        paper = session.get(Paper, done.entry.body["paper"]["id"])
        assert (paper.by, paper.item, paper.audience, paper.size) == (
            "KZ",
            talks.items[0],
            "participants",
            len(content),
        )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<html><script>alert(1)</script>"), ("a.exe", b"MZ"), ("a", PDF), ("a.pdf.html", PDF),
        ("a.docx", b"PK\x03\x04 broken"), ("a.docx", ODT), ("a.docx", MACRO), ("a.odt", ODS), ("a.odt", DOCX),
        ("a.txt", b"\xff\xfe\x00"), ("a.txt", b"bell\x07"), ("a.png", PDF), ("a.jpg", PDF), ("a.pdf", b""),
        ("a.svg", b"<svg onload='alert(1)'/>"), ("a.pdf", b"%PDF-" + b"0" * (20 * 1024 * 1024)),
    ],
)  # fmt: skip
def test_a_paper_with_wrong_content_or_too_large_is_refused(app, convene, filed, name, content):
    talks = convene(app)
    with pytest.raises(Refused) as refusal:
        filed(talks.heads["KZ"], talks.meeting, content, name)
    assert list(refusal.value.fields) == ["file"]
    with app.database.reading() as session:
        assert session.query(Paper).count() == 0


@pytest.mark.parametrize(
    "file", [{}, {"sha256": "../../keys/cookie", "size": 1, "file_name": "a.pdf"},
             {"sha256": "0" * 64, "size": 1, "file_name": "a.pdf"}],
)  # fmt: skip
def test_a_file_that_was_never_uploaded_is_refused(app, convene, file):
    talks = convene(app)
    with pytest.raises(Refused) as refusal:
        app.door.perform(
            talks.secretariat, "paper.filed",
            {"meeting": talks.meeting, "title": "A", "language": "en", "file": file},
        )  # fmt: skip
    assert "file" in refusal.value.fields


@pytest.mark.parametrize(
    ("file_name", "clean"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Docs\\Note <1>.pdf", "Note -1-.pdf"),
        (".hidden.pdf", "hidden.pdf"),
        ("Записка\u202egpj.pdf", "Запискаgpj.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie- x.pdf"),
        ("文" * 300 + ".docx", "文" * 115 + ".docx"),
        (".pdf", "pdf"),
        ("", "paper"),
    ],
)
def test_file_names_are_fit_for_any_system(file_name, clean):
    assert clean_name(file_name) == clean


def test_a_delegation_has_papers_of_its_own_and_only_the_filer_withdraws(app, convene, filed):
    talks = convene(app)
    entry = filed(talks.heads["KZ"], talks.meeting, audience="delegation").entry
    assert entry.audience == "delegation:KZ"
    paper = entry.body["paper"]["id"]
    for actor, kind in (
        (talks.heads["UZ"], Kind.NOT_FOUND), (talks.secretariat, Kind.NOT_FOUND), (talks.observer, Kind.NOT_ALLOWED),
    ):  # fmt: skip
        with pytest.raises(Refused) as refusal:
            app.door.perform(actor, "paper.withdrawn", {"meeting": talks.meeting, "paper": paper})
        assert refusal.value.kind == kind
    app.door.perform(talks.heads["KZ"], "paper.withdrawn", {"meeting": talks.meeting, "paper": paper})


def test_members_and_delegations_have_papers_that_others_in_the_room_do_not_see(app, convene, filed, sit):
    meeting = convene(app).meeting
    people = {
        "member": sit(Role.HEAD, meeting, "KZ"), "another member": sit(Role.DELEGATE, meeting, "UZ"),
        "partner": sit(Role.HEAD, meeting, "JP"), "observer": sit(Role.OBSERVER, meeting),
        "secretariat": sit(Role.SECRETARIAT, meeting), "interpreter": sit(Role.INTERPRETER, meeting),
    }  # fmt: skip

    def actor(who):
        with app.database.reading() as session:
            return actor_for(session, people[who])

    filed(actor("member"), meeting, title="Among ourselves", audience="members")
    filed(actor("partner"), meeting, title="At the table", audience="delegations")
    with app.database.reading() as session:
        row = session.get_one(Meeting, meeting)
        read = {who: [paper.title for paper in papers(session, row, actor(who).scope(meeting))] for who in people}
    both, table = ["Among ourselves", "At the table"], ["At the table"]
    assert read == {"member": both, "another member": both, "partner": table, "secretariat": table, "observer": [],
                    "interpreter": []}  # fmt: skip
    for who in ("partner", "secretariat"):
        with pytest.raises(Refused) as refusal:
            filed(actor(who), meeting, audience="members")
        assert list(refusal.value.fields) == ["audience"]


@pytest.mark.parametrize(
    ("filer", "inputs"),
    [("KZ", {"audience": "secretariat"}), ("KZ", {"language": "xx"}), ("KZ", {"item": "another"}),
     ("secretariat", {"audience": "delegation"})],
)  # fmt: skip
def test_audience_item_and_language_have_to_fit(app, convene, filed, filer, inputs):
    talks = convene(app)
    actor = talks.secretariat if filer == "secretariat" else talks.heads[filer]
    with pytest.raises(Refused) as refusal:
        filed(actor, talks.meeting, **inputs)
    assert list(refusal.value.fields) == list(inputs)


def upload(browser, meeting, content, **fields):
    values = {"meeting": meeting, "title": "Talking points", "language": "en"} | fields
    return browser.post(
        "/acts/paper.filed", data=values, files={"file": ("points.pdf", content, "application/pdf")},
        headers={"hx-request": "true"},
    )  # fmt: skip


def on_disk(settings):
    return sorted(path.name for path in (settings.data / "papers").glob("??/*"))


def test_the_file_of_a_refused_paper_is_deleted(app, convene, client, settings, monkeypatch):
    talks = convene(app)
    monkeypatch.setattr("suhbat.application.actor_of", lambda *_: talks.heads["KZ"])
    client.cookies.set(COOKIE, "whoever")
    assert upload(client, talks.meeting, PDF, language="xx").status_code == 422
    assert upload(client, talks.meeting, b"no pdf").status_code == 422
    assert upload(client, talks.meeting, PDF, item="nowhere").status_code == 422
    assert on_disk(settings) == []


def test_a_refusal_deletes_no_file_of_another_paper_or_upload(app, convene, client, settings, monkeypatch):
    talks = convene(app)
    monkeypatch.setattr("suhbat.application.actor_of", lambda *_: talks.heads["KZ"])
    client.cookies.set(COOKIE, "whoever")
    assert upload(client, talks.meeting, PDF).status_code == 200
    assert upload(client, talks.meeting, PDF, language="xx").status_code == 422
    assert on_disk(settings) == [hashlib.sha256(PDF).hexdigest()]
    second_pdf = PDF + b"Another.\n"
    upload_in_progress = blobs.hold(settings.data, second_pdf)
    assert upload(client, talks.meeting, second_pdf, language="xx").status_code == 422
    assert upload_in_progress.sha256 in on_disk(settings)
    blobs.let_go(upload_in_progress, lambda _name: False)
    assert on_disk(settings) == [hashlib.sha256(PDF).hexdigest()]


def named_by_hash(app, actor, talks, sha256):
    inputs = {"meeting": talks.meeting, "title": "Mine now", "language": "en",
            "file": {"sha256": sha256, "size": 1, "file_name": "a.pdf"}}  # fmt: skip
    return app.door.perform(actor, "paper.filed", inputs)


def test_a_hash_gives_no_access_to_a_file_and_does_not_show_whether_it_exists(app, convene, filed):
    talks = convene(app)
    kazakhstan, uzbekistan = talks.heads["KZ"], talks.heads["UZ"]
    paper = filed(kazakhstan, talks.meeting, audience="delegation").entry.body["paper"]
    messages = set()
    for sha256 in (paper["sha256"], "0" * 64):
        with pytest.raises(Refused) as refusal:
            named_by_hash(app, uzbekistan, talks, sha256)
        messages.add(str(refusal.value.fields["file"]))
    assert len(messages) == 1  # a right guess and a wrong guess have the same answer
    with pytest.raises(Refused):  # the receipt of another person is not valid
        app.door.perform(uzbekistan, "paper.filed", {
            "meeting": talks.meeting, "title": "Mine now", "language": "en",
            "file": {"sha256": paper["sha256"], "size": 1, "file_name": "a.pdf",
                     "receipt": receipt_for(app.settings, paper["sha256"], kazakhstan.id)},
        })  # fmt: skip
    assert named_by_hash(app, kazakhstan, talks, paper["sha256"]).entry.body["paper"]["size"] == len(PDF)


def test_a_withdrawn_paper_cannot_be_filed_again_by_its_hash(app, convene, filed):
    talks = convene(app)
    paper = filed(talks.heads["KZ"], talks.meeting).entry.body["paper"]
    second_paper = named_by_hash(app, talks.heads["UZ"], talks, paper["sha256"]).entry.body["paper"]
    # A person may file a readable paper again, and withdraw it.
    for state, withdrawn in (("KZ", paper), ("UZ", second_paper)):
        inputs = {"meeting": talks.meeting, "paper": withdrawn["id"]}
        app.door.perform(talks.heads[state], "paper.withdrawn", inputs)
    for state in ("UZ", "JP"):
        with pytest.raises(Refused):
            named_by_hash(app, talks.heads[state], talks, paper["sha256"])
