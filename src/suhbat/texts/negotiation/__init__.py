"""The negotiation of a text: proposals, positions, and what becomes of both."""
