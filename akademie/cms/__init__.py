"""Cms: pages, news, menus and settings that the office edits.

Begriffe: Standardseite (StandardPage), Nachricht (NewsPage), Einstellungen (AcademySettings).
Writes: its own tables. May use: topics, files, accounts, core.
"""
