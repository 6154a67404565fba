"""Formats: the catalogue of learning, exchange and consulting formats.

Begriffe: Format, Steckbrief (FormatProfile), Schritt (FormatStep).
Writes: its own tables. May use: topics, files, accounts, core.
"""
