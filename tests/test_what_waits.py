"""What waits for whom, from the open text to the published record: on the own page and on the desk, step by step."""

import lxml.html
import pytest
from sqlalchemy import text as sql

from suhbat.acts.roles_and_seats import ADMINISTRATION, PUBLIC_READER, SYSTEM, Role
from suhbat.people.queries import actor_for

PARAGRAPHS = "The ministers,\n\n1. Met by video.\n\n2. Agreed to meet again."
RIGHT = ("JP", "KZ", "KG", "TJ", "TM", "UZ")


class Table:
    """A meeting of six with people in their seats, one browser, and a text."""

    def __init__(self, app, talks, signed_in):
        self.app, self.meeting, self.signed_in = app, talks.meeting, signed_in
        self.office, self.text = talks.secretariat, ""
        self.people = {state: self.sit(Role.HEAD, state) for state in RIGHT}
        self.people["chair"] = self.sit(Role.CHAIR, "JP")
        self.people["adviser"] = self.sit(Role.ADVISER, "KZ")
        offer = {"format": "ca-japan", "name": "The secretariat", "role": "secretariat"}
        self.people["secretariat"] = self.taken(app.door.perform(ADMINISTRATION, "seat.offered", offer))

    def sit(self, role, state):
        offer = {"meeting": self.meeting, "name": f"{role} {state}", "role": role, "state": state}
        return self.taken(self.app.door.perform(self.office, "seat.offered", offer))

    def taken(self, done):
        secret = done.reply["link"].rsplit("/", 1)[1]
        person = self.app.door.perform(PUBLIC_READER, "seat.taken", {"secret": secret}).reply["person"]
        with self.app.database.reading() as session:
            return actor_for(session, person)

    def do(self, who, act, **inputs):
        return self.app.door.perform(self.people[who], act, {"meeting": self.meeting, **inputs})

    def in_text(self, who, act, **inputs):
        return self.do(who, act, text=self.text, **inputs)

    def row(self, query):
        with self.app.database.reading() as session:
            return session.execute(sql(query)).first()

    def waits(self, who, address="/me", heading="Waiting for you"):
        """What waits for somebody there: what is said, with what the one step is called; each step is taken."""
        browser = self.signed_in(self.people[who].id)
        tree = lxml.html.document_fromstring(browser.get(address).text)
        found = {}
        for part in tree.iter("section"):
            if heading in [" ".join(title.text_content().split()) for title in part.iter("h2")]:
                for line in part.xpath(".//ul[@class='waits']/li"):
                    says = " ".join(line.xpath("./span[contains(@class,'says')]")[0].text_content().split())
                    step = line.xpath("./a")[0]
                    assert browser.get(step.get("href")).status_code == 200, says
                    found[says.removesuffix("Special video conference").strip()] = step.text.strip()
        return found

    def desk(self, who="secretariat", heading="What is to be done"):
        return self.waits(who, f"/meetings/{self.meeting}/desk", heading)


@pytest.fixture
def table(app, convene, signed_in):
    opened = Table(app, convene(app), signed_in)
    opened.do("chair", "meeting.opened")
    inputs = {"title": "Joint statement", "kind": "joint-statement", "language": "en", "paragraphs": PARAGRAPHS}
    opened.text = opened.do("chair", "text.opened", **inputs).reply["text"]
    return opened


def test_a_proposal_waits_for_the_answer_of_every_other_delegation(table):
    assert table.waits("KZ") == {}
    assert table.desk() == {"“Joint statement” is still open.": "To the text"}
    paragraph = table.row("SELECT id, revision FROM text_paragraph WHERE kind = 'operative' ORDER BY position")
    inputs = {"paragraph": paragraph.id, "revision": paragraph.revision, "wording": "Met by video and with good will."}
    made = table.in_text("UZ", "proposal.made", **inputs)
    says = {"1 point of “Joint statement” waits for your delegation.": "Read and answer"}
    assert table.waits("KZ") == says
    assert table.desk("KZ", "What waits for you") == says
    assert table.waits("UZ") == {}, "whose proposal it is"
    assert table.waits("adviser") == {}, "an adviser cannot answer"
    proposal = table.row("SELECT id, worded FROM text_proposal")
    table.in_text("KZ", "position.taken", proposal=proposal.id, seen=proposal.worded, stand="supports")
    assert table.waits("KZ") == {}
    assert table.waits("TJ") == says
    assert made.entry.delegation == "UZ"


