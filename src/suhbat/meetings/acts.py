"""The acts of this room, each told in the module of its subject."""

from suhbat.meetings import convening, places

__all__ = ["convening", "places"]
