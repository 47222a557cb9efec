"""Titles become addresses that anyone can type."""

import pytest

from suhbat.ground.slugs import slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Special Video Conference", "special-video-conference"),
        ("Déclaration commune — Paris, 2020", "declaration-commune-paris-2020"),
        ("Совместное заявление", ""),
        ("共同声明 2", "2"),
        ("Water and energy in Central Asia", "water-and-energy-in"),
    ],
)
def test_a_title_is_an_address_in_plain_letters(title, slug):
    assert slug_of(title, 30 if "Water" not in title else 20) == slug
