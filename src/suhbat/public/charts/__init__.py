"""The numbers behind charts and sums."""
