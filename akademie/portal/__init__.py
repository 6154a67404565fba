"""Portal: what puts everything together: start page, Wegweiser, topic pages of all areas, demo.

Begriffe: Wegweiser (guide), Anliegen (concern), Startseite (StartPage), Handbuch und Hilfe (handbook).
Writes: its own tables. May use: everything below.
"""
