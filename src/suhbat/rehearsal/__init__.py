"""Rehearsals: a real conference is staged with its facts, for anyone who wants to try the application."""
