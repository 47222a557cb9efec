"""The alphabetical order of each language. Code points would put Қ after я and Oʻ before P."""

import unicodedata
from functools import lru_cache

ALPHABETS: dict[str, tuple[str, ...]] = {
    "ru": tuple("абвгдежзийклмнопрстуфхцчшщъыьэюя"),
    "kk": tuple("аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"),
    "ky": tuple("абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"),
    "tg": tuple("абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя"),
    "tk": tuple("abçdeäfghijžklmnňoöprsştuüwyýz"),
    "uz": (*"abdefghijklmnopqrstuvxyz", "oʻ", "gʻ", "sh", "ch", "ng"),
}
"""The letters in their order. Uzbek's last five have two characters each; Russian treats ё as е."""

_ALIKE = str.maketrans({"'": "ʻ", "‘": "ʻ", "’": "ʻ", "ʼ": "ʻ"})
_RUSSIAN = str.maketrans("ё", "е")
_QUOTES = str.maketrans("", "", '«»„“”"「」『』')
"""Quotation marks are ignored: «Merkezi Aziýa – Hytaý» is sorted under M."""
_DIGITS_AFTER = 1
_LETTERS_AFTER = 11
"""Ranks: spaces and punctuation 0, digits from 1, letters from 11, letters of other scripts last."""
_AFTER_ALL = 10_000
_SMALL_KANA = str.maketrans("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ")


@lru_cache(maxsize=4096)
def sort_key(text: str, language: str) -> tuple[int | str, ...]:
    """A key that sorts texts of one language in its alphabetical order; letters of other scripts come last."""
    folded = unicodedata.normalize("NFC", text).casefold().translate(_QUOTES).translate(_ALIKE)
    if language == "ja":
        return (_kana(folded),)
    letters = ALPHABETS.get(language)
    if letters is None:
        return (_plain(folded),)
    return tuple(_ranks(folded.translate(_RUSSIAN) if language == "ru" else folded, letters))


def _ranks(text: str, letters: tuple[str, ...]) -> list[int]:
    ranks: list[int] = []
    position = 0
    while position < len(text):
        pair = text[position : position + 2]
        letter = pair if pair in letters else text[position]
        if letter != "ʻ":  # between letters it is an apostrophe, not a letter: maʼdan
            ranks.append(_rank(letter, letters))
        position += len(letter)
    return ranks


def _rank(letter: str, letters: tuple[str, ...]) -> int:
    if letter in letters:
        return letters.index(letter) + _LETTERS_AFTER
    if letter.isalpha():
        return _AFTER_ALL + ord(letter)
    return int(letter) + _DIGITS_AFTER if letter.isdecimal() else 0


def _plain(text: str) -> str:
    """Letters without their diacritics: Türkiye is sorted as Turkiye."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _kana(text: str) -> str:
    """The gojūon order: katakana as hiragana, small kana as large, voiced after unvoiced, without long vowel marks."""
    hiragana = "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in text if c not in "ー・")
    base = _plain(hiragana.translate(_SMALL_KANA))
    return f"{base} {hiragana}"
