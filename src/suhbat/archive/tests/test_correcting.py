"""An editor corrects facts by forms made from the schema. Each place has its control; the change is shown first."""

import html
import re

import pytest
import yaml
from tests.convened_meeting import seated

from suhbat.acts.roles_and_seats import PUBLIC_READER, Role
from suhbat.archive.tests.submitted_forms import controls, filled
from suhbat.ground.refusals import Kind, Refused
from suhbat.meetings.models import Meeting
from suhbat.outcomes.models import Outcome
from suhbat.public.models import KnownPerson

SPECIAL = "ca-japan/2020-08-11-special-video-ministerial"
FILE = f"meetings/{SPECIAL}.yaml"


@pytest.mark.parametrize(("field", "expected"), [
    ("title", {"now": "textarea"}), ("level", {"now": "select"}), ("starts", {"now": "text"}),
    ("number", {"now": "number"}), ("agenda", {"now": "checkbox"}), ("outcomes.0.by", {"now": "checkbox"}),
    ("place", {"now.city": "text", "now.country": "select"}),
    ("chair", {"now.state": "select", "now.name": "text", "now.office": "text"}),
    ("participants.0", {"now.state": "select", "gone": "checkbox"}),
    ("outcomes.0.amount", {"now.value": "number", "now.currency": "select", "now.qualifier": "select"}),
    ("outcomes.0.sources", {"now": "checkbox"}), ("outcomes.0.due", {"now": "text"}),
    ("outcomes.0.follows", {"now.follows": "text", "now.follows_as": "select"}),
    ("outcomes.0.deliveries.0", {"now.state": "select", "now.amount.value": "number", "now.summary": "textarea"}),
    ("documents.0", {"now.url": "url"}), ("sources.0", {"now.url": "url", "now.publisher": "text"}),
])  # fmt: skip
def test_each_place_has_the_control_that_fits_it(folder, desk, field, expected):
    page = desk.get("/acts/archive.corrected", params={"of": SPECIAL, "field": field})
    assert page.status_code == 200
    kinds = controls(page.text)
    assert {name: kinds.get(name) for name in expected} == expected
    assert kinds["field"] == kinds["entry"] == kinds["of"] == "hidden"
    assert "It says now" in page.text


def test_the_editor_picks_from_all_facts_of_the_file_and_corrects_without_a_script(folder, desk, changed):
    page = desk.get(f"/correct/{SPECIAL}").text
    assert "nearly ¥2,000,000,000" in page
    links = re.findall(r'href="(/acts/archive\.corrected\?[^"]+)"', page)
    assert len(links) > 100
    (link,) = [
        html.unescape(href) for href in links if "field=participants.4" in href and "participants.4." not in href
    ]
    form = desk.get(link).text
    assert "Deputy Chairman of the Cabinet of Ministers" in form
    fields = filled(form) | {"now.office": "Minister of Foreign Affairs", "why": "The chair's statement", "cites": "3"}
    answer = desk.post("/acts/archive.corrected", data=fields)
    assert answer.status_code == 422
    assert "+  office: Minister of Foreign Affairs" in answer.text
    assert changed() == {}  # nothing is saved before the difference was seen
    done = desk.post("/acts/archive.corrected", data=filled(answer.text) | {"seen": "true"}, follow_redirects=False)
    assert (done.status_code, done.headers["location"]) == (303, f"/meetings/{SPECIAL}")
    assert changed() == {FILE: ["-  office: Deputy Chairman of the Cabinet of Ministers, Minister of Foreign Affairs",
                                "+  office: Minister of Foreign Affairs"]}  # fmt: skip


@pytest.mark.parametrize(("field", "now", "lines"), [
    ("mode", "hybrid", ["-mode: video", "+mode: hybrid"]),
    ("number", "10", ["-number: null", "+number: 10"]),
    ("place", {"city": "Tokyo", "country": "JP"}, ["-place: null", "+place:", "+  city: Tokyo", "+  country: JP"]),
    ("outcomes.0.due", "2021-03", ["+  due: 2021-03"]),
    ("outcomes.0.amount", {"value": "1900000000", "currency": "JPY", "qualifier": "about"},
     ["-    value: 2000000000", "+    value: 1900000000", "-    qualifier: nearly", "+    qualifier: about"]),
    ("outcomes.0.amount", {}, ["-  amount:", "-    value: 2000000000", "-    currency: JPY", "-    qualifier: nearly"]),
    ("outcomes.0.by", ["KZ", "JP"], ["+  - KZ"]),
    ("outcomes.0.deliveries.0", {"date": "2024-03-05", "state": "delivered", "summary": "It came."}, None),
])  # fmt: skip
def test_only_the_corrected_place_changes(app, folder, editor, changed, field, now, lines):
    inputs = {"of": SPECIAL, "field": field, "now": now, "why": "So the page", "cites": 3, "seen": True, "meant": True}
    app.door.perform(editor, "archive.corrected", inputs)
    changes = changed()
    assert list(changes) == [FILE]
    if lines is not None:
        assert [line.replace("'", "") for line in changes[FILE]] == lines


