"""What is told to each person: the list, the feed, and the mails."""
