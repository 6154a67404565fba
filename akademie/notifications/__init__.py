"""Notifications: tells people what concerns them.

Begriffe: Benachrichtigung, Art der Benachrichtigung (NotificationType).
Writes: its own tables. May use: accounts, core.
"""
