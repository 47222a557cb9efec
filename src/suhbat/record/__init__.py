"""The spine: entries that are appended and never changed, their hashes, and the live tail of them."""
