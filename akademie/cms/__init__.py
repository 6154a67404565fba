"""Cms: pages, news, menus and settings that the office edits, and the back office itself.

Begriffe: Standardseite (StandardPage), Pflichtseite (Duty), Nachricht (NewsPage), Aktuelles (NewsIndexPage),
Einstellungen (AcademySettings), Menü (Menu, MenuLink).
Writes: its own tables, the groups' permissions and Wagtail's site. May use: topics, files, accounts, core.
People: everyone (views/public.py), the office (wagtail_hooks.py).
"""
