"""Persons, the seats that they hold, and the passkeys with which they sign in."""
