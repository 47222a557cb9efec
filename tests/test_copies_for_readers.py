"""What a reader may see makes that reader's pages: for the public, each state, each circle and the secretariats."""

import shutil

import pytest
from tests.copies_for_readers import assert_copies
from tests.earlier_versions import installation

from suhbat.acts import body_parts, registry
from suhbat.acts.partial_replay import replay_for
from suhbat.acts.readers import NoSuchReaderError, reader_named, states_of
from suhbat.acts.roles_and_seats import PUBLIC_READER, SYSTEM
from suhbat.command import main
from suhbat.floor.models import Statement
from suhbat.ground.database import Database
from suhbat.meetings.models import Delegation, Meeting
from suhbat.minutes.minutes_agreement import minutes_of
from suhbat.minutes.models import MinutesParagraph
from suhbat.outcomes.models import Outcome
from suhbat.people.queries import actor_for
from suhbat.record.reading import entries_after, of_place
from suhbat.texts.adoption.consensus import question_on
from suhbat.texts.models import OutcomeLink, Paragraph, Text

SECRET = "What Kazakhstan will say, and nobody knows yet"
WORDING = {"title": "Joint Statement", "paragraphs": "1. The ministers welcome this.\n2. They will meet again."}
WORDS = "Kazakhstan, Japan and their partners met, spoke and agreed. " * 20


@pytest.fixture
def copy_for(app, empty_sqlite, tmp_path):
    """Make the copy of a reader; returns its database and the file."""

    def make(name):
        file = tmp_path / f"{name}.sqlite3"
        shutil.copy(empty_sqlite, file)
        copy = Database(f"sqlite:///{file}")
        with app.database.reading() as session, copy.writing() as fresh:
            result = replay_for(reader_named(session, name), session, fresh)
        assert result.not_shown == []
        return copy, file

    return make


@pytest.fixture
def opened(app, convene):
    """The meeting is open at its first item; Kazakhstan has filed what it will say."""
    convened = convene(app)
    chair, at = convened.chair, {"meeting": convened.meeting}
    app.door.perform(chair, "meeting.opened", {**at, "present": ["JP", "KZ"]})
    app.door.perform(chair, "item.opened", {**at, "item": convened.items[0]})
    filed = {**at, "item": convened.items[0], "title": SECRET, "text": SECRET}
    app.door.perform(convened.heads["KZ"], "statement.filed", filed)
    return convened


def take_a_seat(app, convened, role, state):
    """Somebody is invited by the secretariat and takes the seat."""
    inputs = {"meeting": convened.meeting, "role": role, "state": state, "name": f"The {role} of {state}"}
    link = app.door.perform(convened.secretariat, "seat.offered", inputs).reply["link"]
    done = app.door.perform(PUBLIC_READER, "seat.taken", {"secret": link.rpartition("/")[2]})
    with app.database.reading() as session:
        return actor_for(session, done.reply["person"])


def promised(app, convened):
    """Kazakhstan speaks and promises twice."""
    at = {"meeting": convened.meeting}
    app.door.perform(convened.chair, "floor.given", {**at, "delegation": "KZ"})
    for title in ("Hospitals", "Roads"):
        promise = {**at, "title": title, "summary": f"{title} for all", "to": ["UZ"]}
        app.door.perform(convened.heads["KZ"], "pledge.made", promise)


def published(app, convened, *names):
    """The meeting is closed, these outcomes are confirmed, and the record is published."""
    at = {"meeting": convened.meeting}
    app.door.perform(convened.chair, "meeting.closed", at)
    _correct(app, convened, "hospitals", "Two hospitals")
    for name in names:
        outcome = _outcome(app, convened, name)
        inputs = {**at, "outcome": outcome.id, "changed": outcome.changed}
        app.door.perform(convened.heads["KZ"], "outcome.confirmed", inputs)
    version = _version(app, convened.meeting)
    app.door.perform(
        convened.chair, "minutes.published", {**at, "version": version, "own_responsibility": True, "unnamed": True}
    )


