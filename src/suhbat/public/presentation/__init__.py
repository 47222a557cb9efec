"""How public facts are said on a page: labels, sentences, filters and sources."""
