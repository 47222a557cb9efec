"""Texts in Python: found in the titles of acts, panels and fields and in choices, each with its context."""

from io import BytesIO

import pytest
from scripts import translation_extractor


def texts_of(source: str) -> list[tuple[str, str]]:
    """The context, or an empty text, and the text of each find."""
    pairs = []
    for _line, name, texts, _comments in translation_extractor.extract(BytesIO(source.encode()), None, None, None):
        words = [texts] if isinstance(texts, str) else list(texts)
        pairs.append((words.pop(0), words[0]) if name == "pgettext" else ("", words[0]))
    return pairs


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
def test_a_text_is_found_with_its_context(source, context, text):
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
def test_the_words_of_a_choice_have_the_context_beside_it(source):
    assert texts_of(source) == [("kind of proposal", "Move"), ("kind of proposal", "Merge")]


def test_the_label_of_a_field_does_not_get_the_context_of_its_choice():
    source = 'kind: Annotated[Literal["move"], Meta(title="Change", extra={"words_of": "kind of proposal"})]'
    assert sorted(texts_of(source)) == [("", "Change"), ("kind of proposal", "Move")]


def test_a_counted_text_keeps_its_context():
    source = BytesIO(b'npgettext("a list", "%(n)s point", "%(n)s points", n)')
    texts = list(translation_extractor.extract(source, 0, 0, 0))
    assert [(name, forms) for _line, name, forms, _comments in texts] == [
        ("npgettext", ("a list", "%(n)s point", "%(n)s points"))
    ]


def test_a_second_text_without_a_name_is_refused():
    with pytest.raises(SyntaxError, match="line 2: a text and its context"):
        texts_of('\nlazy("a person", "Name")')
