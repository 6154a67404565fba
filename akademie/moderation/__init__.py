"""Moderation: reports of public content, by everyone and without an account, each with a reasoned decision.

Begriffe: Meldung eines Inhalts (ContentReport), Entscheidung (ReportDecision).
Writes: its own tables; what a report is about is changed by its own area. May use: notifications, accounts, core.
People: everyone (views/public.py), the office (views/office.py). What the law asks for (Digital Services Act, Articles
16 and 17) is the measure, also where it does not bind a small operator.
"""
