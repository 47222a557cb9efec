"""Which files are begun first: those that take long, so that no process is still at one of them when all others rest.

The processes of `make unit` take one file after the other, in this order and then in that of the alphabet.
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
    "test_word_round",
    "test_bad_input",
    "test_word",
    "test_first_aid",
    "test_word_moves",
    "test_any_order",
    "test_files",
    "test_copies",
    "test_golden",
)
"""By name, those that take more than five seconds, the longest first. Nothing is wrong where one is missing."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest first; within a file the order stays."""
    rank = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(rank)))
