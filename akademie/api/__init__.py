"""What the academy gives to machines: the read API, open data as files, the catalogue, feeds, the sitemap.

Begriffe: offene Daten (`PublicData`, core), Datensatz (`Collection`), Katalog (`catalogue`), Feed (`feed`),
Zugangsschlüssel (`AccessKey`). Everything comes from `public_kinds`; what `visible_to` leaves out for a guest appears
nowhere. With a key a program hands in drafts (`handed_in`); the area's own declaration says which fields.
People: everyone (views/machine.py for programs, views/public.py for readers), the office (views/office.py: keys).
"""
