"""Agree: texts under negotiation."""
