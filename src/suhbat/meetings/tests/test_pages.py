"""The working pages of a meeting, with data that must not leak."""

import re

import pytest
from sqlalchemy import select

from suhbat.acts.roles_and_seats import Role
from suhbat.meetings import unfinished_business
from suhbat.meetings.models import Meeting, Paper
from suhbat.meetings.unfinished_business import LeftOver
from suhbat.record.models import EntryRow

PAGES = ("desk", "agenda", "delegations", "papers", "calendar.ics")
PDF = b"%PDF-1.7\nA paper.\n%%EOF"
HTML = "<script>alert('x')</script><b>"


def statuses(browser, meeting):
    return {page: browser.get(f"/meetings/{meeting}/{page}").status_code for page in PAGES}


def test_only_its_participants_see_a_draft(app, convene, client, signed_in, sit):
    talks = convene(app, released=False)
    assert set(statuses(client, talks.meeting).values()) == {404}
    office = sit(Role.SECRETARIAT, talks.meeting)
    head = sit(Role.HEAD, talks.meeting, "KZ")
    other_talks = convene(app, slug="another", title="Another")
    stranger = sit(Role.HEAD, other_talks.meeting, "KZ")
    assert set(statuses(signed_in(office), talks.meeting).values()) == {200}
    assert set(statuses(signed_in(head), talks.meeting).values()) == {200}
    assert set(statuses(signed_in(stranger), talks.meeting).values()) == {404}


def test_a_cancelled_draft_stays_hidden(app, convene, client):
    talks = convene(app, released=False)
    app.door.perform(talks.secretariat, "meeting.cancelled", {"meeting": talks.meeting, "reason": "Secret reason"})
    assert set(statuses(client, talks.meeting).values()) == {404}
    for page in ("outcomes", "minutes", "texts", "room"):
        assert client.get(f"/meetings/{talks.meeting}/{page}").status_code == 404, page
    for address in ("/calendars/all.ics", f"/meetings/{talks.meeting}", "/formats/ca-japan", "/formats"):
        assert "pecial video conference" not in client.get(address).text, address


def test_anyone_sees_a_released_meeting_and_only_participants_its_working_pages(app, convene, client):
    talks = convene(app)
    assert statuses(client, talks.meeting) == {
        "desk": 403, "agenda": 200, "delegations": 403, "papers": 200, "calendar.ics": 200,
    }  # fmt: skip


def test_papers_are_shown_only_to_their_audience(app, convene, filed, client, signed_in, sit):
    talks = convene(app)
    filed_papers = {
        audience: filed(talks.heads["KZ"], talks.meeting, title=f"Paper for {audience}", audience=audience)
        for audience in ("public", "participants", "delegation")
    }
    filed_papers["secretariat"] = filed(
        talks.secretariat, talks.meeting, title="Paper for secretariat", audience="secretariat"
    )
    readers = {
        "": {"public"},
        sit(Role.HEAD, talks.meeting, "KZ"): {"public", "participants", "delegation"},
        sit(Role.HEAD, talks.meeting, "UZ"): {"public", "participants"},
        sit(Role.OBSERVER, talks.meeting): {"public", "participants"},
        sit(Role.SECRETARIAT, talks.meeting): {"public", "participants", "secretariat"},
    }
    for person, audiences in readers.items():
        browser = signed_in(person) if person else client
        page = browser.get(f"/meetings/{talks.meeting}/papers").text
        for audience, done in filed_papers.items():
            answer = browser.get(f"/meetings/{talks.meeting}/papers/{done.entry.body['paper']['id']}")
            assert (answer.status_code == 200) == (audience in audiences), (person, audience)
            assert (f"Paper for {audience}" in page) == (audience in audiences), (person, audience)


