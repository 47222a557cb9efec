"""How states and organisations are called, by language and form."""

SHORT_ENGLISH = {
    "JP": "Japan", "KZ": "Kazakhstan", "KG": "Kyrgyz Republic", "TJ": "Tajikistan", "TM": "Turkmenistan",
    "UZ": "Uzbekistan",
}  # fmt: skip


def state_name(code: str) -> str:
    """The short name of a state; its code where the register does not know it."""
    return SHORT_ENGLISH.get(code, code)
