"""Search (Suche): German analysis, index, ranking, suggestions, highlights; `/suche/`.

`analysis` and `engine` are pure Python and know no Django. May use towns, files, topics, accounts and core.
"""
