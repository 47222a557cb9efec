"""Texts under negotiation: proposals, brackets, adoption, languages, copies."""