def test_a_paper_is_sent_as_a_download_and_never_shown(app, convene, filed, client):
    talks = convene(app)
    done = filed(talks.secretariat, talks.meeting, audience="public", name='Записка "1".pdf')
    paper = done.entry.body["paper"]["id"]
    answer = client.get(f"/meetings/{talks.meeting}/papers/{paper}")
    assert answer.content == PDF
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == (
        'attachment; filename="_______ -1-.pdf"; '
        "filename*=UTF-8''%D0%97%D0%B0%D0%BF%D0%B8%D1%81%D0%BA%D0%B0%20-1-.pdf"
    )
    app.door.perform(talks.secretariat, "paper.withdrawn", {"meeting": talks.meeting, "paper": paper})
    assert client.get(f"/meetings/{talks.meeting}/papers/{paper}").status_code == 404
    assert client.get(f"/meetings/{talks.meeting}/papers/nothing").status_code == 404


def test_a_paper_is_filed_with_a_plain_form_and_a_refused_form_shows_the_reason(app, convene, signed_in, sit):
    talks = convene(app)
    browser = signed_in(sit(Role.HEAD, talks.meeting, "KZ"))

    def send(content: bytes):
        return browser.post(
            "/acts/paper.filed",
            data={"meeting": talks.meeting, "title": "Points", "language": "ru", "key": content.hex()[:20]},
            files={"file": ("points.pdf", content, "application/pdf")},
            follow_redirects=False,
        )

    refused = send(b"<html>")
    assert refused.status_code == 422
    assert "not what its name says" in refused.text
    assert 'value="Points"' in refused.text
    accepted = send(PDF)
    assert (accepted.status_code, accepted.headers["location"]) == (303, f"/meetings/{talks.meeting}/papers")
    with app.database.reading() as session:
        (paper,) = session.scalars(select(Paper))
        assert (paper.media_type, paper.by, paper.language) == ("application/pdf", "KZ", "ru")


def test_html_in_every_field_is_escaped(app, convene, filed, client, signed_in, sit):
    talks = convene(app, title=HTML, chair_name=HTML, items=[{"title": HTML, "note": HTML}], slug="html")
    do = app.door.perform
    do(
        talks.heads["KZ"],
        "credentials.presented",
        {"meeting": talks.meeting, "head_name": HTML, "head_office": HTML, "delegates": HTML, "letter": HTML},
    )
    filed(talks.secretariat, talks.meeting, title=HTML, audience="public", name=f"{HTML}.pdf")
    with app.database.reading() as session:
        seen = session.get_one(Meeting, talks.meeting).agenda_changed
    do(
        talks.secretariat,
        "agenda.released",
        {"meeting": talks.meeting, "seen": seen, "note": HTML, "audience": "public"},
    )
    browser = signed_in(sit(Role.SECRETARIAT, talks.meeting))
    for page in ("desk", "agenda", "delegations", "papers"):
        text = browser.get(f"/meetings/{talks.meeting}/{page}").text
        assert "<script>alert" not in text, page
        assert "&lt;script&gt;" in text, page
    assert "<script>alert" not in browser.get("/formats/ca-japan/convene").text


def test_the_form_of_the_next_meeting_is_filled_from_the_last_and_shows_the_times(
    app, convene, client, signed_in, sit, monkeypatch
):
    left_over = LeftOver(
        "ca-japan/2019#projects", "ca-japan/2019", "2019-05-18", "recommendation", "List the projects", "agriculture"
    )
    monkeypatch.setattr(unfinished_business, "FINDERS", [lambda _session, _format: [left_over]])
    talks = convene(app, number=7, observers=["US"])
    address = "/formats/ca-japan/convene"
    assert client.get(address).status_code == 403
    assert signed_in(sit(Role.HEAD, talks.meeting, "KZ")).get(address).status_code == 403
    browser = signed_in(sit(Role.SECRETARIAT, talks.meeting))
    assert browser.get("/formats/nothing/convene").status_code == 404
    page = browser.get(address).text
    assert "List the projects" in page
    assert 'value="8"' in page
    for state in ("JP", "KZ", "KG", "TJ", "TM", "UZ"):
        assert re.search(rf'name="delegations"\s+value="{state}" checked', page)
    inputs = {
        "zone": "Asia/Tokyo", "opens": "2026-08-11T22:00", "closes": "2026-08-11T23:00", "title": "The eighth",
        "delegations": ["JP", "KZ"], "chair_state": "JP", "level": "ministerial", "mode": "video",
    }  # fmt: skip
    page = browser.get(address, params=inputs).text
    assert "Mountain Day" in page
    assert "begins after 20:00" in page
    assert 'value="The eighth"' in page
    gap = {**inputs, "zone": "Europe/Berlin", "opens": "2026-03-29T02:30", "closes": "2026-03-29T04:00"}
    assert "clocks are put forward" in browser.get(address, params=gap).text
    assert "ends before it begins" in browser.get(address, params={**inputs, "closes": "2026-08-11T21:00"}).text
    done = browser.post("/acts/meeting.convened", data={**inputs, "format": "ca-japan", "take_up": left_over.outcome},
                        follow_redirects=False)  # fmt: skip
    assert done.headers["location"] == "/meetings/ca-japan/2026-08-11-the-eighth/desk"
    assert "List the projects" in browser.get(done.headers["location"]).text


