"""What the rehearsal does beside answering requests."""

from suhbat.rehearsal.playing import run

CHORES = [run]
