"""What every room stands on: settings, database, clock, languages, money, pages. Knows nothing of dialogues."""
