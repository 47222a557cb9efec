"""A form's labels and choices are translated in their context."""

from typing import Annotated, Literal

import pytest
from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Role, act, panels
from suhbat.acts.forms import Field, fields_of, word_label
from suhbat.acts.inputs import Input
from suhbat.acts.registry import REGISTRY
from suhbat.acts.roles_and_seats import Actor
from suhbat.ground.language import reading_in

Renewed = Annotated[Literal["keep", "fit"], Meta(extra={"words_of": "how a proposal is renewed"})]


class Introduced(Input, frozen=True, kw_only=True):
    person: Annotated[str, Meta(title="Name", extra={"context": "a person's"})]
    format: Annotated[str, Meta(title="Name", extra={"context": "a format's"})]
    fate: Annotated[Literal["keep", "fit"], Meta(extra={"words_of": "how a proposal is renewed"})] = "fit"
    ways: Annotated[list[Renewed], Meta(title="How")] = []
    levels: list[Literal["business", "senior-officials"]] = []


def drawn_in(code: str) -> dict[str, Field]:
    with reading_in(code):
        return {field.name: field for field in fields_of(Introduced, Session(), Actor("", ""), {}, {})}


@pytest.mark.parametrize(
    ("code", "of_a_person", "of_a_format"),
    [("ru", "Имя и фамилия", "Название"), ("ja", "氏名", "名称"), ("kk", "Аты-жөні", "Атауы"), ("en", "Name", "Name")],
)
def test_a_label_is_translated_in_its_context(code, of_a_person, of_a_format):
    form = drawn_in(code)
    assert form["person"].label == of_a_person
    assert form["format"].label == of_a_format


def test_the_words_of_a_choice_are_translated_in_their_context():
    assert drawn_in("ja")["fate"].choices == [("keep", "そのまま維持"), ("fit", "現在の文言に合わせる")]
    assert drawn_in("en")["fate"].choices == [("keep", "Keep"), ("fit", "Fit")]


def test_a_list_of_choices_has_the_same_words_as_one_choice():
    form = drawn_in("ru")
    assert form["ways"].choices == form["fate"].choices == [
        ("keep", "Оставить как было"), ("fit", "Подогнать к нынешнему тексту")
    ]  # fmt: skip


def test_a_word_without_a_context_has_the_general_translation():
    form = drawn_in("uz")
    assert form["levels"].choices == [
        ("business", "Ishbilarmon doiralar"),
        ("senior-officials", "Yuqori mansabdor shaxslar"),
    ]
    with reading_in("uz"):
        assert word_label("senior-officials") == "Yuqori mansabdor shaxslar"


def test_the_title_of_an_act_is_translated_in_its_context():
    @act("name.kept", "Keep", by={Role.ANYONE}, context="how a proposal is renewed")
    def keep(occasion, inputs: Introduced) -> dict[str, str]:
        return {}

    title = REGISTRY.pop("name.kept").title
    with reading_in("ja"):
        assert str(title) == "そのまま維持"


def test_the_title_of_a_panel_is_translated_in_its_context():
    panels.panel("kept", "nowhere", "Search", "kept.html", context="button")(lambda _session, _actor, _meeting: None)
    title = panels.PANELS.pop("kept").title
    with reading_in("ru"):
        assert str(title) == "Найти"
