"""The acts of the floor, by what they are about."""

from suhbat.floor import asking, giving, listing, opening, statements

__all__ = ["asking", "giving", "listing", "opening", "statements"]
