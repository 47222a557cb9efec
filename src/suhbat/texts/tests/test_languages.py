"""Languages side by side: missing, draft, behind, confirmed; adoption waits for the confirmed ones."""

import pytest

from suhbat.ground.refusals import Kind, Refused
from suhbat.texts.languages.concordance import pairs
from suhbat.texts.models import Text
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.text_guard_checks import labels_of, paragraphs_of

RUSSIAN = "Министры приветствовали предоставление помощи в размере почти 2 млрд иен."


@pytest.fixture
def table(app, convene):
    return Table(app, convene(app), "1. The Ministers welcomed grant aid of nearly 2 billion yen.", languages=["ru"])


def refused(do, *arguments, **inputs) -> Refused:
    with pytest.raises(Refused) as refusal:
        do(*arguments, **inputs)
    return refusal.value


def pair(table):
    with table.app.database.reading() as session:
        text = session.get_one(Text, table.state().id)
        (languages_pair,) = pairs(session, text, paragraphs_of(session, text.id), labels_of(session, text), "ru")
        session.expunge_all()
        return languages_pair


def write(table, wording: str = RUSSIAN, **other):
    paragraph = table.paragraph("1")
    version = pair(table).version
    inputs = {"paragraph": paragraph.id, "language": "ru", "revision": paragraph.revision, "wording": wording}
    inputs |= {"seen": version.entry if version else 0} | other
    return table.do("secretariat", "version.written", **inputs)


def confirm(table, state: str, entry_number: int = 0):
    entry_number = entry_number or pair(table).version.entry
    return table.do(state, "version.confirmed", paragraph=table.paragraph("1").id, language="ru", seen=entry_number)


def test_a_version_is_missing_written_confirmed_and_falls_behind_when_the_lead_changes(table):
    assert pair(table).status == "missing"
    write(table)
    assert pair(table).status == "draft"
    confirm(table, "KZ")
    confirm(table, "JP")
    assert pair(table).version.confirmed == ["JP", "KZ"]
    assert pair(table).status == "confirmed"
    table.incorporate(table.propose("JP", "1", "nearly", "up to"))
    behind = pair(table)
    assert (behind.status, behind.followed) == ("behind", "The Ministers welcomed grant aid of nearly 2 billion yen.")
    assert refused(confirm, table, "KZ").kind == Kind.OUT_OF_ORDER
    write(table, RUSSIAN.replace("почти", "до"))
    assert pair(table).version.confirmed == []


def test_adoption_waits_for_the_confirmed_versions(table):
    assert "In Russian" in str(refused(table.do, "chair", "adoption.asked").why)
    write(table)
    confirm(table, "KZ")
    assert "In Russian the title is not confirmed." in str(refused(table.do, "chair", "adoption.asked").why)
    table.entitle("ru", "Совместное заявление")
    table.do("chair", "adoption.asked")


def test_a_version_that_changed_since_it_was_read_cannot_be_confirmed(table):
    entry_number = write(table).entry.number
    write(table, RUSSIAN.replace("почти", "около"))
    assert refused(confirm, table, "KZ", entry_number).kind == Kind.CONFLICT


def test_two_people_with_the_same_form_do_not_overwrite_each_other(table):
    first = write(table, seen=0).entry.number
    assert refused(write, table, RUSSIAN.replace("почти", "до"), seen=0).kind == Kind.CONFLICT
    assert (pair(table).version.wording, pair(table).earlier) == (RUSSIAN, [])
    write(table, RUSSIAN.replace("почти", "около"), seen=first)
    assert [(old.wording, old.entry, old.follows) for old in pair(table).earlier] == [(RUSSIAN, first, 1)]
    assert refused(write, table, seen=first).kind == Kind.CONFLICT


def test_a_version_of_an_earlier_revision_does_not_replace_one_of_a_later_revision(table):
    table.incorporate(table.propose("JP", "1", "nearly", "up to"))
    write(table, RUSSIAN.replace("почти", "до"))
    assert refused(write, table, RUSSIAN, revision=1).kind == Kind.CONFLICT
    assert "до 2 млрд" in pair(table).version.wording


def test_two_titles_in_one_language_do_not_overwrite_each_other(table):
    table.do("JP", "version.titled", language="ru", title="Совместное заявление")
    assert refused(table.do, "KZ", "version.titled", language="ru", title="Заявление").kind == Kind.CONFLICT


@pytest.mark.parametrize(
    ("inputs", "kind"),
    [
        ({"language": "ja"}, Kind.OUT_OF_ORDER),
        ({"revision": 7}, Kind.NOT_FOUND),
        ({"paragraph": "nowhere"}, Kind.NOT_FOUND),
        ({"wording": "\x07"}, Kind.INVALID),
    ],
)
def test_invalid_inputs_are_refused(table, inputs, kind):
    assert refused(write, table, **inputs).kind == kind


def test_agreed_terms_are_offered_and_checked(table):
    perform = table.app.door.perform
    term = {"format": "ca-japan", "en": "grant aid", "ru": "безвозмездная помощь"}
    assert (
        refused(perform, table.at.secretariat, "term.agreed", {"format": "ca-japan", "en": "one"}).kind == Kind.INVALID
    )
    term_id = perform(table.at.secretariat, "term.agreed", term).entry.body["term"]
    write(table)
    assert [(use.counterpart, use.used) for use in pair(table).terms] == [("безвозмездная помощь", False)]
    write(table, RUSSIAN.replace("помощи", "безвозмездной помощи"))
    assert [use.used for use in pair(table).terms] == [True]
    perform(table.at.secretariat, "term.dropped", {"format": "ca-japan", "term": term_id})
    assert pair(table).terms == []


def test_the_languages_of_a_text_are_chosen_by_the_drafter(table):
    table.do("chair", "version.languages_set", languages=["ja", "en"])
    assert table.state().languages == ["ja"]
    assert refused(table.do, "chair", "version.languages_set", languages=["xx"]).kind == Kind.INVALID
    assert refused(table.do, "JP", "version.languages_set", languages=[]).kind == Kind.NOT_ALLOWED
