"""Types of fields that the forms of formats and of meetings share."""

from typing import Annotated

from msgspec import Meta

States = Annotated[list[str], Meta(max_length=60, extra={"choices": "states", "widget": "boxes"})]
PARTIAL_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
"""A year, a month or a day."""
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
"""The last part of an address: lower-case letters, digits and hyphens."""
