"""States, their names, and the formats (standing dialogues) in which they take part."""
