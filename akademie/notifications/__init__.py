"""Notifications: tells people what concerns them, when they want to hear of it, and notices where nobody hears it.

Begriffe: Benachrichtigung, Art der Benachrichtigung (NotificationType), Wochenmail (weekly), Mitteilung (Notice),
Link in einer Mail (MailAction), unzustellbare Adresse (SilentAddress).
Each area declares its types (`types.py`) and sends them with `actions.notify`; what a mail asks for is declared as a
MailAction and linked with `mail_links.mail_link`. Writes: its own tables. May use: accounts, core.
"""
