"""An editor adds an outcome to a reported meeting, by a form that offers what the schema knows."""

import re

import pytest
from tests.convened import seated

from suhbat.acts.roles_and_seats import PUBLIC_READER, Role
from suhbat.archive.tests.forms_as_sent import controls, filled
from suhbat.ground.refusals import Kind, Refused
from suhbat.outcomes.models import Outcome

SPECIAL = "ca-japan/2020-08-11-special-video-ministerial"
FILE = f"meetings/{SPECIAL}.yaml"
GIVEN = {
    "of": SPECIAL, "name": "water-experts", "kind": "pledge", "summary": "Japan would send experts on water.",
    "by": ["JP"], "to": ["KG", "TJ"], "topic": "water", "due": "2021-06", "cites": 3,
    "amount": {"value": 40_000_000, "currency": "JPY", "qualifier": "about"},
}  # fmt: skip


def test_the_form_offers_what_the_schema_knows(folder, desk):
    page = desk.get("/acts/archive.outcome_added", params={"of": SPECIAL}).text
    found = controls(page)
    expected = {
        "kind": "select", "topic": "select", "by": "checkbox", "to": "checkbox", "amount.value": "number",
        "amount.currency": "select", "amount.qualifier": "select", "follows_as": "select", "cites": "select",
        "source": "url", "summary": "textarea", "entry": "hidden", "of": "hidden",
    }  # fmt: skip
    assert {name: found.get(name) for name in expected} == expected
    for value, said in (
        ("next-meeting", "Next meeting"),
        ("water", "Water"),
        ("KZ", "Kazakhstan"),
        ("nearly", "nearly"),
    ):
        assert re.search(rf'value="{value}"[^>]*>\s*{said}', page), value
    assert page.index('value="KZ"') < page.index('value="AF"')  # the format's own states come first


def test_an_outcome_is_added_without_a_script_and_stands_on_its_page_and_in_its_file(app, folder, desk, changed):
    page = desk.get("/acts/archive.outcome_added", params={"of": SPECIAL}).text
    sent = filled(page) | {
        "name": "water-experts", "kind": "pledge", "summary": "Japan would send experts on water.", "by": ["JP"],
        "to": ["KG", "TJ"], "topic": "water", "due": "2021-06", "amount.value": "40000000", "amount.currency": "JPY",
        "amount.qualifier": "about", "cites": "3",
    }  # fmt: skip
    shown = desk.post("/acts/archive.outcome_added", data=sent)
    assert shown.status_code == 422
    assert "+- id: water-experts" in shown.text
    assert changed() == {}
    done = desk.post("/acts/archive.outcome_added", data=filled(shown.text) | {"seen": "true"}, follow_redirects=False)
    assert (done.status_code, done.headers["location"]) == (303, f"/outcomes/{SPECIAL}/water-experts")
    told = desk.get(done.headers["location"]).text
    assert "about ¥40,000,000" in told
    assert changed() == {FILE: [
        "+- id: water-experts", "+  kind: pledge", "+  by:", "+  - JP", "+  to:", "+  - KG", "+  - TJ",
        "+  topic: water", "+  summary: Japan would send experts on water.", "+  amount:",
        "+    value: 40000000", "+    currency: JPY",
        "+    qualifier: about", "+  due: '2021-06'", "+  sources:", "+  - 3",
    ]}  # fmt: skip


def test_what_it_is_part_of_and_takes_up_has_to_be_there(app, folder, editor):
    whole = f"{SPECIAL}#medical-equipment-grants"
    inputs = GIVEN | {"seen": True, "part_of": whole, "part_likely": True, "follows": whole, "follows_as": "adds"}
    made = app.door.perform(editor, "archive.outcome_added", inputs).entry.body["content"]["outcomes"][-1]
    assert (made["part_of"], made["part_of_confidence"], made["follows_as"]) == (whole, "likely", "adds")
    with app.database.reading() as session:
        assert session.get(Outcome, f"{SPECIAL}#water-experts").part_of == whole


@pytest.mark.parametrize(("change", "fault"), [
    ({"amount": {"value": 5}}, "amount.currency"), ({"amount": {"currency": "JPY"}}, "amount.value"),
    ({"amount": {"value": 0, "currency": "JPY"}}, "amount.value"), ({"amount": {"value": "much"}}, "amount.value"),
    ({"amount": {"value": 10**16, "currency": "JPY"}}, "amount.value"), ({"by": []}, "by"), ({"by": ["XX"]}, "by"),
    ({"to": ["<b>"]}, "to"), ({"kind": "promise"}, "kind"), ({"topic": "happiness"}, "topic"),
    ({"due": "2021-02-30"}, "due"), ({"name": "Water Experts"}, "name"), ({"name": "uzbekistan-share"}, "name"),
    ({"part_of": "ca-japan/x#y"}, "part_of"), ({"follows": f"{SPECIAL}#uzbekistan-share"}, "follows_as"),
    ({"follows_as": "adds"}, "follows"), ({"fulfilled_by": "ca-japan/never"}, "fulfilled_by"),
    ({"cites": 999}, "cites"), ({"cites": None}, "source"),
    ({"cites": None, "source": "https://example.org"}, "publisher"),
    ({"cites": None, "source": "javascript:alert(1)", "publisher": "x"}, "source"), ({"of": "ca-japan"}, "of"),
])  # fmt: skip
def test_what_does_not_fit_is_said_beside_its_field(app, folder, editor, change, fault):
    with pytest.raises(Refused) as refusal:
        app.door.perform(editor, "archive.outcome_added", GIVEN | {"seen": True} | change)
    assert fault in refusal.value.fields, refusal.value.fields


def test_html_and_formulas_stay_text(app, folder, editor, desk, changed):
    nasty = "=1+1 <script>alert(1)</script> & 'x': -"
    app.door.perform(editor, "archive.outcome_added", GIVEN | {"seen": True, "summary": nasty})
    for path in (f"/outcomes/{SPECIAL}/water-experts", f"/meetings/{SPECIAL}", f"/correct/{SPECIAL}"):
        assert "<script>alert" not in desk.get(path).text
    assert "'=1+1 <script>" in desk.get("/ledger.csv?topic=water&by=JP").text
    assert list(changed()) == [FILE]


def test_a_form_that_shows_an_older_file_is_refused(app, folder, editor):
    stale = app.door.perform(editor, "archive.outcome_added", GIVEN | {"seen": True}).entry.number - 1
    for act, inputs in (
        ("archive.outcome_added", GIVEN | {"name": "other", "seen": True, "entry": stale}),
        ("archive.delivery_added", {"outcome": f"{SPECIAL}#water-experts", "state": "delivered", "summary": "Done",
                                    "cites": 3, "seen": True, "entry": stale}),
    ):  # fmt: skip
        with pytest.raises(Refused) as refusal:
            app.door.perform(editor, act, inputs)
        assert refusal.value.kind == Kind.CONFLICT


def test_only_editors_add_outcomes(app, folder, client):
    assert client.get("/acts/archive.outcome_added", params={"of": SPECIAL}).status_code == 403
    for actor in (PUBLIC_READER, seated(Role.HEAD, SPECIAL, "JP"), seated(Role.SECRETARIAT, "ca-japan")):
        with pytest.raises(Refused) as refusal:
            app.door.perform(actor, "archive.outcome_added", GIVEN | {"seen": True})
        assert refusal.value.kind == Kind.NOT_ALLOWED
