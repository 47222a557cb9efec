"""What the rehearsal does beside answering requests."""

from suhbat.rehearsal.runner import run

CHORES = [run]
