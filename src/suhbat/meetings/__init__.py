"""Meetings: convening, agenda, delegations and credentials, papers, calendars."""
