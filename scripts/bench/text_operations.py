"""Texts under negotiation: compiling, comparing, rebasing, exporting."""

import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from scripts.negotiations_of_the_data import Example, example

from bench import Row, part
from bench.served_process import STATES
from suhbat.texts.exchange.copy_pdf import pdf
from suhbat.texts.exchange.docx_export import word_file
from suhbat.texts.models import Paragraph, Text
from suhbat.texts.view.negotiation_board import row
from suhbat.texts.view.text_view import Line, Sheet
from suhbat.texts.wording.bracket_notation import printed
from suhbat.texts.wording.brackets import ProposedWording, compiled, forget
from suhbat.texts.wording.rebase import rebased
from suhbat.texts.wording.word_difference import NEWEST, difference

ORDER = ("CHAIR", *STATES)
FILE_TIME = datetime(2020, 8, 11, 9, 0, tzinfo=UTC)

Work = list[tuple[str, list[ProposedWording]]]


def work(plan: Example, paragraphs: int, proposals: int) -> Work:
    """The action plan, repeated until it is long enough; each repetition ends in another number."""
    bases = [w for w in plan.paragraphs.values() if len(w) > 40]  # noqa: PLR2004  (headings are no paragraphs)
    texts: Work = [(f"{bases[n % len(bases)]} ({n + 1})", []) for n in range(paragraphs)]
    for n in range(proposals):
        base, wordings = texts[n % paragraphs]
        words, k = base.split(" "), n + n // paragraphs  # (no two on one paragraph ask for the same)
        at = 3 + k % max(1, len(words) - 7)
        words[at] = f"{words[at]} indeed"
        words[-3] = ("early", "soon", "later", "jointly", "together", "again")[k % 6]
        wordings.append(ProposedWording(str(n), (STATES[k % len(STATES)],), " ".join(words)))
    return texts


def real(plan: Example) -> Work:
    """The action plan as it is, with its 200 proposals."""
    proposals: dict[str, list[ProposedWording]] = {label: [] for label in plan.paragraphs}
    for n, move in enumerate(plan.moves):
        proposals[move.label].append(ProposedWording(str(n), (move.by,), move.wording))
    return [(base, proposals[label]) for label, base in plan.paragraphs.items()]


def timed(task: Callable[[], object], times: int = 5) -> str:
    """The median of a few runs, in milliseconds."""
    return f"{_seconds(task, times) * 1000:.1f} ms"


