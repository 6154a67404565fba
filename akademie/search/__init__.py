"""Search: one search over everything public, German.

Begriffe: Suche, Treffer (hit), Facette (facet), Vorschlag (suggestion).
Writes: its own tables and the index. May use: topics, accounts, core.
"""
