"""Edited, objected to, agreed, published: nothing is public before, and only confirmed outcomes after."""

import pytest
from tests.convened_meeting import seated

from suhbat.acts import Role
from suhbat.acts.roles_and_seats import PUBLIC_READER, SYSTEM
from suhbat.ground.refusals import Kind, Refused
from suhbat.meetings.models import Meeting
from suhbat.minutes.minutes_agreement import agreed_by, agreed_by_all, minutes_of, stands_now
from suhbat.minutes.summary_record import digest, document_of
from suhbat.outcomes.models import Outcome
from suhbat.record.models import EntryRow
from suhbat.record.reading import entries_after, of_place

MEETING = "ca-japan/2020-08-11-special-video-conference"
HEADS = ["head-jp", "head-kz", "head-kg", "head-tj", "head-tm", "head-uz"]


def refused(acts, person, act, **inputs) -> Refused:
    with pytest.raises(Refused) as refusal:
        acts(person, act, **inputs)
    return refusal.value


def now(acts):
    with acts.app.database.reading() as session:
        minutes = minutes_of(session, MEETING)
        assert minutes is not None
        return {
            "version": minutes.version,
            "agreed": agreed_by(minutes),
            "stands": {state: stand.agrees for state, stand in stands_now(minutes).items()},
            "paragraphs": {paragraph.name: (paragraph.text, paragraph.changed) for paragraph in minutes.paragraphs},
            "order": [paragraph.name for paragraph in minutes.paragraphs],
        }


def test_an_edit_makes_a_new_version_and_the_record_has_the_old_wording(closed):
    name, (text, changed) = next((n, p) for n, p in now(closed)["paragraphs"].items() if "catalyst" in p[0])
    entry = closed("secretariat", "minutes.edited", paragraph=name, changed=changed, text="Japan is the catalyst.")
    assert (entry.body["before"], entry.body["version"]) == (text, 2)
    assert now(closed)["paragraphs"][name] == ("Japan is the catalyst.", entry.number)
    again = refused(closed, "note-taker", "minutes.edited", paragraph=name, changed=changed, text="Mine instead")
    assert again.kind == Kind.CONFLICT
    same = {"paragraph": name, "changed": entry.number, "text": "Japan is the catalyst."}
    assert list(refused(closed, "secretariat", "minutes.edited", **same).fields) == ["text"]


def test_a_paragraph_is_added_after_another_and_struck_out_again(closed):
    entry = closed("secretariat", "minutes.edited", after="p002", text="The secretariat made the arrangements.")
    name = entry.body["paragraph"]
    assert now(closed)["order"][:4] == ["p001", "p002", name, "p003"]
    first = closed("secretariat", "minutes.edited", text="At the very beginning.").body["paragraph"]
    assert now(closed)["order"][:2] == [first, "p001"]
    closed("secretariat", "minutes.edited", paragraph=name, changed=entry.number)
    assert name not in now(closed)["paragraphs"]
    assert refused(closed, "secretariat", "minutes.edited", after="nowhere", text="x").kind == Kind.NOT_FOUND
    assert list(refused(closed, "secretariat", "minutes.edited", after="p002").fields) == ["text"]


def test_an_outcome_is_not_edited_in_the_summary_record(closed):
    with closed.app.database.reading() as session:
        minutes = minutes_of(session, MEETING)
        assert minutes is not None
        outcome = next(paragraph.name for paragraph in minutes.paragraphs if paragraph.kind == "outcome")
    inputs = {"paragraph": outcome, "changed": now(closed)["paragraphs"][outcome][1], "text": "About two billion"}
    assert refused(closed, "secretariat", "minutes.edited", **inputs).kind == Kind.OUT_OF_ORDER


def test_who_may_edit_agree_and_publish(closed):
    for person in (*HEADS, "chair", "observer", "elsewhere"):
        assert refused(closed, person, "minutes.edited", after="p001", text="x").kind == Kind.NOT_ALLOWED
    for person in ("secretariat", "note-taker", "observer", "elsewhere"):
        assert refused(closed, person, "minutes.agreed", version=1).kind == Kind.NOT_ALLOWED
    for person in ("head-kz", "note-taker", "observer", "elsewhere"):
        assert refused(closed, person, "minutes.published", version=1).kind == Kind.NOT_ALLOWED


