"""All acts on outcomes, one file each: importing this module registers them."""

from suhbat.outcomes import (
    announcements_and_projects,
    confirm_outcome,
    correct_outcome,
    decisions,
    pledges,
    report_delivery,
    withdraw_outcome,
)

__all__ = [
    "announcements_and_projects",
    "confirm_outcome",
    "correct_outcome",
    "decisions",
    "pledges",
    "report_delivery",
    "withdraw_outcome",
]
