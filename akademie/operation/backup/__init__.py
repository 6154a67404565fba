"""Backup: one file that holds the whole academy, and the way back (ADR on the form of the file: docs/adr).

    rows        rows of a database as neutral values, and back: the same for SQLite and PostgreSQL
    archive     the file: manifest, tables, files; written, verified
    restore     a file into an empty place, or beside the present one and then in its stead
    retention   which files stay
    rehearsal   the restore drill and the preflight, each on a copy in a process of its own

Nothing here knows the office's list of backups; `actions` do.
"""
