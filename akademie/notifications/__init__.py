"""Notifications: tells people what concerns them.

Begriffe: Benachrichtigung, Art der Benachrichtigung (NotificationType).
Each area declares its types (`types.py`) and sends them with `notify`. Writes: nothing yet. May use: accounts, core.
"""
