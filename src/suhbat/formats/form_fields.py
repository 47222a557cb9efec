"""Types of the fields that forms of formats and meetings have in common."""

from typing import Annotated, Literal

from msgspec import Meta

LEVELS = Literal["summit", "ministerial", "senior-officials", "expert", "business", "intellectual"]
States = Annotated[list[str], Meta(max_length=60, extra={"choices": "states", "widget": "boxes"})]
PARTIAL_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
"""A year, a month or a day."""
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
"""The last part of an address: small letters, figures and hyphens."""
