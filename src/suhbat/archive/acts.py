"""The acts that bring in the facts of the public record and keep them up to date."""

from suhbat.archive import (  # noqa: F401  (they register)
    add_delivery,
    add_meeting,
    add_outcome,
    correct_fact,
    file_reports,
    form_controls,
    withdraw_file,
)
