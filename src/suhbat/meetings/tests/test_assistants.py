"""An assistant sees what the head sees and fills forms in; they wait for the head, and enter nothing before."""

from typing import Any

import pytest
from lxml import html
from sqlalchemy import select

from suhbat.acts.assistance import PREPARABLE
from suhbat.acts.door import allowed
from suhbat.acts.forms import takes_files
from suhbat.acts.registry import REGISTRY
from suhbat.acts.roles_and_seats import HEADS, PUBLIC_READER, Role
from suhbat.ground.refusals import Kind, Refused
from suhbat.people.models import PreparedForm
from suhbat.people.queries import actor_for
from suhbat.record.reading import entries_after


@pytest.fixture
def talks(app, convene):
    return convene(app)


@pytest.fixture
def people(app, talks):
    """The head and the assistant of Kazakhstan, its delegate, and the head of Uzbekistan."""

    def sit(role, state):
        invitation = {"meeting": talks.meeting, "role": role, "state": state, "name": f"{role} of {state}"}
        link = app.door.perform(talks.secretariat, "seat.offered", invitation).reply["link"]
        return app.door.perform(PUBLIC_READER, "seat.taken", {"secret": link.rsplit("/", 1)[1]}).reply["person"]

    seats = {"head": ("head", "KZ"), "assistant": ("assistant", "KZ"), "delegate": ("delegate", "KZ")}
    return {name: sit(*seat) for name, seat in seats.items()} | {"other head": sit("head", "UZ")}


def actor(app, person):
    with app.database.reading() as session:
        return actor_for(session, person)


def acts(app):
    with app.database.reading() as session:
        return [entry.act for entry in entries_after(session, 0)]


def form_to(page, action):
    parsed: Any = html.fromstring(page.text)
    forms = [form for form in parsed.forms if form.get("action", "").endswith(action)]
    return forms[0] if forms else None


def waiting(page):
    """The one form with the button that enters what was prepared."""
    parsed: Any = html.fromstring(page.text)
    (form,) = [form for form in parsed.forms if "/prepared/" in form.get("action", "")]
    return form


def fill(browser, page, action, **values):
    form = form_to(page, action)
    return browser.post(form.get("action"), data={**dict(form.form_values()), **values})


def prepare(signed_in, people, talks, name="Mukhtar Tileuberdi"):
    browser = signed_in(people["assistant"])
    page = browser.get(f"/meetings/{talks.meeting}/delegations")
    return fill(browser, page, "/acts/credentials.presented", head_name=name, head_office="Minister")


def test_a_form_waits_on_the_heads_page_and_is_entered_with_one_button(app, talks, people, signed_in):
    answer = prepare(signed_in, people, talks)
    assert "This waits for the head of the delegation." in answer.text
    assert "credentials.presented" not in acts(app)
    for name, shown in (("delegate", False), ("other head", False), ("head", True)):
        assert ("Mukhtar Tileuberdi" in signed_in(people[name]).get("/me").text) == shown, name
    browser = signed_in(people["head"])
    page = browser.get("/me")
    form = waiting(page)
    fill(browser, page, form.get("action"))
    with app.database.reading() as session:
        entered, settled = entries_after(session, 0)[-2:]
    assert (entered.act, entered.actor, entered.delegation) == ("credentials.presented", people["head"], "KZ")
    assert (settled.act, settled.body["entered"]) == ("form.settled", True)
    assert "Prepared for you" not in browser.get("/me").text


def test_the_head_or_the_assistant_puts_a_form_aside(app, talks, people, signed_in):
    for name in ("head", "assistant"):
        prepare(signed_in, people, talks, f"Name by {name}")
        browser = signed_in(people[name])
        fill(browser, browser.get("/me"), "/acts/form.settled")
        assert f"Name by {name}" not in browser.get("/me").text
    assert "credentials.presented" not in acts(app)


def test_a_form_that_is_refused_is_shown_again_and_waits(app, talks, people, signed_in):
    prepare(signed_in, people, talks)
    app.door.perform(talks.secretariat, "meeting.cancelled", {"meeting": talks.meeting, "reason": "Postponed"})
    browser = signed_in(people["head"])
    page = browser.get("/me")
    form = waiting(page)
    answer = fill(browser, page, form.get("action"))
    assert answer.status_code == 409
    assert form_to(answer, "/acts/credentials.presented").fields["head_name"] == "Mukhtar Tileuberdi"
    assert acts(app)[-1] == "meeting.cancelled"
    fill(browser, browser.get("/me"), "/acts/form.settled")
    assert "Prepared for you" not in browser.get("/me").text


def test_nobody_else_enters_or_sees_a_prepared_form(app, talks, people, signed_in):
    prepare(signed_in, people, talks)
    with app.database.reading() as session:
        form = session.scalars(select(PreparedForm.id)).one()
    path = f"/meetings/{talks.meeting}/prepared/{form}"
    for name in ("other head", "delegate"):
        browser = signed_in(people[name])
        assert browser.get(path).status_code == 404
        assert browser.post(path).status_code == 404
    browser = signed_in(people["assistant"])
    assert "Enter it" not in browser.get(path).text
    assert browser.post(path).status_code in {403, 422}
    entered = {"meeting": talks.meeting, "form": form, "entered": True}
    with pytest.raises(Refused):
        app.door.perform(actor(app, people["assistant"]), "form.settled", entered)
    assert "credentials.presented" not in acts(app)


def test_an_assistant_sees_what_the_own_delegation_alone_sees(app, talks, people):
    scopes = {name: actor(app, person).viewer.scope(talks.meeting) for name, person in people.items()}
    assert scopes["assistant"].audiences - {f"person:{people['assistant']}"} == scopes["head"].audiences - {
        f"person:{people['head']}"
    }
    assert actor(app, people["assistant"]).scope(talks.meeting) == scopes["assistant"]


def test_what_binds_the_delegation_cannot_be_prepared(app, talks, people):
    assert set(REGISTRY) >= PREPARABLE
    for name in PREPARABLE:
        act = REGISTRY[name]
        assert act.by & HEADS, name
        assert not takes_files(act.input_type), name
    never = {
        "adoption.answered", "minutes.agreed", "outcome.confirmed", "outcome.withdrawn", "paper.withdrawn",
        "proposal.joined", "proposal.withdrawn", "silence.broken", "text.signed", "version.confirmed",
    }  # fmt: skip
    assert never <= {name for name, act in REGISTRY.items() if Role.HEAD in act.by} - PREPARABLE
    assistant = actor(app, people["assistant"])
    for name in never:
        assert not app.door.may(assistant.viewer, name, talks.meeting), name
        with pytest.raises(Refused) as refused:
            allowed(assistant, REGISTRY[name], talks.meeting, "")
        assert refused.value.kind == Kind.NOT_ALLOWED
        form = {"meeting": talks.meeting, "act": name, "inputs": {"meeting": talks.meeting}}
        with pytest.raises(Refused) as refused:
            app.door.perform(assistant, "form.prepared", form)
        assert "act" in refused.value.fields


def test_a_list_of_one_and_of_three_forms_takes_the_same_number_of_queries(talks, people, signed_in, count_queries):
    prepare(signed_in, people, talks)
    browser = signed_in(people["head"])
    one = count_queries(lambda: browser.get("/me"))
    prepare(signed_in, people, talks, "Second")
    prepare(signed_in, people, talks, "Third")
    browser = signed_in(people["head"])
    assert count_queries(lambda: browser.get("/me")) == one
