"""The rehearsal: a real conference staged with its facts, for whoever wants to try."""
