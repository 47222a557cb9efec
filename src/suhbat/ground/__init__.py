"""What every package uses: settings, database, clock, languages, money, pages. It does not know about dialogues."""
