"""Exchange: asking for help; today the request to the office.

Begriffe: Anfrage (HelpRequest).
Writes: its own tables. May use: towns, notifications, accounts, core.
"""
