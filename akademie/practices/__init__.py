"""Practices: what towns have done, made to be taken over.

Begriffe: Praxisbeispiel (PracticeCase).
Writes: its own tables. May use: library, formats, towns, topics, files, accounts, core.
"""