@pytest.mark.usefixtures("without_two_heads")
def test_a_record_with_heads_without_a_name_is_not_agreed_or_published_without_a_question(confirmed, signed_in):
    refusal = refused(confirmed, "head-kz", "minutes.agreed", version=1)
    assert str(refusal.fields["unnamed"]) == "No head of delegation is named for: Tajikistan, Turkmenistan."
    page = signed_in("head-kz").get(f"/meetings/{MEETING}/minutes").text
    assert "No head of delegation is named for: Tajikistan, Turkmenistan." in page
    assert 'name="unnamed"' in page
    confirmed("head-kz", "minutes.agreed", version=1, unnamed=True)
    inputs = {"version": 1, "own_responsibility": True}
    assert list(refused(confirmed, "chair", "minutes.published", **inputs).fields) == ["unnamed"]
    confirmed("chair", "minutes.published", **inputs, unnamed=True)


def test_agreement_is_to_one_version_and_an_edit_ends_it(closed):
    closed("head-kz", "minutes.agreed", version=1)
    assert now(closed)["agreed"] == {"KZ"}
    closed("secretariat", "minutes.edited", after="p001", text="One thing more.")
    assert now(closed)["agreed"] == set()
    assert refused(closed, "head-jp", "minutes.agreed", version=1).kind == Kind.CONFLICT
    closed("head-kz", "minutes.agreed", version=2)
    assert now(closed)["agreed"] == {"KZ"}


def test_a_corrected_outcome_ends_the_agreement_too_and_its_confirmation_does_not(confirmed):
    confirmed("head-kz", "minutes.agreed", version=1)
    name = f"{MEETING}#joint-projects"
    with confirmed.app.database.reading() as session:
        changed = session.get_one(Outcome, name).changed
    entry = confirmed("head-kz", "outcome.corrected", outcome=name, changed=changed, title="Joint projects, many",
                      to=["JP"], reason="More of them")  # fmt: skip
    assert (now(confirmed)["version"], now(confirmed)["agreed"]) == (2, set())
    confirmed("head-kz", "outcome.confirmed", outcome=name, changed=entry.number)
    assert now(confirmed)["version"] == 2


def test_an_objection_has_a_correction_and_counts_until_the_text_changes(agreed):
    agreed("head-uz", "minutes.objected", version=1, paragraph="p002", correction="Uzbekistan thanked Japan.")
    assert now(agreed)["stands"]["UZ"] is False
    assert refused(agreed, "secretariat", "minutes.published", version=1).kind == Kind.NOT_ALLOWED
    assert list(refused(agreed, "chair", "minutes.published", version=1).fields) == ["own_responsibility"]
    inputs = {"version": 1, "correction": "x", "paragraph": "nowhere"}
    assert refused(agreed, "head-uz", "minutes.objected", **inputs).kind == Kind.NOT_FOUND
    agreed("secretariat", "minutes.edited", after="p002", text="Uzbekistan thanked Japan.")
    assert now(agreed)["stands"] == {}


def test_the_publication_releases_the_entries_it_is_based_on_and_no_others(agreed):
    public = PUBLIC_READER.scope(MEETING)
    with agreed.app.database.reading() as session:
        assert {entry.act for entry in of_place(session, MEETING, public)} == {"stage.set", "facts.published"}
    entry = agreed("secretariat", "minutes.published", version=1)
    assert entry.body["agreed"] == ["JP", "KZ", "KG", "TJ", "TM", "UZ"]
    assert "joint-projects" not in str(entry.body), "an unconfirmed outcome is not named"
    with agreed.app.database.reading() as session:
        entries = of_place(session, MEETING, public)
        bodies = " ".join(str(entry.body) for entry in entries)
        acts = {entry.act for entry in entries}
        assert session.get_one(Meeting, MEETING).status == "published"
        outcomes = {outcome.id.partition("#")[2]: outcome.status for outcome in session.query(Outcome)}
    assert {"meeting.opened", "floor.given", "pledge.made", "outcome.confirmed", "summary.noted", "statement.filed",
            "minutes.agreed", "minutes.published"} <= acts  # fmt: skip
    assert acts.isdisjoint({"minutes.drafted", "minutes.edited", "announcement.made"})
    assert "Экономические" in bodies
    assert "A SECRET DRAFT" not in bodies
    assert "hurried" not in bodies
    assert "joint-projects" not in bodies, "not even the id of an outcome that was not confirmed: it has its words"
    assert outcomes == {
        "grants-for-medical-equipment": "published", "joint-projects": "proposed",
        "agro-industrial-projects-with-japanese-firms": "published",
    }  # fmt: skip
    assert refused(agreed, "secretariat", "minutes.edited", after="p001", text="x").kind == Kind.OUT_OF_ORDER


