"""Terms: what the words of administrations mean, explained where they stand.

Begriffe: Fachwort (Term), seine anderen Formen (forms). Pages mark the first place of each with `{% terms %}`.
Writes: its own table. May use: accounts, core.
"""