def test_a_sum_whose_words_say_something_else_is_asked_about(app, folder, editor, changed):
    """The summary of the source says "nearly two billion yen"."""
    exactly = {"of": SPECIAL, "field": "outcomes.0.amount.qualifier", "now": "exact", "why": "So the page", "cites": 3}
    with pytest.raises(Refused) as refusal:
        app.door.perform(editor, "archive.corrected", exactly | {"seen": True})
    assert list(refusal.value.fields) == ["meant"]
    app.door.perform(editor, "archive.corrected", exactly | {"seen": True, "meant": True})
    assert [line.strip() for line in changed()[FILE]] == ["-    qualifier: nearly".strip(), "+    qualifier: exact"]


def test_a_correction_needs_a_source_which_is_added_to_the_file(app, folder, editor, changed):
    inputs = {"of": SPECIAL, "field": "outcomes.1.summary", "now": "A grant for scanners.", "why": "The note says so",
            "seen": True}  # fmt: skip
    with pytest.raises(Refused) as refusal:
        app.door.perform(editor, "archive.corrected", inputs)
    assert set(refusal.value.fields) == {"source"}
    for bad in ({"cites": 999}, {"source": "https://example.org/note"}, {"source": "javascript:alert(1)"}):
        with pytest.raises(Refused):
            app.door.perform(editor, "archive.corrected", inputs | bad)
    new = {"source": "https://example.org/note", "publisher": "=A ministry", "published": "2020-06"}
    entry = app.door.perform(editor, "archive.corrected", inputs | new).entry
    assert entry.body["source"]["n"] == 25
    assert entry.body["was"].startswith("A grant under Japan's")
    with app.database.reading() as session:
        assert session.get(Outcome, f"{SPECIAL}#uzbekistan-share").sources[-1] == 25
    assert "+  publisher: =A ministry" in changed()[FILE]


def test_a_corrected_delivery_has_the_source_of_the_correction(app, folder, editor):
    inputs = {"of": SPECIAL, "field": "outcomes.0.deliveries.0", "why": "Another page", "cites": 4, "seen": True,
            "now": {"date": "2024-03", "state": "in-progress", "summary": "Four grants."}}  # fmt: skip
    body = app.door.perform(editor, "archive.corrected", inputs).entry.body
    assert body["content"]["outcomes"][0]["deliveries"][0]["source"] == 4


@pytest.mark.parametrize(("field", "now", "fault"), [
    ("outcomes.0.amount", {"value": "two billion", "currency": "JPY", "qualifier": "exact"}, "now.value"),
    ("outcomes.0.amount", {"value": "-5", "currency": "JPY", "qualifier": "exact"}, "now.value"),
    ("outcomes.0.amount", {"value": "9" * 30, "currency": "JPY", "qualifier": "exact"}, "now.value"),
    ("outcomes.0.amount", {"value": "5", "qualifier": "exact"}, "now.currency"),
    ("outcomes.0.amount", {"value": "5", "currency": "XXX", "qualifier": "exact"}, "now.currency"),
    ("outcomes.0.amount", {"value": "5", "currency": "JPY", "qualifier": "exact", "tip": "1"}, "now.tip"),
    ("outcomes.0.by", [], "now"), ("outcomes.0.by", ["XX"], "now"), ("level", "grand", "now"), ("level", "", "now"),
    ("starts", "2020-13-01", "now"), ("outcomes.0.due", "2021-02-30", "now"),
    ("sources.0", {"url": "ftp://x"}, "now.url"),
    ("nothing", "x", "field"), ("outcomes.99.summary", "x", "field"), ("outcomes.0.id", "x", "field"),
    ("outcomes.x.summary", "x", "field"), ("format", "ca-eu", "field"), ("outcomes.99", {}, "field"),
    ("title.0", "x", "field"), ("outcomes.0.deliveries.9", {}, "field"), ("sources.0.n", "7", "field"),
    ("mode", "video", "now"),
])  # fmt: skip
def test_a_fault_is_shown_beside_its_field(app, folder, editor, changed, field, now, fault):
    inputs = {"of": SPECIAL, "field": field, "now": now, "why": "x", "cites": 3, "seen": True}
    with pytest.raises(Refused) as refusal:
        app.door.perform(editor, "archive.corrected", inputs)
    assert refusal.value.kind == Kind.INVALID
    assert fault in refusal.value.fields
    assert changed() == {}


