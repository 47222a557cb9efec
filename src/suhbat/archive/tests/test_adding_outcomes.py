"""An editor adds an outcome to a reported meeting, by a form that offers the choices of the schema."""

import re

import pytest
from tests.convened_meeting import seated

from suhbat.acts.roles_and_seats import PUBLIC_READER, Role
from suhbat.archive.tests.submitted_forms import controls, filled
from suhbat.ground.refusals import Kind, Refused
from suhbat.outcomes.models import Outcome

SPECIAL = "ca-japan/2020-08-11-special-video-ministerial"
FILE = f"meetings/{SPECIAL}.yaml"
INPUTS = {
    "of": SPECIAL, "name": "water-experts", "kind": "pledge", "summary": "Japan would send experts on water.",
    "by": ["JP"], "to": ["KG", "TJ"], "topic": "water", "due": "2021-06", "cites": 3,
    "amount": {"value": 40_000_000, "currency": "JPY", "qualifier": "about"},
}  # fmt: skip


def test_the_form_offers_the_choices_of_the_schema(folder, desk):
    page = desk.get("/acts/archive.outcome_added", params={"of": SPECIAL}).text
    kinds = controls(page)
    expected = {
        "kind": "select", "topic": "select", "by": "checkbox", "to": "checkbox", "amount.value": "number",
        "amount.currency": "select", "amount.qualifier": "select", "follows_as": "select", "cites": "select",
        "source": "url", "summary": "textarea", "entry": "hidden", "of": "hidden",
    }  # fmt: skip
    assert {name: kinds.get(name) for name in expected} == expected
    for value, label in (
        ("next-meeting", "Next meeting"),
        ("water", "Water"),
        ("KZ", "Kazakhstan"),
        ("nearly", "nearly"),
    ):
        assert re.search(rf'value="{value}"[^>]*>\s*{label}', page), value
    assert page.index('value="KZ"') < page.index('value="AF"')  # the format's own states come first


def test_an_outcome_is_added_without_a_script_and_is_on_its_page_and_in_its_file(app, folder, desk, changed):
    page = desk.get("/acts/archive.outcome_added", params={"of": SPECIAL}).text
    form = filled(page) | {
        "name": "water-experts", "kind": "pledge", "summary": "Japan would send experts on water.", "by": ["JP"],
        "to": ["KG", "TJ"], "topic": "water", "due": "2021-06", "amount.value": "40000000", "amount.currency": "JPY",
        "amount.qualifier": "about", "cites": "3",
    }  # fmt: skip
    answer = desk.post("/acts/archive.outcome_added", data=form)
    assert answer.status_code == 422
    assert "+- id: water-experts" in answer.text
    assert changed() == {}
    done = desk.post("/acts/archive.outcome_added", data=filled(answer.text) | {"seen": "true"}, follow_redirects=False)
    assert (done.status_code, done.headers["location"]) == (303, f"/outcomes/{SPECIAL}/water-experts")
    assert "about ¥40,000,000" in desk.get(done.headers["location"]).text
    assert changed() == {FILE: [
        "+- id: water-experts", "+  kind: pledge", "+  by:", "+  - JP", "+  to:", "+  - KG", "+  - TJ",
        "+  topic: water", "+  summary: Japan would send experts on water.", "+  amount:",
        "+    value: 40000000", "+    currency: JPY",
        "+    qualifier: about", "+  due: '2021-06'", "+  sources:", "+  - 3",
    ]}  # fmt: skip


def test_an_outcome_refers_to_existing_outcomes(app, folder, editor):
    whole = f"{SPECIAL}#medical-equipment-grants"
    inputs = INPUTS | {"seen": True, "part_of": whole, "part_likely": True, "follows": whole, "follows_as": "adds"}
    outcome = app.door.perform(editor, "archive.outcome_added", inputs).entry.body["content"]["outcomes"][-1]
    assert (outcome["part_of"], outcome["part_of_confidence"], outcome["follows_as"]) == (whole, "likely", "adds")
    with app.database.reading() as session:
        assert session.get(Outcome, f"{SPECIAL}#water-experts").part_of == whole


@pytest.mark.parametrize(("change", "fault"), [
    ({"amount": {"value": 5, "qualifier": "exact"}}, "amount.currency"),
    ({"amount": {"currency": "JPY"}}, "amount.value"), ({"amount": {"value": "much"}}, "amount.value"),
    ({"amount": {"value": 5, "currency": "JPY"}}, "amount.qualifier"),
    ({"amount": {"value": 0, "currency": "JPY", "qualifier": "exact"}}, "amount.value"),
    ({"amount": {"value": 10**16, "currency": "JPY", "qualifier": "exact"}}, "amount.value"),
    ({"by": []}, "by"), ({"by": ["XX"]}, "by"), ({"summary": "Experts for up to 40 million yen"}, "amount.meant"),
    ({"to": ["<b>"]}, "to"), ({"kind": "promise"}, "kind"), ({"topic": "happiness"}, "topic"),
    ({"due": "2021-02-30"}, "due"), ({"name": "Water Experts"}, "name"), ({"name": "uzbekistan-share"}, "name"),
    ({"part_of": "ca-japan/x#y"}, "part_of"), ({"follows": f"{SPECIAL}#uzbekistan-share"}, "follows_as"),
    ({"follows_as": "adds"}, "follows"), ({"fulfilled_by": "ca-japan/never"}, "fulfilled_by"),
    ({"cites": 999}, "cites"), ({"cites": None}, "source"),
    ({"cites": None, "source": "https://example.org"}, "publisher"),
    ({"cites": None, "source": "javascript:alert(1)", "publisher": "x"}, "source"), ({"of": "ca-japan"}, "of"),
])  # fmt: skip
def test_a_fault_is_shown_beside_its_field(app, folder, editor, change, fault):
    with pytest.raises(Refused) as refusal:
        app.door.perform(editor, "archive.outcome_added", INPUTS | {"seen": True} | change)
    assert fault in refusal.value.fields, refusal.value.fields


def test_html_and_formulas_stay_text(app, folder, editor, desk, changed):
    markup = "=1+1 <script>alert(1)</script> & 'x': -"
    app.door.perform(editor, "archive.outcome_added", INPUTS | {"seen": True, "summary": markup})
    for path in (f"/outcomes/{SPECIAL}/water-experts", f"/meetings/{SPECIAL}", f"/correct/{SPECIAL}"):
        assert "<script>alert" not in desk.get(path).text
    assert "'=1+1 <script>" in desk.get("/ledger.csv?topic=water&by=JP").text
    assert list(changed()) == [FILE]


def test_a_form_that_shows_an_older_file_is_refused(app, folder, editor):
    stale = app.door.perform(editor, "archive.outcome_added", INPUTS | {"seen": True}).entry.number - 1
    for act, inputs in (
        ("archive.outcome_added", INPUTS | {"name": "other", "seen": True, "entry": stale}),
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
            app.door.perform(actor, "archive.outcome_added", INPUTS | {"seen": True})
        assert refusal.value.kind == Kind.NOT_ALLOWED
