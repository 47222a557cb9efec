"""The craft of wording, pure of database and web: words, differences, brackets with holders, rebasing, notation.

Text in, text out. The algorithms are versioned: what was compiled once compiles to the same for ever.
"""