def test_nothing_is_removed_to_which_other_facts_refer(app, folder, editor):
    inputs = {"of": SPECIAL, "why": "x", "cites": 3, "seen": True, "gone": True}
    for field in ("outcomes.0", "title", "sources.2", "participants.77"):
        with pytest.raises(Refused):
            app.door.perform(editor, "archive.corrected", inputs | {"field": field})
    body = app.door.perform(editor, "archive.corrected", inputs | {"field": "participants.5"}).entry.body
    assert len(body["content"]["participants"]) == 5


def test_one_is_added_at_the_end_of_a_list(app, folder, editor, changed):
    inputs = {"of": SPECIAL, "field": "participants.6", "now": {"state": "AF", "name": "A Guest"}, "why": "x",
            "cites": 3, "seen": True}  # fmt: skip
    app.door.perform(editor, "archive.corrected", inputs)
    assert changed() == {FILE: ["+- state: AF", "+  name: A Guest", "+  office: null"]}


def test_html_and_formulas_stay_text_on_pages_in_spreadsheets_and_in_files(app, folder, desk, editor, changed):
    markup = '=HYPERLINK("http://evil")<script>alert(1)</script>: &x *y - z'
    inputs = {"of": SPECIAL, "field": "outcomes.0.summary", "now": markup, "why": markup, "cites": 3, "seen": True}
    number = app.door.perform(editor, "archive.corrected", inputs).entry.number
    assert list(changed()) == [FILE]
    for path in (f"/meetings/{SPECIAL}", f"/outcomes/{SPECIAL}/medical-equipment-grants", f"/correct/{SPECIAL}",
                 f"/acts/archive.corrected?of={SPECIAL}&field=outcomes.0.summary",
                 f"/record/{number}", "/changes"):  # fmt: skip
        page = desk.get(path)
        assert page.status_code == 200, path
        assert "<script>alert" not in page.text, path
    table = desk.get("/ledger.csv?format=ca-japan&kind=pledge").text
    assert "\"'=HYPERLINK" in table


def test_a_stale_form_is_refused_and_shows_the_present_value_and_the_input(app, folder, desk, editor):
    form = desk.get("/acts/archive.corrected", params={"of": SPECIAL, "field": "title"}).text
    other = {"of": SPECIAL, "field": "title", "now": "Another title", "why": "x", "cites": 3, "seen": True}
    app.door.perform(editor, "archive.corrected", other)
    mine = filled(form) | {"now": "My title", "why": "Mine", "cites": "3", "seen": "true"}
    answer = desk.post("/acts/archive.corrected", data=mine)
    assert answer.status_code == 409
    assert "Another title" in answer.text
    assert "My title" in answer.text
    with app.database.reading() as session:
        assert session.get(Meeting, SPECIAL).title == "Another title"
    difference = desk.post("/acts/archive.corrected", data=filled(answer.text))  # sent again after a second look
    assert difference.status_code == 422
    confirmed = filled(difference.text) | {"seen": "true"}
    assert desk.post("/acts/archive.corrected", data=confirmed, follow_redirects=False).status_code == 303


def test_a_person_and_a_format_are_corrected_too(app, folder, editor, changed):
    people = yaml.safe_load((folder / "people.yaml").read_text())
    index = next(n for n, person in enumerate(people) if person["state"] == "KG")
    inputs = {"of": "people", "field": f"{index}.variants.{len(people[index]['variants'])}", "now": "Another Spelling",
            "why": "So the page", "source": "https://example.org/p", "publisher": "A ministry",
            "seen": True}  # fmt: skip
    entry = app.door.perform(editor, "archive.corrected", inputs).entry
    assert entry.body["source"]["url"] == "https://example.org/p"
    with app.database.reading() as session:
        assert session.get(KnownPerson, people[index]["id"]).variants[-1] == "Another Spelling"
    inputs = {"of": "ca-japan", "field": "native_names.tg", "now": "Осиёи Марказӣ + Ҷопон", "why": "x", "cites": 1,
            "seen": True}  # fmt: skip
    app.door.perform(editor, "archive.corrected", inputs)
    changes = changed()
    assert set(changes) == {"people.yaml", "formats/ca-japan.yaml"}
    assert changes["formats/ca-japan.yaml"] == ["+  tg: Осиёи Марказӣ + Ҷопон"]


def test_nobody_else_sees_the_pages_or_may_correct(app, folder, client):
    assert client.get(f"/correct/{SPECIAL}").status_code == 403
    assert client.get("/correct").status_code == 403
    assert "/correct/" not in client.get(f"/meetings/{SPECIAL}").text
    inputs = {"of": SPECIAL, "field": "title", "now": "x", "why": "x", "cites": 3, "seen": True}
    for actor in (PUBLIC_READER, seated(Role.HEAD, SPECIAL, "JP"), seated(Role.SECRETARIAT, "ca-japan")):
        with pytest.raises(Refused) as refusal:
            app.door.perform(actor, "archive.corrected", inputs)
        assert refusal.value.kind == Kind.NOT_ALLOWED
