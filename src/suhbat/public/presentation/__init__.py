"""How public facts are presented on pages: labels, sentences, filters and sources."""
