"""Suhbat: the open secretariat for N+1 dialogues."""
