"""Topics: the academy's one vocabulary; every topic has a page that assembles itself.

Begriffe: Thema (Topic), Unterthema (a Topic with a parent), Synonym (a word that leads to the topic).
Writes: its own table. May use: accounts, core.
"""
