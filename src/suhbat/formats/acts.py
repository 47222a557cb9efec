"""The acts of this package, each defined in the file of its subject."""

from suhbat.formats import added_parties, change_format, found_format, publish_format

__all__ = ["added_parties", "change_format", "found_format", "publish_format"]
