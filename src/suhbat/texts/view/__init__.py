"""A text as a reader sees it: laid out, drawn, kept and brought up to date."""
