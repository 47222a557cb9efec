"""Convene: meetings, agenda, delegations, papers, calendars."""
