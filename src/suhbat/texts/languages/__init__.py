"""The languages of a text side by side, and the terms a format has agreed on."""
