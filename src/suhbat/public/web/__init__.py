"""How public pages are answered: formats of an address, cards, pagination, markup for search engines."""
