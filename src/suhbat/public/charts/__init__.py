"""The numbers of charts and totals."""
