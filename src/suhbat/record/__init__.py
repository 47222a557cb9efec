"""The record, an event log: entries that are appended and never changed, their hashes, and the live tail."""
