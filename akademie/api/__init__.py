"""What the academy gives to machines: the read API, open data as files, the catalogue, feeds, the sitemap.

Begriffe: offene Daten (`PublicData`, core), Datensatz (`Collection`), Katalog (`catalogue`), Feed (`feed`).
Everything comes from `public_kinds`; what `visible_to` leaves out for a guest appears nowhere. Writes nothing but
tallies.
People: everyone (views/machine.py for programs, views/public.py for readers).
"""
