"""Starts the slowest test files first, so that at the end no process works alone on a slow one.

The processes of `make unit` take one file after another: first these, in this order, then the others alphabetically.
"""

import pytest

LONGEST = (
    "test_two_servers",
    "test_way_to_everything",
    "test_carrier_processes",
    "test_rebuild",
    "test_documents",
    "test_html_in_text_fields",
    "test_rights_of_pages",
    "test_absurd_requests",
    "test_editing",
    "test_rights_of_acts",
    "test_loading",
    "test_record_commands",
    "test_search",
    "test_correcting",
    "test_footnotes",
    "test_word_round_trip",
    "test_refused_input",
    "test_word",
    "test_operator_mistakes",
    "test_word_moves",
    "test_proposal_order",
    "test_minutes_files",
    "test_copies",
    "test_earlier_versions",
)
"""Files that take more than five seconds, the slowest first. The list need not be complete."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slowest first; within a file the order stays."""
    rank = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(rank)))
