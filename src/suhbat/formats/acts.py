"""The acts of this package, each defined in the file of its subject."""

from suhbat.formats import change_format, found_format, publish_format

__all__ = ["change_format", "found_format", "publish_format"]