def held(app, convened):
    """Kazakhstan promises twice; the first promise is corrected. The record is published."""
    promised(app, convened)
    published(app, convened, "hospitals", "roads")


def adopted(app, convened, clock):
    """A text is opened and adopted by silence. Returns the inputs that name it."""
    at = {"meeting": convened.meeting}
    words = {"title": "Joint Statement", "paragraphs": f"1. {WORDS}\n2. {WORDS}"}
    text = {**at, "text": app.door.perform(convened.chair, "text.opened", {**at, **words}).reply["text"]}
    started = app.door.perform(convened.chair, "silence.started", {**text, "deadline": "2020-08-20T18:00"})
    clock.forward(days=30)
    app.door.perform(SYSTEM, "silence.held", {**text, "silence": started.entry.body["silence"]})
    return text


def public_words(app, convened):
    """All that the public entries of the meeting hold."""
    with app.database.reading() as session:
        return " ".join(str(entry.body) for entry in of_place(session, convened.meeting, PUBLIC_READER.scope("")))


def _correct(app, convened, name, title):
    outcome = _outcome(app, convened, name)
    inputs = {"title": title, "summary": "Corrected", "to": ["UZ"], "reason": "Two of them", "changed": outcome.changed}
    app.door.perform(
        convened.heads["KZ"], "outcome.corrected", {"meeting": convened.meeting, "outcome": outcome.id, **inputs}
    )


def _outcome(app, convened, name):
    with app.database.reading() as session:
        outcome = session.get_one(Outcome, f"{convened.meeting}#{name}")
        session.expunge(outcome)
        return outcome


def _version(app, meeting):
    with app.database.reading() as session:
        return minutes_of(session, meeting).version


def test_a_statement_reaches_a_copy_when_its_reader_may_read_it(app, opened, copy_for, empty_sqlite, tmp_path):
    for name, reads in (("KZ", True), ("secretariat", True), ("JP", False), ("public", False)):
        copy, file = copy_for(name)
        with copy.reading() as session:
            assert bool(session.query(Statement).count()) == reads, name
        copy.close()
        assert (SECRET.encode() in file.read_bytes()) == reads, name
    app.door.perform(opened.chair, "floor.given", {"meeting": opened.meeting, "delegation": "KZ"})
    copy, file = copy_for("JP")
    with copy.reading() as session:
        assert session.query(Statement).one().text == SECRET
    copy.close()
    assert_copies(app, empty_sqlite, tmp_path)


def test_the_public_follows_a_meeting_of_which_it_reads_three_entries(app, convene, copy_for, empty_sqlite, tmp_path):
    convened = convene(app, delegations=["JP", "KZ", "UZ"])
    at = {"meeting": convened.meeting}
    app.door.perform(convened.secretariat, "delegation.invited", {**at, "state": "KG"})
    reason = {"state": "UZ", "reason": "A quarrel that is not told"}
    app.door.perform(convened.secretariat, "delegation.withdrawn", {**at, **reason})
    for act in ("meeting.opened", "meeting.suspended", "meeting.resumed", "meeting.closed"):
        app.door.perform(convened.chair, act, at)
        copy, file = copy_for("public")
        with copy.reading() as session:
            statuses = {"meeting.opened": "open", "meeting.suspended": "suspended", "meeting.resumed": "open"}
            assert session.get_one(Meeting, convened.meeting).status == statuses.get(act, "closed")
            assert [row.state for row in session.query(Delegation).order_by(Delegation.position)] == ["JP", "KZ", "KG"]
        copy.close()
        assert b"A quarrel" not in file.read_bytes()
    assert_copies(app, empty_sqlite, tmp_path)


