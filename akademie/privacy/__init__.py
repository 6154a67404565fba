"""Privacy: what is known about people, how long, and how they get it or have it deleted.

Begriffe: Meine Daten (DataOrder), Löschen, Aufbewahrungsfrist (RetentionRule), aufbewahrter Vorgang (LegalHold),
dem Archiv angeboten (ArchiveOffer), Verzeichnis der Verarbeitungen (Processing), Protokoll.
The areas answer for their own data through `people_data`, `retention_rules`, `processing` and `log_words`; nothing here
knows an area's name. Writes: its own tables, and the log's entries about people who are gone. May use: accounts, core.
People: everyone (views/public.py), people with an account (views/participant.py), the office (views/office.py, log.py).
"""
