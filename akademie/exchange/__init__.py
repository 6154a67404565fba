"""Exchange: asking for help; today the request to the office.

Begriffe: Anfrage (HelpRequest).
Writes: its own tables. May use: practices, cms, towns, notifications, accounts, core.
People: everyone (views/public.py), the office (views/office.py and the back office).
"""