def test_a_copy_says_who_heads_a_delegation_and_whom_an_open_question_waits_for(
    app, convene, clock, copy_for, empty_sqlite, tmp_path
):
    """Seats are in no state's copy; who binds a delegation is told to all who take part."""
    convened = convene(app)
    meeting, at = convened.meeting, {"meeting": convened.meeting}
    japanese = take_a_seat(app, convened, "head", "JP")
    kazakh = take_a_seat(app, convened, "head", "KZ")
    take_a_seat(app, convened, "alternate", "UZ")
    assert_copies(app, empty_sqlite, tmp_path)
    app.door.perform(japanese, "meeting.opened", at)
    for person in (japanese, kazakh):
        assert app.lines.open(meeting, f"p-{person.id}", person.id, {"person": person.id})
    clock.forward(seconds=5)
    app.door.perform(SYSTEM, "presence.noted", at)
    text = {**at, "text": app.door.perform(japanese, "text.opened", {**at, **WORDING}).reply["text"]}
    app.door.perform(japanese, "adoption.asked", text)
    for name in ("KZ", "UZ", "secretariat"):
        copy, _file = copy_for(name)
        with copy.reading() as session:
            question = question_on(session, session.query(Text).one())
            assert question.waited_for == ["JP", "KZ"], name
            assert question.absent == ["KG", "TJ", "TM", "UZ"], name
        copy.close()
    assert_copies(app, empty_sqlite, tmp_path)
    seat = next(seat.id for seat in kazakh.seats)
    app.door.perform(kazakh, "seat.vacated", {**at, "seat": seat})
    copy, _file = copy_for("UZ")
    with copy.reading() as session:
        assert question_on(session, session.query(Text).one()).waited_for == ["JP"]
        assert not session.query(Delegation).filter(Delegation.state == "KZ").one().head_name
    copy.close()
    assert_copies(app, empty_sqlite, tmp_path)


def test_a_corrected_name_of_a_head_is_told_too(app, convene, copy_for, empty_sqlite, tmp_path):
    convened = convene(app)
    kazakh = take_a_seat(app, convened, "head", "KZ")
    inputs = {
        "meeting": convened.meeting,
        "seat": kazakh.seats[0].id,
        "name": "Mukhtar Tileuberdi",
        "reason": "Misspelt",
    }
    app.door.perform(convened.secretariat, "seat.corrected", inputs)
    copy, _file = copy_for("UZ")
    with copy.reading() as session:
        assert session.query(Delegation).filter(Delegation.state == "KZ").one().head_name == "Mukhtar Tileuberdi"
    copy.close()
    assert_copies(app, empty_sqlite, tmp_path)


def test_a_draft_tells_the_public_nothing(app, convene, copy_for):
    convened = convene(app, released=False, title="A meeting that nobody knows of")
    app.door.perform(convened.secretariat, "delegation.invited", {"meeting": convened.meeting, "state": "MN"})
    copy, file = copy_for("public")
    with copy.reading() as session:
        assert session.query(Meeting).count() == 0
    copy.close()
    assert b"nobody knows of" not in file.read_bytes()


def test_a_published_record_is_whole_for_who_reads_nothing_else(app, opened, copy_for, empty_sqlite, tmp_path):
    held(app, opened)
    copy, _file = copy_for("public")
    with copy.reading() as session:
        outcomes = session.query(Outcome).order_by(Outcome.position).all()
        assert [(outcome.title, outcome.status) for outcome in outcomes] == [
            ("Two hospitals", "published"),
            ("Roads", "published"),
        ]
    copy.close()
    assert_copies(app, empty_sqlite, tmp_path)


def test_a_long_record_is_published_in_several_entries(app, opened, monkeypatch, copy_for, empty_sqlite, tmp_path):
    monkeypatch.setattr(body_parts, "PART", 1_000)
    held(app, opened)
    with app.database.reading() as session:
        parts = [entry for entry in entries_after(session, 0) if entry.act == "minutes.words_published"]
        paragraphs = session.query(MinutesParagraph).count()
    assert len(parts) > 2
    copy, _file = copy_for("public")
    with copy.reading() as session:
        assert session.query(MinutesParagraph).count() == paragraphs
    copy.close()
    assert_copies(app, empty_sqlite, tmp_path)


def test_a_long_text_is_published_in_several_entries(app, convene, clock, monkeypatch, empty_sqlite, tmp_path):
    monkeypatch.setattr(body_parts, "PART", 1_000)
    convened = convene(app)
    text = adopted(app, convened, clock)
    app.door.perform(convened.secretariat, "text.published", text)
    with app.database.reading() as session:
        assert sum(entry.act == "text.part_published" for entry in entries_after(session, 0)) > 1
    assert_copies(app, empty_sqlite, tmp_path)


