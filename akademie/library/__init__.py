"""Library: publications and tools, found, cited, reused.

Begriffe: Bibliothek, Unterlage (LibraryItem).
Writes: its own tables. May use: topics, files, accounts, core.
"""
