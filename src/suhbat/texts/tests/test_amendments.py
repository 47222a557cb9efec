"""Proposals on proposals: nested in the bracket they amend, and never lost, whatever happens to it."""

import pytest

from suhbat.ground.refusals import Kind, Refused
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.tests.test_adopting import refused


@pytest.fixture
def table(sitting, app, convene):
    table = Table(app, convene(app))
    app.door.perform(table.at.secretariat, "stage.seated", {"meeting": table.meeting})
    return table


def amend(table, by, proposal, old, new, **other):
    parent = table.proposal(proposal)
    inputs = {"paragraph": parent.paragraph, "amends": proposal, "seen": parent.worded} | other
    done = table.do(by, "proposal.made", wording=parent.wording.replace(old, new), **inputs)
    return str(done.entry.body["proposal"])


@pytest.fixture
def offer(table):
    return table.propose("JP", "1", "nearly 2", "up to 3", note="More can be had.")


@pytest.fixture
def change(table, offer):
    return amend(table, "KZ", offer, "up to", "at least")


def line(table):
    return table.lines()[1].partition("grant of ")[2]


def test_the_amendment_stands_in_the_bracket_with_its_holder(table, change):
    assert line(table) == ("[nearly 2 billion yen] [JP: [up to] [KZ: at least] 3 billion yen] for medical equipment.")
    table.do("UZ", "proposal.joined", proposal=change)
    assert "[KZ, UZ: at least]" in line(table)
    table.answer("TJ", change, "supports")


def test_what_cannot_be_amended(table, offer, change):
    assert refused(amend, table, "TJ", change, "at least", "about").kind == Kind.OUT_OF_ORDER
    assert refused(amend, table, "JP", offer, "up to", "about").kind == Kind.OUT_OF_ORDER
    assert refused(amend, table, "TJ", offer, "up to", "up to").kind == Kind.INVALID
    assert refused(amend, table, "TJ", offer, "up to", "about", kind="deletion").kind == Kind.OUT_OF_ORDER
    assert refused(amend, table, "TJ", offer, "up to", "about", paragraph=table.paragraph("2").id)
    assert refused(amend, table, "KZ", offer, "up to", "about").kind == Kind.OUT_OF_ORDER, "one wording of one place"
    last_worded = table.proposal(offer).worded
    table.do("JP", "proposal.revised", proposal=offer, seen=table.proposal(offer).changed,
             wording=table.proposal(offer).wording.replace("3", "4"))  # fmt: skip
    assert refused(amend, table, "TJ", offer, "up to", "about", seen=last_worded).kind == Kind.CONFLICT


def test_when_the_proposal_is_revised_its_amendments_follow(table, offer, change):
    def revise(old, new):
        proposal = table.proposal(offer)
        table.do(
            "JP", "proposal.revised", proposal=offer, seen=proposal.changed, wording=proposal.wording.replace(old, new)
        )

    revise("3 billion", "4 billion")
    assert "[JP: [up to] [KZ: at least] 4 billion yen]" in line(table)
    revise("up to", "some")
    assert table.proposal(change).status == "flagged"
    assert "KZ" not in line(table)
    table.do("KZ", "proposal.repaired", proposal=change, seen=table.proposal(change).changed, how="keep")
    assert "[JP: [some] [KZ: at least] 4 billion yen]" in line(table)
    revise("some", "at least")
    assert table.proposal(change).status == "met"


def test_when_the_proposal_is_taken_in_the_amendment_becomes_a_proposal_to_the_text(table, offer, change):
    table.incorporate(offer)
    assert line(table) == "[up to] [KZ: at least] 3 billion yen for medical equipment."
    assert table.proposal(change).amends is None


def test_when_the_amendment_is_taken_in_the_holders_of_the_proposal_are_asked_what_they_want_now(table, offer, change):
    table.incorporate(change)
    assert line(table) == "at least 3 billion yen for medical equipment."
    assert table.proposal(offer).status == "flagged"


@pytest.mark.parametrize("end", ["withdrawn", "set_aside"])
def test_when_the_proposal_is_given_up_its_amenders_are_asked_what_they_want_now(table, offer, change, end):
    if end == "withdrawn":
        table.do("JP", "proposal.withdrawn", proposal=offer)
    else:
        table.do("chair", "proposal.set_aside", proposal=offer, reason="Not now")
    amendment = table.proposal(change)
    assert (amendment.status, amendment.amends) == ("flagged", None)
    table.do("KZ", "proposal.repaired", proposal=change, seen=amendment.changed, how="keep")
    assert line(table) == "[nearly 2 billion yen] [KZ: at least 3 billion yen] for medical equipment."


def test_proposal_and_amendment_follow_the_base(table, offer, change):
    paragraph = table.paragraph("1")
    with_last_change = {"paragraph": paragraph.id, "seen": paragraph.changed}
    table.do("chair", "paragraph.redrafted", **with_last_change, wording=paragraph.wording.replace("welcomed", "noted"))
    assert "[JP: [up to] [KZ: at least] 3 billion yen]" in line(table)
    paragraph = table.paragraph("1")
    with_last_change = {"paragraph": paragraph.id, "seen": paragraph.changed}
    table.do(
        "chair", "paragraph.redrafted", **with_last_change, wording=paragraph.wording.replace("nearly 2", "over 9")
    )
    assert {table.proposal(offer).status, table.proposal(change).status} == {"flagged"}
    assert "at least 3" in table.proposal(change).wording


def test_the_page_shows_and_previews_amendments(table, offer, change, signed_in, page):
    paragraph = table.paragraph("1").id
    uz = signed_in("uz")
    html = uz.get(f"{page}/p/{paragraph}").text
    assert "would amend proposal 1" in html
    assert f"?amend={offer}#" in html
    assert f"?amend={change}#" not in html
    form = uz.get(f"{page}/p/{paragraph}?amend={offer}").text
    assert "Amend proposal 1" in form
    assert f'name="amends" value="{offer}"' in form
    fields = {"wording": table.proposal(offer).wording.replace("up to", "some"), "amends": offer}
    preview = uz.post(f"{page}/p/{paragraph}/preview", data=fields, headers={"hx-request": "true"}).text
    assert preview.index("Uzbekistan would have") < preview.index("3 billion yen")
    own_page = signed_in("jp").get(f"{page}/p/{paragraph}").text
    assert "Take it into ours" in own_page


def test_a_text_of_version_one_has_amendments_as_alternatives(table, offer, monkeypatch):
    monkeypatch.setattr("suhbat.texts.negotiation.open_text.NEWEST", 1)
    old = Table(table.app, table.at)
    first = old.propose("JP", "1", "nearly 2", "up to 3")
    amend(old, "KZ", first, "up to", "at least")
    assert "[JP: up to 3 billion yen] [KZ: at least 3 billion yen]" in old.lines()[1]
    assert isinstance(refused(amend, old, "KZ", first, "up to", "about"), Refused)
