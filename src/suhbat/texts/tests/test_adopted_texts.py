"""Adopted texts do not change: every act on texts is tried against an adopted one."""

import pytest

from suhbat.acts.registry import REGISTRY
from suhbat.acts.roles_and_seats import SYSTEM
from suhbat.ground.refusals import Kind, Refused
from suhbat.texts import acts
from suhbat.texts.adoption.canonical_text import digest, document
from suhbat.texts.models import Text
from suhbat.texts.negotiation import outcome_links
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.view.view_cache import ABOUT

LATER = {
    "text.opened": "another text, such as a corrigendum",
    "text.signed": "heads sign what was adopted",
    "text.published": "the adopted text is shown to all",
    "text.discussed": "what stands on the screens of the room",
    "explanation.filed": "stands beside the text",
    "paragraph.linked": "points to an outcome; no word of the text",
    "paragraph.unlinked": "points to an outcome; no word of the text",
    "note.kept": "a delegation's own",
}
"""Acts that an adopted text leaves room for, and why."""
ENDED = {
    "adoption.answered": "not asked",
    "adoption.last_call": "not asked",
    "adoption.put_off": "not asked",
    "text.adopted": "not asked",
    "silence.broken": "ended",
    "silence.extended": "ended",
    "silence.lifted": "ended",
    "silence.restored": "Nobody has broken",
    "silence.held": "No silence is running",
    "silence.reminded": "ended",
}
"""Acts that are refused because what they would end has ended; all others because the text is adopted."""
ADOPTED = "This text is adopted"
assert acts.__all__, "all acts are known"
ACTS = sorted(name for name in REGISTRY if name.startswith(ABOUT))


class Adopted(Table):
    aside = silence = ""
    noted = True


@pytest.fixture(params=["in the room", "by silence", "by a silence that nobody has looked at"])
def table(request, app, convene, clock, monkeypatch):
    table = Adopted(app, convene(app), languages=["ru"])
    outcomes = {f"{table.meeting}#grants": "Grants"}
    monkeypatch.setattr(outcome_links, "outcome_titles", lambda _session, _meeting: outcomes)
    set_aside = table.propose("KZ", "1", "nearly", "up to")
    table.do("chair", "proposal.set_aside", proposal=set_aside, reason="Not in this text")
    withdrawn = table.propose("UZ", "2", "home", "home soon")
    table.do("UZ", "proposal.withdrawn", proposal=withdrawn)
    for label in ("PP1", "1", "2", "3"):
        version = {"paragraph": table.paragraph(label).id, "language": "ru"}
        entry_number = table.do(
            "secretariat", "version.written", revision=1, wording=f"Слова {label}.", **version
        ).entry.number
        table.do("KZ", "version.confirmed", seen=entry_number, **version)
    table.entitle("ru", "Совместное заявление")
    silence = table.do("chair", "silence.started", deadline="2020-08-14T18:00").entry.body["silence"]
    if request.param == "in the room":
        table.do("chair", "silence.lifted", silence=silence)
        table.do("chair", "adoption.asked")
        for state in table.state().order:
            table.do(state, "adoption.answered", agrees=True)
    else:
        clock.forward(days=9)
        if request.param == "by silence":
            table.do(SYSTEM, "silence.held", silence=silence)
    table.aside, table.silence, table.noted = (
        set_aside,
        silence,
        request.param != "by a silence that nobody has looked at",
    )
    return table


