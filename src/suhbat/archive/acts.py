"""Acts by which the facts of the public record enter the house, and by which editors keep them up."""

from suhbat.archive import (  # noqa: F401  (they register)
    add_delivery,
    add_meeting,
    add_outcome,
    correct_fact,
    file_reports,
    form_controls,
    withdraw_file,
)
