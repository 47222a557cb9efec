"""The background task of rehearsals."""

from suhbat.rehearsal.runner import run

CHORES = [run]
