"""Operation: what keeps the academy running and tells the office how it is.

Begriffe: Betrieb; Sicherung (Backup), Selbsttest (HealthCheck), Fehlermeldung (ErrorEntry).
Writes: its own tables. May use: accounts, core.
People: the office (views/office.py), machines (views/public.py), whoever runs the server (manage.py).
"""
