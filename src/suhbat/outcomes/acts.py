"""The acts by which a meeting leaves something behind, and by which it is followed, each told in its own file."""

from suhbat.outcomes import (
    announcements,
    confirm_outcome,
    correct_outcome,
    decisions,
    pledges,
    report_delivery,
    withdraw_outcome,
)

__all__ = [
    "announcements",
    "confirm_outcome",
    "correct_outcome",
    "decisions",
    "pledges",
    "report_delivery",
    "withdraw_outcome",
]
