"""Texts leave the house and come back: PDF, Word, plain text, Akoma Ntoso."""
