"""Texts leave the server and come back: PDF, Word, plain text, Akoma Ntoso."""
