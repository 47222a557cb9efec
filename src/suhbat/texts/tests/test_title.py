"""The title is negotiated like a paragraph: revisions, brackets, answers, history, languages."""

import pytest

from suhbat.ground.refusals import Kind, Refused
from suhbat.texts.adoption.canonical_text import document, hurdles
from suhbat.texts.languages.concordance import concordance
from suhbat.texts.languages.versions import version_of
from suhbat.texts.models import Revision, Text
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.text_guard_checks import live_on, proposed_wordings
from suhbat.texts.view.text_at_a_moment import changes_between, standing_at
from suhbat.texts.wording.bracket_notation import printed
from suhbat.texts.wording.brackets import compiled

OTHER = "Joint Statement on the Response to COVID-19"


@pytest.fixture
def table(sitting, app, convene):
    table = Table(app, convene(app), languages=["ja"])
    app.door.perform(table.at.secretariat, "stage.seated", {"meeting": table.meeting})
    return table


def refused(do, *arguments, **inputs) -> Refused:
    with pytest.raises(Refused) as refusal:
        do(*arguments, **inputs)
    return refusal.value


def title(table):
    return table.paragraph("Title")


def in_japanese(table):
    with table.app.database.reading() as session:
        return str(concordance(title(table), version_of(session, title(table).id, "ja")))


def test_another_title_is_proposed_answered_and_taken_and_the_first_one_stays_in_its_history(table):
    opened = table.state().opened
    proposal = table.propose("KZ", "Title", "Joint Statement", OTHER, note="Say what it is about.")
    with table.app.database.reading() as session:
        nodes = compiled(title(table).wording, proposed_wordings(live_on(session, title(table).id)), ("KZ",))
    assert printed(nodes) == "Joint Statement [KZ: on the Response to COVID-19]"
    assert "Proposals are still open on: Title" in str(refused(table.do, "chair", "adoption.asked").why)
    table.answer("JP", proposal, "supports")
    entry_number = table.incorporate(proposal).entry.number
    assert table.state().title == OTHER
    with table.app.database.reading() as session:
        text = session.get_one(Text, table.state().id)
        revisions = session.query(Revision).filter(Revision.paragraph == title(table).id).order_by(Revision.number)
        assert [revision.wording for revision in revisions] == ["Joint Statement", OTHER]
        (change,) = changes_between(standing_at(session, text, opened), standing_at(session, text, entry_number))
        assert (change.label, change.before, change.after) == ("Title", "Joint Statement", OTHER)
        assert document(session, text)["title"] == OTHER
        assert standing_at(session, text, opened).wordings[title(table).id] == "Joint Statement"


def test_the_drafter_redrafts_the_title_and_an_outdated_page_is_refused(table):
    last_change = title(table).changed
    table.do("chair", "paragraph.redrafted", paragraph=title(table).id, seen=last_change, wording=OTHER)
    assert (title(table).revision, table.state().title) == (2, OTHER)
    refusal = refused(
        table.do, "chair", "paragraph.redrafted", paragraph=title(table).id, seen=last_change, wording="Another"
    )
    assert refusal.kind == Kind.CONFLICT
    table.do("chair", "paragraph.closed", paragraph=title(table).id, seen=title(table).changed)
    assert refused(table.propose, "KZ", "Title", "Statement", "Declaration").kind == Kind.OUT_OF_ORDER


@pytest.mark.parametrize("kind", ["deletion", "move", "merge"])
def test_a_text_keeps_its_title_in_its_place(table, kind):
    inputs = {"kind": kind, "paragraph": title(table).id, "revision": 1, "wording": "All in one"}
    assert refused(table.do, "KZ", "proposal.made", **inputs).kind == Kind.OUT_OF_ORDER
    with_last_change = {"paragraph": title(table).id, "seen": title(table).changed}
    assert refused(table.do, "chair", "paragraph.redrafted", strike=True, **with_last_change).kind == Kind.OUT_OF_ORDER
    assert refused(table.do, "chair", "paragraph.moved", **with_last_change).kind == Kind.OUT_OF_ORDER


@pytest.mark.parametrize("wording", ["No", "x" * 301, "A title{note: with a note}", "Hid\u202eden", ""])
def test_invalid_titles_are_refused(table, wording):
    inputs = {"paragraph": title(table).id, "revision": 1, "wording": wording}
    assert "wording" in refused(table.do, "KZ", "proposal.made", **inputs).fields


def test_a_paragraph_proposed_behind_the_title_stands_first(table):
    table.do("KZ", "proposal.made", kind="addition", paragraph=title(table).id, wording="Meeting by video,")
    assert table.lines()[0].endswith("[KZ: Meeting by video,]")


def test_the_title_in_another_language_falls_behind_and_adoption_waits_for_it(table):
    entry_number = table.do("JP", "version.titled", language="ja", title="共同声明").entry.number
    assert in_japanese(table) == "draft"
    table.do("JP", "version.confirmed", paragraph=title(table).id, language="ja", seen=entry_number)
    assert in_japanese(table) == "confirmed"
    table.do("chair", "paragraph.redrafted", paragraph=title(table).id, seen=title(table).changed, wording=OTHER)
    assert in_japanese(table) == "behind"
    with table.app.database.reading() as session:
        text = session.get_one(Text, table.state().id)
        assert "In Japanese the title is not confirmed." in [str(hurdle) for hurdle in hurdles(session, text)]
        assert document(session, text)["titles"] == {"ja": "共同声明"}
    table.do("JP", "version.titled", language="ja", title="コロナ対策に関する共同声明", revision=2, seen=entry_number)
    assert in_japanese(table) == "draft"
    assert refused(table.do, "JP", "version.titled", language="ja", title="声明声明", revision=9).kind == Kind.NOT_FOUND


def test_the_title_has_a_page_of_its_own_and_its_brackets_stand_under_it(table, page, signed_in):
    table.propose("UZ", "Title", "Joint Statement", OTHER)
    html = signed_in("kz").get(page).text
    assert "title-brackets" in html
    assert "1 point waits for you" in html
    title_page = signed_in("kz").get(f"{page}/p/{title(table).id}").text
    assert "<h1>Title</h1>" in title_page
    assert "Leave the paragraph out" not in title_page
    table.do("JP", "version.titled", language="ja", title="共同声明")
    language_page = signed_in("kz").get(f"{page}/languages?to=ja").text
    assert "共同声明" in language_page
    assert "It says the same: confirm" in language_page