def _seconds(task: Callable[[], object], times: int, clock: Callable[[], float] = time.perf_counter) -> float:
    spent = []
    for _ in range(times):
        began = clock()
        task()
        spent.append(clock() - began)
    return sorted(spent)[times // 2]


def cold(texts: Work) -> Callable[[], None]:
    """Compile with an empty cache."""

    def run() -> None:
        forget()
        warm(texts)()

    return run


def warm(texts: Work) -> Callable[[], None]:
    """Compile and print."""

    def run() -> None:
        for base, proposals in texts:
            printed(compiled(base, proposals, ORDER))

    return run


def amended(texts: Work) -> Work:
    """The same, where another delegation amends every second proposal within its own words."""
    amended_texts: Work = []
    for base, proposals in texts:
        more = [
            ProposedWording(
                f"{proposal.id}a", (_next(proposal.holders[0]),), f"{proposal.wording[:-1]} too.", proposal.id
            )
            for proposal in proposals[::2]
        ]
        amended_texts.append((base, [*proposals, *more]))
    return amended_texts


def _next(state: str) -> str:
    return STATES[(STATES.index(state) + 1) % len(STATES)]


def one_more(texts: Work) -> Callable[[], None]:
    """One more proposal on one paragraph, all else cached: what an act costs the next view of the text."""
    turn = count()
    warm(texts)()

    def run() -> None:
        base, proposals = texts[7]
        holder = STATES[next(turn) % len(STATES)]
        proposals.append(ProposedWording(f"more{next(turn)}", (holder,), f"{base} And {next(turn)}."))
        warm(texts)()

    return run


def compare(texts: Work) -> Callable[[], None]:
    """Compare every proposal with its base, with an empty cache."""

    def run() -> None:
        forget()
        for base, proposals in texts:
            for proposal in proposals:
                difference(base, proposal.wording)

    return run


def rebase(texts: Work) -> Callable[[], None]:
    """Every first proposal becomes the base; all others on its paragraph are rebased."""

    def run() -> None:
        forget()
        for base, proposals in texts:
            for proposal in proposals[1:]:
                rebased(base, proposals[0].wording, proposal.wording)

    return run


def growth(task: Callable[[Work], Callable[[], None]], sizes: list[Work]) -> str:
    """The same work at several sizes by processor time; what a proposal costs at the last size against the first."""
    spent = [_seconds(task(texts), 3, time.process_time) for texts in sizes]
    many = [sum(len(proposals) for _, proposals in texts) for texts in sizes]
    against = (spent[-1] / many[-1]) / (spent[0] / many[0])
    return ", ".join(f"{seconds * 1000:.1f}" for seconds in spent) + f" ms; each × {against:.2f}"


def sheet(texts: Work) -> Sheet:
    """A text laid out without a database."""
    lines = []
    for n, (base, proposals) in enumerate(texts):
        paragraph = Paragraph(
            id=f"a{n}", text="t", position=n, kind="operative", revision=1, wording=base, status="open", changed=1
        )
        lines.append(
            Line(paragraph, str(n + 1), [], [], compiled(base, proposals, ORDER), row(paragraph, [], {}, STATES))
        )
    text = Text(id="t", title="Action Plan", language="en", order=list(STATES), algorithm=NEWEST)
    return Sheet(text, lines, {line.paragraph.id: line.label for line in lines}, {}, [], {})


def paper(texts: Work) -> dict[str, object]:
    """A copy for the PDF."""
    paragraphs = [
        {"kind": "operative", "number": str(n + 1), "caption": "", "wording": base} for n, (base, _) in enumerate(texts)
    ]
    blocks = [{"state": s, "for": f"For {s}", "name": "", "below": "", "line": ""} for s in STATES]
    return {
        "title": "Action Plan", "kind": "", "language": "en", "meeting": "Bench", "state": "Draft", "adopted": True,
        "parties": list(STATES), "keeper": "", "keeper_word": "", "paragraphs": paragraphs, "blocks": blocks,
        "reordered": [], "left_alone": [], "digest": "", "digest_line": "",
    }  # fmt: skip


@part("texts", "Texts: compile, compare, rebase, export", order=30)
def texts() -> Iterator[Row]:
    """Times for the action plan of 60 paragraphs with 200 proposals, and for 400 with 2,000."""
    plan = example("action-plan")
    small, large = real(plan), work(plan, 400, 2_000)
    yield Row("compile 60 × 200, empty cache", timed(cold(small)), "< 30 ms")
    yield Row("compile 60 × 200 and 100 amendments, empty cache", timed(cold(amended(small))), "< 30 ms")
    yield Row("compile 60 × 200, as a page does it again", timed(warm(small)), "< 30 ms")
    yield Row("compile 400 × 2,000, empty cache", timed(cold(large), 3), "linear")
    yield Row("compile 400 × 2,000 after one more proposal", timed(one_more(work(plan, 400, 2_000))))
    yield Row("difference of 200 proposals and their bases, 60 × 200", timed(compare(small)))
    yield Row("difference of 2,000 proposals and their bases, 400 × 2,000", timed(compare(large), 3), "linear")
    yield Row("rebase of 200 proposals, 60 × 200", timed(rebase(small)))
    yield Row("rebase of 2,000 proposals, 400 × 2,000", timed(rebase(large), 3), "linear")
    longer = [work(plan, n, 4 * n) for n in (50, 100, 200, 400)]
    denser = [work(plan, 60, n) for n in (200, 400, 800)]
    for name, task in (("compile", cold), ("difference", compare), ("rebase", rebase)):
        yield Row(f"{name}, growth with paragraphs: 50, 100, 200, 400 (× 4)", growth(task, longer), "linear")
        yield Row(f"{name}, growth with proposals: 60 × 200, 400, 800", growth(task, denser), "linear")
    yield Row(
        "DOCX with 200 tracked changes", timed(lambda: word_file(sheet(small), FILE_TIME, tracked=True), 3), "< 2 s"
    )
    yield Row("PDF of 60 paragraphs", timed(lambda: pdf(paper(small), FILE_TIME), 3), "< 2 s")
    yield Row("PDF of 400 paragraphs", timed(lambda: pdf(paper(large), FILE_TIME), 1), "< 2 s")
    with tempfile.TemporaryDirectory() as folder:
        size = Path(folder, "text.docx").write_bytes(word_file(sheet(large), FILE_TIME, tracked=True))
    time_taken = timed(lambda: word_file(sheet(large), FILE_TIME, tracked=True), 1)
    yield Row("DOCX of 400 × 2,000", time_taken, "< 2 s", f"{size // 1024} kB")
