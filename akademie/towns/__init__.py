"""Towns: the register of all municipalities, their profiles and their silhouettes.

Begriffe: Kleinstadt und jede Gemeinde (Town), Gemeindeschlüssel (AGS), Land (state), Kreis (district), Lage (location).
Writes: its own tables. May use: topics, accounts, core.
"""