def test_an_outdated_form_is_refused_and_its_text_is_kept(app, convene, signed_in, sit):
    talks = convene(app)
    browser = signed_in(sit(Role.SECRETARIAT, talks.meeting))
    with app.database.reading() as session:
        seen = session.get_one(Meeting, talks.meeting).agenda_changed
    app.door.perform(talks.chair, "agenda.item_added", {"meeting": talks.meeting, "title": "By the chair"})
    answer = browser.post(
        "/acts/agenda.item_changed",
        data={"meeting": talks.meeting, "item": talks.items[0], "seen": seen, "title": "Rewritten at length"},
    )
    assert answer.status_code == 409
    assert "Someone else was first" in answer.text
    assert 'value="Rewritten at length"' in answer.text


def test_every_button_of_the_desk_works_without_a_script(app, convene, signed_in, sit):
    talks = convene(app, released=False)
    browser = signed_in(sit(Role.SECRETARIAT, talks.meeting))
    desk = f"/meetings/{talks.meeting}/desk"

    def press(label: str) -> None:
        page = browser.get(desk).text
        form = next(part for part in page.split("<form")[1:] if label in part.partition("</form>")[0])
        fields = {
            piece.partition('"')[0]: piece.split('value="')[1].partition('"')[0]
            for piece in form.partition("</form>")[0].split('type="hidden" name="')[1:]
        }
        act = form.split('action="/acts/')[1].partition('"')[0]
        answer = browser.post(f"/acts/{act}", data=fields, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, desk), answer.text

    for label in ("Release it", "Move down: Public health", "Put under the item above: Public health",
                  "Move out: Public health", "Move up: Public health", "Take off: Return of citizens"):  # fmt: skip
        press(label)
    with app.database.reading() as session:
        acts = session.scalars(select(EntryRow.act).order_by(EntryRow.number.desc()).limit(6)).all()
        titles = [item.title for item in session.get_one(Meeting, talks.meeting).agenda]
    assert acts[0] == "agenda.item_removed"
    assert titles == ["Public health", "Projects of trade and investment"]


@pytest.mark.parametrize(("delegations", "items"), [(["JP"], 1), (["JP", "KZ", "KG"], 3)])
def test_three_rows_need_as_many_queries_as_one(
    app, convene, filed, signed_in, sit, count_queries, monkeypatch, delegations, items
):
    monkeypatch.setattr("suhbat.meetings.pages.panels_of", lambda _slot: [])
    talks = convene(app, delegations=delegations, items=[{"title": f"Item {n}"} for n in range(items)])
    for _ in range(items):
        filed(talks.secretariat, talks.meeting)
    browser = signed_in(sit(Role.SECRETARIAT, talks.meeting))
    query_counts = {page: count_queries(lambda: browser.get(f"/meetings/{talks.meeting}/{page}")) for page in PAGES}  # noqa: B023
    assert list(query_counts.values()) == [11, 7, 5, 6, 4]
