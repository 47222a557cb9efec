"""Who the persons are, which seats they hold, and the passkeys that prove it."""
