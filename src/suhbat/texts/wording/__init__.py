"""Wordings, without database and web: words, differences, brackets with holders, rebasing, notation.

The algorithms are versioned: what was compiled once always compiles to the same.
"""