def test_a_published_text_names_a_promise_only_once_that_is_public(
    app, opened, clock, client, copy_for, empty_sqlite, tmp_path
):
    promised(app, opened)
    text = adopted(app, opened, clock)
    with app.database.reading() as session:
        paragraph = session.query(Paragraph).filter(Paragraph.kind != "title").first().id
    for name in ("hospitals", "roads"):
        link = {"paragraph": paragraph, "outcome": f"{opened.meeting}#{name}"}
        app.door.perform(opened.chair, "paragraph.linked", {**text, **link})
    app.door.perform(opened.secretariat, "text.published", text)
    page = f"/meetings/{opened.meeting}/texts/{text['text']}"
    assert "Joint Statement" in public_words(app, opened)
    for shown in (public_words(app, opened), client.get(page).text, client.get(f"{page}?view=brackets").text):
        assert "hospitals" not in shown
    assert_copies(app, empty_sqlite, tmp_path)
    published(app, opened, "hospitals")
    assert "#hospitals" in public_words(app, opened)
    assert "#roads" not in public_words(app, opened), "it was not confirmed"
    assert "roads" not in client.get(f"{page}?view=brackets").text
    copy, _file = copy_for("public")
    with copy.reading() as session:
        assert [link.outcome for link in session.query(OutcomeLink)] == [f"{opened.meeting}#hospitals"]
    copy.close()
    assert_copies(app, empty_sqlite, tmp_path)
    at_hospitals = {"paragraph": paragraph, "outcome": f"{opened.meeting}#hospitals"}
    for away in (("paragraph.unlinked", at_hospitals), ("paragraph.linked", {"paragraph": paragraph})):
        app.door.perform(opened.chair, away[0], {**text, **away[1]})
        copy, _file = copy_for("public")
        with copy.reading() as session:
            assert session.query(OutcomeLink).count() == 0, away[0]
        copy.close()
        assert_copies(app, empty_sqlite, tmp_path)
        app.door.perform(opened.chair, "paragraph.linked", {**text, **at_hospitals})


def test_an_explanation_of_a_published_text_is_public_at_once(app, convene, clock, empty_sqlite, tmp_path):
    convened = convene(app)
    text = adopted(app, convened, clock)
    before, after = {"wording": "We read it so."}, {"wording": "We still read it so."}
    app.door.perform(convened.heads["UZ"], "explanation.filed", {**text, **before})
    assert before["wording"] not in public_words(app, convened)
    app.door.perform(convened.secretariat, "text.published", text)
    app.door.perform(convened.heads["KZ"], "explanation.filed", {**text, **after})
    assert before["wording"] in public_words(app, convened)
    assert after["wording"] in public_words(app, convened)
    assert_copies(app, empty_sqlite, tmp_path)


def test_nobody_but_the_secretariat_learns_how_often_a_statement_was_rewritten(
    app, opened, copy_for, empty_sqlite, tmp_path
):
    inputs = {"meeting": opened.meeting, "item": opened.items[0], "text": "What we say"}
    for title in ("Second draft", "What we say"):
        app.door.perform(opened.heads["KZ"], "statement.filed", {**inputs, "title": title})
    app.door.perform(opened.chair, "floor.given", {"meeting": opened.meeting, "delegation": "KZ"})
    with app.database.reading() as session:
        shared = [entry for entry in entries_after(session, 0) if entry.act == "statement.shared"]
    assert [(entry.audience, len(entry.body["replaces"])) for entry in shared] == [
        ("secretariat", 0),
        ("secretariat", 1),
        ("secretariat", 1),
        ("participants", 0),
    ]
    copy, _file = copy_for("secretariat")
    with copy.reading() as session:
        rows = session.query(Statement).order_by(Statement.entry)
        assert [(row.title, row.replaced, bool(row.offered)) for row in rows] == [
            (SECRET, True, False),
            ("Second draft", True, False),
            ("What we say", False, True),
        ]
    copy.close()
    assert_copies(app, empty_sqlite, tmp_path)


