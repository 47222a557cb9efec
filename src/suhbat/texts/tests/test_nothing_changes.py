"""After its adoption nothing in a text changes: every act on texts is tried against one that is adopted."""

import pytest

from suhbat.acts.registry import REGISTRY
from suhbat.acts.roles_and_seats import SYSTEM
from suhbat.ground.refusals import Kind, Refused
from suhbat.texts import acts
from suhbat.texts.adoption.canonical_text import digest, document
from suhbat.texts.models import Text
from suhbat.texts.negotiation import outcome_links
from suhbat.texts.tests.table import Table
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
    "silence.lifted": "ended",
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
    made = Adopted(app, convene(app), languages=["ru"])
    known = {f"{made.meeting}#grants": "Grants"}
    monkeypatch.setattr(outcome_links, "outcomes_said", lambda _session, _meeting: known)
    aside = made.propose("KZ", "1", "nearly", "up to")
    made.do("chair", "proposal.set_aside", proposal=aside, reason="Not in this text")
    other = made.propose("UZ", "2", "home", "home soon")
    made.do("UZ", "proposal.withdrawn", proposal=other)
    for label in ("PP1", "1", "2", "3"):
        where = {"paragraph": made.paragraph(label).id, "language": "ru"}
        seen = made.do("secretariat", "version.written", revision=1, wording=f"Слова {label}.", **where).entry.number
        made.do("KZ", "version.confirmed", seen=seen, **where)
    made.entitle("ru", "Совместное заявление")
    held = made.do("chair", "silence.started", deadline="2020-08-14T18:00").entry.body["silence"]
    if request.param == "in the room":
        made.do("chair", "silence.lifted", silence=held)
        made.do("chair", "adoption.asked")
        for state in made.state().order:
            made.do(state, "adoption.answered", agrees=True)
    else:
        clock.forward(days=9)
        if request.param == "by silence":
            made.do(SYSTEM, "silence.held", silence=held)
    made.aside, made.silence, made.noted = aside, held, request.param != "by a silence that nobody has looked at"
    return made


def inputs_of_all(table):
    paragraph = table.paragraph("1")
    about = {"paragraph": paragraph.id, "seen": paragraph.changed}
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
        "paragraph.closed": about,
        "paragraph.linked": {"paragraph": paragraph.id, "outcome": f"{table.meeting}#grants"},
        "paragraph.moved": about,
        "paragraph.redrafted": about | {"wording": "Other words."},
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
        "silence.broken": silence | {"paragraph": paragraph.id},
        "silence.held": silence,
        "silence.lifted": silence,
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


def tried(table, act: str, inputs) -> Refused | None:
    try:
        table.do(actor(table, act), act, **inputs)
    except Refused as refusal:
        return refusal
    return None


def test_every_act_that_would_change_it_is_refused_and_the_rest_leave_its_words_alone(table):
    before, given = content(table), inputs_of_all(table)
    elsewhere = {"text.signed", "text.opened"} | (set() if table.noted else {"silence.held"})
    """Told in `test_signing` and `test_adopting`; by `silence.held` the house notes what has held."""
    found = {act: tried(table, act, given.get(act, {})) for act in ACTS if act not in elsewhere}
    done = {act for act, refusal in found.items() if refusal is None}
    assert done == set(LATER) - elsewhere - (set() if table.noted else {"text.published"})
    for act, refusal in found.items():
        if refusal is not None:
            assert refusal.kind == Kind.OUT_OF_ORDER, (act, refusal.why)
            assert ENDED.get(act, "adopted text" if act in LATER else ADOPTED) in str(refusal.why), act
    assert content(table) == before
    if table.noted:
        assert digest(content(table)) == table.state().digest


def test_a_draft_of_other_words_is_no_longer_kept(table):
    with pytest.raises(Refused) as refusal:
        table.do("KZ", "note.kept", paragraph=table.paragraph("1").id, kind="draft", wording="Other words.")
    assert ADOPTED in str(refusal.value.why)


def test_its_title_is_as_closed_as_its_paragraphs(table):
    title = table.paragraph("Title")
    with pytest.raises(Refused) as refusal:
        table.propose("KZ", "Title", "Joint", "Common")
    assert ADOPTED in str(refusal.value.why)
    with pytest.raises(Refused):
        table.do("chair", "paragraph.redrafted", paragraph=title.id, seen=title.changed, wording="Another title")