def test_the_publication_does_not_tell_when_each_person_came_into_the_room(in_session):
    for person in ("head-kz", "secretariat", "note-taker"):
        assert in_session.app.lines.open(MEETING, f"p-{person}", person, {"person": person})
    in_session.app.door.perform(SYSTEM, "presence.noted", {"meeting": MEETING})
    in_session("chair", "meeting.closed")
    in_session("chair", "minutes.published", version=1, own_responsibility=True)
    with in_session.app.database.reading() as session:
        released = of_place(session, MEETING, PUBLIC_READER.scope(MEETING))
        assert "presence.noted" not in {entry.act for entry in released}
        assert "note-taker" not in " ".join(str(entry.body) for entry in released), "nobody spoke of the note-taker"
        (kazakhstan,) = [
            paragraph
            for entry in released
            if entry.act == "minutes.words_published"
            for paragraph in entry.body["paragraphs"]
            if (paragraph["kind"], paragraph["delegation"]) == ("delegation", "KZ")
        ]
    assert kazakhstan["text"].endswith("to the end"), "the hours of the delegation are public"


def test_the_published_entry_has_the_digest_of_the_content(agreed):
    entry = agreed("secretariat", "minutes.published", version=1)
    with agreed.app.database.reading() as session:
        assert agreed_by_all(session, MEETING)
        minutes = minutes_of(session, MEETING)
        assert minutes is not None
        document = document_of(session, session.get_one(Meeting, MEETING), minutes, published_only=True)
        assert digest(document) == entry.body["digest"]
        assert [outcome.id.partition("#")[2] for outcome in document.outcomes] == [
            "grants-for-medical-equipment", "agro-industrial-projects-with-japanese-firms",
        ]  # fmt: skip


def test_without_the_agreement_of_all_only_the_chair_publishes_and_the_record_says_so(confirmed):
    confirmed("head-kz", "minutes.agreed", version=1)
    inputs = {"version": 1, "own_responsibility": True}
    assert refused(confirmed, "secretariat", "minutes.published", **inputs).kind == Kind.NOT_ALLOWED
    assert list(refused(confirmed, "chair", "minutes.published", version=1).fields) == ["own_responsibility"]
    entry = confirmed("chair", "minutes.published", **inputs)
    with confirmed.app.database.reading() as session:
        assert not agreed_by_all(session, MEETING)
    assert entry.body["not_agreed"] == ["JP", "KG", "TJ", "TM", "UZ"]


def test_an_edited_draft_is_not_replaced_by_accident(closed):
    closed("secretariat", "minutes.edited", after="p001", text="Hours of work.")
    assert list(refused(closed, "secretariat", "minutes.drafted").fields) == ["anew"]
    closed("secretariat", "minutes.drafted", anew=True)
    assert now(closed)["version"] == 3
    assert not any("Hours" in text for text, _ in now(closed)["paragraphs"].values())


def test_the_head_of_a_delegation_that_was_not_invited_cannot_agree(closed):
    stranger = seated(Role.HEAD, MEETING, "EU")
    with pytest.raises(Refused) as refusal:
        closed.app.door.perform(stranger, "minutes.agreed", {"meeting": MEETING, "version": 1})
    assert refusal.value.kind == Kind.NOT_ALLOWED


def test_releases_do_not_change_the_hashes_of_the_record(agreed):
    with agreed.app.database.reading() as session:
        before = {row.number: row.hash for row in session.query(EntryRow)}
    agreed("secretariat", "minutes.published", version=1)
    with agreed.app.database.reading() as session:
        assert {row.number: row.hash for row in session.query(EntryRow) if row.number in before} == before
        assert entries_after(session, max(before))[0].audience == "public"
