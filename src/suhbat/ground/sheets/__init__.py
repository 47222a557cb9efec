"""Tables from outside, as CSV or Excel files: read within limits, with their headings, and written to be filled in."""
