"""A person's page names the offices that the person held in the reader's language."""

import pytest

from suhbat.ground.language import reading_in
from suhbat.people.office_titles import office


@pytest.mark.parametrize("code", ["ru", "ja", "uz"])
def test_a_persons_page_names_the_office_in_the_readers_language(app, client, code, whole_record):
    page = client.get(f"/{code}/people/wang-yi").text.partition("<main")[2]
    with reading_in(code):
        title = office("Minister of Foreign Affairs")
    assert title in page
    assert "Minister of Foreign Affairs" not in page
    assert "Minister of Foreign Affairs" in client.get("/people/wang-yi").text