def test_a_silence_and_then_a_signature_wait_for_the_delegations(table, clock):
    started = table.in_text("chair", "silence.started", deadline="2020-08-14T18:00")
    says = (
        "“Joint statement” is under silence until 14 August 2020, 15:00 in Nur-Sultan."
        " Without an objection it is then adopted."
    )
    assert table.waits("KZ") == {says: "Read it"}, "on the clock of the own capital, by the name of that day"
    assert table.desk() == {"“Joint statement” is under silence.": "To the text"}
    clock.forward(days=10)
    table.app.door.perform(SYSTEM, "silence.held", {
        "meeting": table.meeting, "text": table.text, "silence": started.entry.body["silence"],
    })  # fmt: skip
    assert table.waits("KZ") == {"“Joint statement” waits for the signature of your delegation.": "Read and sign"}
    assert table.waits("adviser") == {}
    assert table.desk() == {"“Joint statement” is adopted and not published yet.": "Publish it"}
    table.in_text("secretariat", "text.published")
    assert table.desk() == {"“Joint statement” is adopted.": "To the text"}


def test_the_chairs_question_waits_for_the_heads_who_have_not_answered(table):
    table.in_text("chair", "adoption.asked")
    asked = {"The chair asks whether “Joint statement” may be adopted.": "Answer"}
    assert table.waits("KZ") == asked
    assert table.desk() == {"The chair has asked whether “Joint statement” may be adopted.": "To the text"}
    row = table.row("SELECT id FROM text_asked")
    table.in_text("KZ", "adoption.answered", asked=row.id, agrees=True)
    assert table.waits("KZ") == {}
    assert table.waits("UZ") == asked


def test_the_desk_goes_on_after_closing_until_the_record_is_published(table):
    table.do("chair", "decision.taken", title="The ministers meet every year")
    table.do("chair", "meeting.closed")
    outcome = {"1 outcome waits for your confirmation.": "Read and confirm"}
    missing = "Japan, Kazakhstan, Kyrgyz Republic, Tajikistan, Turkmenistan, and Uzbekistan"
    record = {
        f"The summary record is agreed by 0 of 6 delegations. Still waiting for: {missing}.": "To the summary record"
    }
    text = {"“Joint statement” is still open.": "To the text"}
    assert table.desk("chair") == outcome | text | record
    assert table.desk() == {"1 outcome is not confirmed yet: the chair.": "To the outcomes"} | text | record
    assert table.waits("chair") == outcome | text | record
    assert table.waits("KZ") == {"The summary record waits for the agreement of your delegation.": "Read and agree"}
    assert table.waits("adviser") == {}

    made = table.row("SELECT id, changed FROM outcome")
    table.do("chair", "outcome.confirmed", outcome=made.id, changed=made.changed)
    confirmed = {"All outcomes are confirmed.": "To the outcomes"}
    assert table.desk() == confirmed | text | record
    assert table.waits("secretariat") == text | record, "what is done does not wait"
    version = table.row("SELECT version FROM minutes").version
    table.do("UZ", "minutes.objected", version=version, correction="Another word")
    assert table.waits("UZ") == {}
    assert "Uzbekistan objects to the summary record." in table.desk()
    for state in RIGHT:
        table.do(state, "minutes.agreed", version=version)
    agreed = {"All delegations have agreed to the summary record.": "Publish it"}
    assert table.desk() == confirmed | text | agreed
    assert table.waits("KZ") == {}

    table.do("secretariat", "minutes.published", version=version)
    assert table.desk() == text | {"The summary record is published.": "To the summary record"}
    mine = table.signed_in(table.people["secretariat"].id).get("/me").text
    assert "Waiting for the record" not in mine
    assert "Special video conference" in mine