def inputs_by_act_for(table):
    paragraph = table.paragraph("1")
    with_last_change = {"paragraph": paragraph.id, "seen": paragraph.changed}
    words = {"paragraph": paragraph.id, "revision": 1, "wording": "Other words."}
    proposal = {"proposal": table.aside, "seen": table.proposal(table.aside).changed}
    in_russian = {"paragraph": paragraph.id, "language": "ru"}
    silence = {"silence": table.silence}
    return {
        "adoption.answered": {"agrees": True},
        "compromise.offered": words,
        "explanation.filed": {"wording": "We understand it so."},
        "note.kept": {"paragraph": paragraph.id, "wording": "For us alone"},
        "package.tied": {"title": "A deal", "proposals": [table.aside, table.aside]},
        "package.untied": {"package": "none"},
        "paragraph.added": {"paragraphs": "4. More."},
        "paragraph.closed": with_last_change,
        "paragraph.linked": {"paragraph": paragraph.id, "outcome": f"{table.meeting}#grants"},
        "paragraph.moved": with_last_change,
        "paragraph.redrafted": with_last_change | {"wording": "Other words."},
        "paragraph.reopened": {"paragraph": paragraph.id, "reason": "We think again"},
        "paragraph.unlinked": {"paragraph": paragraph.id, "outcome": f"{table.meeting}#grants"},
        "position.taken": proposal | {"stand": "supports"},
        "proposal.incorporated": proposal,
        "proposal.joined": {"proposal": table.aside},
        "proposal.made": words,
        "proposal.repaired": proposal | {"how": "keep"},
        "proposal.revised": proposal | {"wording": "Other words."},
        "proposal.set_aside": {"proposal": table.aside, "reason": "Once more"},
        "proposal.taken_up": {"proposal": table.aside},
        "proposal.withdrawn": {"proposal": table.aside},
        "silence.broken": silence | {"paragraph": paragraph.id, "reason": "Too late"},
        "silence.held": silence,
        "silence.extended": silence | {"deadline": "2020-10-14T18:00", "reason": "More time"},
        "silence.lifted": silence,
        "silence.restored": silence,
        "silence.reminded": silence | {"stage": "day"},
        "silence.started": {"deadline": "2020-09-14T18:00"},
        "version.confirmed": in_russian | {"seen": 1},
        "version.drafted": in_russian | {"revision": 1, "wording": "Другие слова."},
        "version.languages_set": {"languages": []},
        "version.titled": {"language": "ru", "title": "Другое название"},
        "version.written": in_russian | {"revision": 1, "wording": "Другие слова."},
    }


def actor(table, act):
    by = REGISTRY[act].by
    if act in {"silence.held", "silence.reminded"}:
        return SYSTEM
    return "KZ" if "head" in by else "chair"


def content(table):
    with table.app.database.reading() as session:
        return document(session, session.get_one(Text, table.state().id))


def refusal_of(table, act: str, inputs) -> Refused | None:
    try:
        table.do(actor(table, act), act, **inputs)
    except Refused as refusal:
        return refusal
    return None


def test_every_act_that_would_change_it_is_refused_and_the_others_do_not_change_its_words(table):
    before, inputs_by_act = content(table), inputs_by_act_for(table)
    # Signing and opening have tests of their own; by `silence.held` the server notes that a silence has held.
    # By `text.part_published` it publishes the words of a published text.
    tested_elsewhere = {"text.signed", "text.opened", "text.part_published"} | (
        set() if table.noted else {"silence.held"}
    )
    refusals = {act: refusal_of(table, act, inputs_by_act.get(act, {})) for act in ACTS if act not in tested_elsewhere}
    done = {act for act, refusal in refusals.items() if refusal is None}
    assert done == set(LATER) - tested_elsewhere - (set() if table.noted else {"text.published"})
    for act, refusal in refusals.items():
        if refusal is not None:
            assert refusal.kind == Kind.OUT_OF_ORDER, (act, refusal.why)
            assert ENDED.get(act, "adopted text" if act in LATER else ADOPTED) in str(refusal.why), act
    assert content(table) == before
    if table.noted:
        assert digest(content(table)) == table.state().digest


def test_a_draft_of_other_words_is_no_longer_saved(table):
    with pytest.raises(Refused) as refusal:
        table.do("KZ", "note.kept", paragraph=table.paragraph("1").id, kind="draft", wording="Other words.")
    assert ADOPTED in str(refusal.value.why)


def test_its_title_is_closed_too(table):
    title = table.paragraph("Title")
    with pytest.raises(Refused) as refusal:
        table.propose("KZ", "Title", "Joint", "Common")
    assert ADOPTED in str(refusal.value.why)
    with pytest.raises(Refused):
        table.do("chair", "paragraph.redrafted", paragraph=title.id, seen=title.changed, wording="Another title")