def test_an_effect_that_needs_a_closed_entry_is_noticed(app, opened, monkeypatch, empty_sqlite, tmp_path):
    needs_the_room = registry.REGISTRY["facts.published"]
    monkeypatch.setattr(needs_the_room, "effect", lambda session: session.query(Statement).one())
    with pytest.raises(AssertionError, match="for public, these entries take no effect without others"):
        assert_copies(app, empty_sqlite, tmp_path)


def test_a_page_that_differs_on_a_copy_is_noticed(app, opened, monkeypatch, empty_sqlite, tmp_path):
    monkeypatch.setattr(registry.REGISTRY["facts.published"], "effect", None)
    with pytest.raises(AssertionError, match="as public, the copy answers differently"):
        assert_copies(app, empty_sqlite, tmp_path)


def test_the_readers_of_a_record(app, convene):
    convene(app)
    with app.database.reading() as session:
        assert states_of(session) == ["JP", "KG", "KZ", "TJ", "TM", "UZ"]
        for name in ("FR", "FR:health", "everyone", "KZ:", ""):
            with pytest.raises(NoSuchReaderError):
                reader_named(session, name)


@pytest.mark.parametrize("reader", ["public", "secretariat", "KZ", "KZ:health"])
def test_the_command_replays_what_a_reader_may_see(app, opened, reader, monkeypatch, capsys):
    monkeypatch.setenv("SUHBAT_DATA", str(app.settings.data))
    monkeypatch.setenv("SUHBAT_DATABASE_URL", app.settings.database_url)
    assert main(["record", "verify", "--as", reader]) == 0
    said = capsys.readouterr().out
    assert f"may be read as {reader}" in said
    assert "Each takes effect without any other entry." in said
    assert main(["record", "verify", "--as", "FR"]) == 2
    assert "FR reads no closed entry here" in capsys.readouterr().err


def test_of_a_record_of_an_earlier_version_the_command_names_what_is_not_shown(tmp_path, monkeypatch, capsys):
    settings = installation("0.1", tmp_path / "earlier", None)
    monkeypatch.setenv("SUHBAT_DATA", str(settings.data))
    assert main(["prepare"]) == 0
    assert main(["record", "verify", "--as", "public"]) == 0
    said = capsys.readouterr().out
    assert "meeting.released: 48 entries, from entry 11 on" in said
    assert "NOT AS RECORDED" not in said
    assert main(["record", "verify", "--as", "KZ"]) == 0
    assert "Each takes effect without any other entry." in capsys.readouterr().out


def test_a_change_after_the_release_is_public_without_the_name_in_the_chair(app, convene, copy_for, clock):
    convened = convene(app, chair_name="A minister who is not announced yet", chair_office="Minister")
    with app.database.reading() as session:
        seen = session.get_one(Meeting, convened.meeting).entry
    app.door.perform(convened.secretariat, "meeting.changed", {
        "meeting": convened.meeting, "seen": seen, "title": "Special video conference", "level": "ministerial",
        "mode": "video", "zone": "Asia/Tokyo", "opens": "2020-08-11T19:00", "closes": "2020-08-11T21:00",
        "chair_state": "JP", "chair_name": "A minister who is not announced yet", "chair_office": "Minister",
        "reason": "A quarrel that is not told", "host_first": True,
    })  # fmt: skip
    copy, file = copy_for("public")
    with copy.reading() as session:
        meeting = session.get_one(Meeting, convened.meeting)
        assert (meeting.opens_at, meeting.sequence) == ("2020-08-11T10:00:00.000000Z", 1)
        assert (meeting.chair_state, meeting.chair_name) == ("JP", None)
    copy.close()
    assert b"not announced yet" not in file.read_bytes()
    assert b"A quarrel" not in file.read_bytes()
    copy, _file = copy_for("KZ")
    with copy.reading() as session:
        assert session.get_one(Meeting, convened.meeting).chair_name == "A minister who is not announced yet"
    copy.close()
