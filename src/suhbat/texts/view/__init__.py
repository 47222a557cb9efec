"""A text as a reader sees it: laid out, drawn, cached and kept up to date."""
