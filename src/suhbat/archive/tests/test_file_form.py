"""An editor hands in whole files of the public record by a form; what is wrong in one is told at its line."""

import re

import pytest
from sqlalchemy import select

from suhbat.acts.roles_and_seats import ADMINISTRATION
from suhbat.archive.models import ArchiveFile
from suhbat.archive.tests.rights_samples import FORMAT, MEETING, shipped_file

PAGE = "/editors/file"


def handed_in(browser, path, text=None):
    form = browser.get(PAGE).text
    key = re.search(r'name="key" value="([^"]+)"', form)
    assert key
    content = shipped_file(path).text if text is None else text
    upload = {"file": (path.rpartition("/")[2], content.encode() if isinstance(content, str) else content)}
    return browser.post(PAGE, data={"key": key[1]}, files=upload)


def paths(app):
    with app.database.reading() as session:
        return set(session.scalars(select(ArchiveFile.path)))


def test_the_editors_list_leads_to_the_form_and_a_meeting_of_a_new_format_is_reported_by_it(app, folder, desk):
    assert f'href="{PAGE}"' in desk.get("/editors").text
    assert "Republic of Korea" in handed_in(desk, FORMAT).text
    answer = handed_in(desk, MEETING)
    assert answer.url.path == "/meetings/ca-korea/2007-11-15-forum-1"
    assert "First Republic of Korea" in answer.text
    assert {FORMAT, MEETING} <= paths(app)


def test_a_file_with_its_own_way_of_writing_is_kept_as_it_was_written(app, folder, desk):
    own = shipped_file(FORMAT).text.replace("kind: n-plus-one", 'kind: "n-plus-one"  # as they say')
    assert handed_in(desk, FORMAT, own).status_code == 200
    with app.database.reading() as session:
        row = session.get(ArchiveFile, FORMAT)
        assert row is not None
        assert row.sha256 != shipped_file(FORMAT).sha256


def test_the_people_are_replaced_by_a_file_of_people(app, folder, desk):
    answer = handed_in(desk, "people.yaml")
    assert answer.url.path == "/correct/people"
    assert "people.yaml" in paths(app)


def test_faults_are_shown_on_the_form_with_their_lines_and_nothing_is_saved(app, folder, desk):
    before = paths(app)
    wrong = shipped_file(FORMAT).text.replace("kind: n-plus-one", "kind: a-club")
    answer = handed_in(desk, FORMAT, wrong)
    assert answer.status_code == 422
    assert f"{FORMAT}:6:" in answer.text
    orphan = handed_in(desk, MEETING)
    assert orphan.status_code == 422
    assert "ca-korea" in orphan.text, "its format is not here"
    assert paths(app) == before


@pytest.mark.parametrize(
    "content", [b"", b"a: &x 1\nb: *x", b"\xff\xfe", b"- " * 5_000, b"id: ../etc", b"format: [1]", b"7"]
)
def test_what_is_no_file_of_the_record_is_refused_on_the_form(app, folder, desk, content):
    answer = handed_in(desk, FORMAT, content)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_form_without_a_file_says_so(app, folder, desk):
    answer = desk.post(PAGE, data={"key": "k"})
    assert answer.status_code == 422
    assert "Choose a file." in answer.text


def test_what_was_founded_here_is_not_overwritten(app, folder, desk):
    founding = {"format": "ca-korea", "name": "Ours", "kind": "n-plus-one", "members": ["KZ", "UZ"],
                "partners": ["KR"], "levels": ["ministerial"]}  # fmt: skip
    app.door.perform(ADMINISTRATION, "format.founded", founding)
    refused = handed_in(desk, FORMAT)
    assert refused.status_code == 409
    assert "founded here" in refused.text
    assert FORMAT not in paths(app)


def test_only_editors_have_the_form(client):
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, data={"key": "k"}).status_code == 403
