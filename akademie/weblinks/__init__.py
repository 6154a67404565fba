"""Links of the whole site: where they stand, whether they still lead somewhere, their replacement everywhere at once.

German words: Links prüfen, führt ins Leere, umgezogen, nicht prüfbar, überall ersetzen, archivierte Fassung. Reads what
is public through the opening `public_kinds`; knows no area that has content.
"""
