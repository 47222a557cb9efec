"""Texts in Python: found where acts, panels, fields and choices are named, each with what it is said of."""

from io import BytesIO

import pytest
from scripts import translation_extractor


def texts_of(source: str) -> list[tuple[str, str]]:
    """Context and text of each that is found; a context that is not given is empty."""
    made = []
    for _line, name, texts, _comments in translation_extractor.extract(BytesIO(source.encode()), None, None, None):
        words = [texts] if isinstance(texts, str) else list(texts)
        made.append((words.pop(0), words[0]) if name == "pgettext" else ("", words[0]))
    return made


@pytest.mark.parametrize(
    ("source", "context", "text"),
    [
        ('lazy("Chair")', "", "Chair"),
        ('lazy("Chair", context="a state")', "a state", "Chair"),
        ('pgettext("a state", "Chair")', "a state", "Chair"),
        ('act("name.kept", "Keep", by=ALL)', "", "Keep"),
        ('act("name.kept", "Keep", by=ALL, context="a seat")', "a seat", "Keep"),
        ('panel("papers", "room", "Papers", "papers.html", order=3)', "", "Papers"),
        ('panel("papers", "room", "Papers", "papers.html", context="a meeting\'s")', "a meeting's", "Papers"),
        ('Meta(title="Name", max_length=20)', "", "Name"),
        ('Meta(title="Name", extra={"widget": "text", "context": "a person\'s"})', "a person's", "Name"),
    ],
)
def test_a_text_is_found_with_what_it_is_said_of(source, context, text):
    assert texts_of(source) == [(context, text)]


def test_the_help_of_a_field_is_a_sentence_and_has_no_context():
    source = 'Meta(title="Name", description="As on the passport.", extra={"context": "a person\'s"})'
    assert texts_of(source) == [("a person's", "Name"), ("", "As on the passport.")]


def test_the_words_of_a_choice_are_found_as_a_form_shows_them():
    assert texts_of('Literal["set-aside", "keep"]') == [("", "Set aside"), ("", "Keep")]


@pytest.mark.parametrize(
    "source",
    [
        'Kind = Annotated[Literal["move", "merge"], Meta(extra={"words_of": "kind of proposal"})]',
        'Kind = Annotated[list[Literal["move", "merge"]], Meta(le=2), Meta(extra={"words_of": "kind of proposal"})]',
    ],
)
def test_the_words_of_a_choice_are_said_of_what_stands_beside_it(source):
    assert texts_of(source) == [("kind of proposal", "Move"), ("kind of proposal", "Merge")]


def test_a_choice_within_a_field_does_not_lend_its_context_to_the_label():
    source = 'kind: Annotated[Literal["move"], Meta(title="Change", extra={"words_of": "kind of proposal"})]'
    assert sorted(texts_of(source)) == [("", "Change"), ("kind of proposal", "Move")]


def test_a_counted_text_keeps_its_context():
    source = BytesIO(b'npgettext("a list", "%(n)s point", "%(n)s points", n)')
    found = list(translation_extractor.extract(source, 0, 0, 0))
    assert [(name, texts) for _line, name, texts, _comments in found] == [
        ("npgettext", ("a list", "%(n)s point", "%(n)s points"))
    ]


def test_what_is_given_in_the_place_of_a_context_is_not_taken_for_the_text():
    with pytest.raises(SyntaxError, match="line 2: a text and its context"):
        texts_of('\nlazy("a person", "Name")')
