"""Starts the slowest test files first, so that at the end no process works alone on a slow one.

The processes of `make unit` take one file after another: first these, in this order, then the others alphabetically.
"""

import pytest

LONGEST = (
    "test_rebuild",
    "test_documents",
    "test_markup",
    "test_rights_of_pages",
    "test_absurd_questions",
    "test_curating",
    "test_rights_of_acts",
    "test_loading",
    "test_commands",
    "test_search",
    "test_correcting",
    "test_footnotes",
    "test_word_round_trip",
    "test_refused_input",
    "test_word",
    "test_first_aid",
    "test_word_moves",
    "test_proposal_order",
    "test_files",
    "test_copies",
    "test_golden",
)
"""Files that take more than five seconds, the slowest first. The list need not be complete."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slowest first; within a file the order stays."""
    rank = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(rank)))
