"""All public facts in memory, as plain values, brought up to date by the record."""
