"""Accessibility: the report of a barrier, the office's answer, and the statement on how accessible the site is.

Begriffe: Barriere melden (report_barrier), gemeldete Barriere (BarrierReport), Bewertung (StatementReview), Prüfung
durch Menschen (ManualCheck), bekannte Barriere (KnownBarrier), automatischer Prüflauf (TestRun).
Writes: its own tables. May use: cms, editing, privacy, notifications, accounts, core.
People: everyone (views/public.py), the office (views/office.py, views/statement.py).
"""
