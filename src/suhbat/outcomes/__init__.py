"""What a meeting leaves behind, and what becomes of it."""
