"""How a text becomes agreed: silence, the chair's question, signatures, publication."""
