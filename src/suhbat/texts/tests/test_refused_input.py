"""What people send by mistake or on purpose: refused or shown, in words; nothing lost, nothing half-written."""

import io
import subprocess
import sys
import threading
import zipfile

import docx
import pytest

from suhbat.ground.refusals import Kind, Refused
from suhbat.record.reading import entries_after
from suhbat.texts.choices import paragraphs as paragraph_choices
from suhbat.texts.exchange.docx_import import read_word
from suhbat.texts.models import Proposal
from suhbat.texts.tests.large_word_files import five_hundred_pages
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.tests.test_adopting import refused, silence
from suhbat.texts.tests.test_text_pages import forms
from suhbat.texts.tests.test_word import edited, exported, insertion, plan_of

TURNED = "nearly \u202e2 billion\u202c"
"""Written from right to left: reads otherwise than it is."""


@pytest.fixture
def table(sitting, app, convene):
    table = Table(app, convene(app))
    app.door.perform(table.at.secretariat, "stage.seated", {"meeting": table.meeting})
    return table


def entries(table):
    with table.app.database.reading() as session:
        return len(entries_after(session, 0, limit=1_000_000))


def send(browser, page, content, name="text.docx"):
    return browser.post(page + "/from-word", files={"file": (name, content)})


def bomb():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<x>" + b" " * 90_000_000)
        archive.writestr("word/comments.xml", b" " * 90_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 not Word", b"PK\x03\x04 broken", bomb()])
def test_a_page_says_why_a_file_is_refused_and_nothing_is_written(table, signed_in, page, content):
    before = entries(table)
    answer = send(signed_in("kz"), page, content)
    assert answer.status_code == 422
    assert "file" in answer.text
    assert entries(table) == before


READ_WITHIN_LIMIT = """
import resource, sys
from suhbat.texts.exchange.docx_import import read_word
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
file = read_word(open(sys.argv[1], "rb").read())
print(len(file.paragraphs), len(file.unread))
"""
"""Reads a file in a process with a limit on its memory; both are arguments."""


def test_a_file_of_five_hundred_pages_is_read_in_bounded_memory_and_unmatched_paragraphs_are_listed(
    table, signed_in, page, tmp_path
):
    content = five_hundred_pages(cells=1)
    file = tmp_path / "thick.docx"
    file.write_bytes(content)
    command = [sys.executable, "-c", READ_WITHIN_LIMIT, str(file), str(600 * 1024 * 1024)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    assert done.stdout.split() == ["1001", "500"]
    plan = plan_of(table, content, "KZ")
    assert len(plan.intents) <= 60
    assert len(plan.unplaced) >= 1_400
    assert any("right file" in str(why) for _, why in plan.unplaced)
    assert sum("boxes" in str(why) for _, why in plan.unplaced) == 500
    before = entries(table)
    assert send(signed_in("kz"), page, content).status_code == 200
    assert entries(table) == before


def test_a_file_of_five_hundred_pages_with_larger_tables_is_refused_in_words(table, signed_in, page):
    before = entries(table)
    answer = send(signed_in("kz"), page, five_hundred_pages(cells=4))
    assert answer.status_code == 422
    assert "3,000 paragraphs" in answer.text
    assert entries(table) == before


def test_a_file_of_three_thousand_short_lines_is_read_and_one_line_more_is_not(table):
    document = docx.Document()
    document.add_paragraph("They agreed to help each other's citizens to return home.")
    for n in range(2_950):
        document.add_paragraph(f"The parties of annex {n} agreed on the measures of list {n % 7} with regard to trade.")
    buffer = io.BytesIO()
    document.save(buffer)
    assert len(plan_of(table, buffer.getvalue(), "KZ").intents) <= 60
    for _ in range(60):
        document.add_paragraph("More.")
    buffer = io.BytesIO()
    document.save(buffer)
    with pytest.raises(Refused) as refusal:
        read_word(buffer.getvalue())
    assert "3,000 paragraphs" in str(refusal.value.fields["file"])


def test_a_paragraph_longer_than_any_is_listed_and_the_rest_is_proposed(table):
    def change(xml):
        long = insertion("Kyrgyz Republic", "word " * 30_000)
        return xml.replace("home.</w:t></w:r>", "home.</w:t></w:r>" + long).replace("again in 2021", "again in 2022")

    plan = plan_of(table, edited(exported(table), change), "KG")
    assert [intent.label for intent in plan.intents] == ["3"]
    assert any("8,000" in str(why) for _, why in plan.unplaced)


@pytest.mark.parametrize("author", ["Казахстан", "Republic of Kazakhstan", "カザフスタン", "KZ", "Chair"])
def test_a_change_in_the_name_of_another_party_is_ignored_by_whatever_name(table, author):
    content = edited(
        exported(table),
        lambda xml: xml.replace("home.</w:t></w:r>", "home.</w:t></w:r>" + insertion(author, " Never.")),
    )
    plan = plan_of(table, content, "KG")
    assert plan.intents == []
    assert plan.left_alone == [author]
    if author != "Chair":
        assert [intent.label for intent in plan_of(table, content, "KZ").intents] == ["2"]


def test_letters_that_nobody_sees_are_named_wherever_the_text_is_shown_and_are_not_adopted(table, signed_in, page):
    table.incorporate(table.propose("JP", "1", "nearly 2 billion", TURNED))
    table.incorporate(table.propose("UZ", "2", "help", "he\u200blp"))
    browser = signed_in("kz")
    paragraph = table.paragraph("1").id
    for address in (page, f"{page}/p/{paragraph}", f"{page}/copies/brackets.txt", f"{page}/changes"):
        assert "U+202E" in browser.get(address).text, address
    with table.app.database.reading() as session:
        values = {"meeting": table.meeting, "text": table.text}
        assert any("⟨U+200B⟩" in label for _, label in paragraph_choices(session, table.at.heads["KZ"], values))
    assert "U+202E" in str(refused(silence, table).why)
    assert "U+200B" in str(refused(table.do, "chair", "adoption.asked").why)


def test_a_title_with_hidden_letters_is_refused(table):
    inputs = {"meeting": table.meeting, "title": "Joint \u202eStatement"}
    assert "title" in refused(table.app.door.perform, table.at.chair, "text.opened", inputs).fields


def test_variation_selectors_of_kanji_are_allowed(table):
    table.incorporate(table.propose("JP", "1", "nearly", "葛\U000e0100城市"))
    silence(table)


def test_control_letters_are_refused_with_the_field(table):
    for letter in ("\x00", "\x1b", "\x0b"):
        assert "wording" in refused(table.propose, "JP", "1", "nearly", f"near{letter}ly").fields


def test_two_drafters_take_two_proposals_at_the_same_moment(table):
    names = [table.propose("JP", "1", "nearly", "up to"), table.propose("UZ", "1", "nearly", "about")]
    last_change = table.paragraph("1").changed
    gate, outcomes = threading.Barrier(2), []

    def take(name, drafter):
        gate.wait()
        try:
            table.do(drafter, "proposal.incorporated", proposal=name, seen=last_change)
            outcomes.append("taken")
        except Refused as refusal:
            outcomes.append(refusal.kind)

    threads = [threading.Thread(target=take, args=pair) for pair in zip(names, ("chair", "secretariat"), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, outcomes)) == sorted(["taken", str(Kind.CONFLICT)])
    with table.app.database.reading() as session:
        assert {session.get_one(Proposal, name).status for name in names} == {"incorporated", "flagged"}


def test_whatever_comes_after_the_deadline_comes_too_late(table, clock):
    proposal = table.propose("JP", "1", "nearly", "up to")
    table.do("JP", "proposal.withdrawn", proposal=proposal)
    name = silence(table)
    clock.forward(days=9)
    late = {"silence": name, "paragraph": table.paragraph("1").id, "reason": "Too late"}
    refusal = refused(table.do, "KZ", "silence.broken", **late)
    assert refusal.kind == Kind.OUT_OF_ORDER
    assert "deadline" in str(refusal.why)
    for act, inputs in (
        ("silence.lifted", {"silence": name}),
        ("proposal.made", {"paragraph": late["paragraph"], "revision": 1, "wording": "Late."}),
        ("adoption.asked", {}),
        ("version.languages_set", {"languages": ["ru"]}),
    ):
        by = "KZ" if act == "proposal.made" else "chair"
        assert refused(table.do, by, act, **inputs).kind == Kind.OUT_OF_ORDER, act


def test_an_answer_to_a_paragraph_whose_silence_has_ended_comes_too_late(table, clock):
    paragraph = table.paragraph("2").id
    done = table.do("chair", "silence.started", paragraph=paragraph, deadline="2020-08-14T18:00")
    proposal = table.propose("JP", "1", "nearly", "up to")
    clock.forward(days=9)
    late = {"silence": done.entry.body["silence"], "paragraph": paragraph, "reason": "Too late"}
    refusal = refused(table.do, "KZ", "silence.broken", **late)
    assert refusal.kind == Kind.OUT_OF_ORDER
    assert "deadline" in str(refusal.why)
    assert refused(table.propose, "KZ", "2", "home", "home soon").kind == Kind.OUT_OF_ORDER
    table.answer("KZ", proposal, "supports")  # the other paragraphs are not agreed


def test_an_answer_to_a_question_that_is_closed_comes_too_late(table, signed_in, page):
    proposal = table.propose("JP", "1", "nearly", "up to")
    last_change = table.proposal(proposal).changed
    (form,) = forms(signed_in("kz").get(page).text, "position.taken")
    table.do("JP", "proposal.withdrawn", proposal=proposal)
    late = signed_in("kz").post("/acts/position.taken", data={**form, "stand": "supports"})
    assert late.status_code == 409
    assert "settled" in late.text
    table.do("chair", "adoption.asked")
    for state in ("JP", "KZ", "KG", "TJ", "TM", "UZ"):
        table.do(state, "adoption.answered", agrees=True)
    before = entries(table)
    for by, act, inputs in (
        ("KZ", "adoption.answered", {"agrees": False, "reason": "Too late."}),
        ("KZ", "position.taken", {"proposal": proposal, "seen": last_change, "stand": "supports"}),
        ("chair", "adoption.asked", {}),
    ):
        assert refused(table.do, by, act, **inputs).kind == Kind.OUT_OF_ORDER, act
    assert entries(table) == before
    assert table.state().status == "adopted"


def test_letters_that_nobody_sees_are_named_in_everything_that_people_write_about_a_text(table, signed_in, page):
    hidden = "We agree\u202e, not\u202c."
    paragraph = table.paragraph("1").id
    first = table.propose("JP", "1", "nearly", "up to", note=hidden)
    table.answer("KZ", first, "objects", reason=hidden)
    second = table.propose("UZ", "2", "home", "home soon")
    table.do("chair", "package.tied", title=hidden, proposals=[first, second])
    third = table.propose("TJ", "1", "for medical equipment", "for all equipment")
    table.do("chair", "proposal.set_aside", proposal=third, reason=hidden)
    table.do("KG", "explanation.filed", wording=hidden)
    table.do("UZ", "note.kept", paragraph=paragraph, wording=hidden)
    browser = signed_in("uz")
    html = browser.get(f"{page}/p/{paragraph}").text
    for marker in ('class="why-note', 'class="stand-reason"', 'class="chip unknown"', "Settled proposals"):
        after_marker = html.partition(marker)[2][:400]
        assert "U+202E" in after_marker, marker
    assert "U+202E" in browser.get(page).text.partition("Explanations of position")[2]

    def change(xml):
        return xml.replace("2021.</w:t></w:r>", "2021.</w:t></w:r>" + insertion("Aibek M.", " So\u200bon."))

    preview = send(signed_in("kz"), page, edited(exported(table), change)).text
    assert "U+200B" in preview.partition("a new proposal")[2]
