"""The Kleinstadtakademie: one package, one folder per area of the academy.

Python's own sqlite3 is usually linked to a SQLite that has the WAL-reset fault (3.7.0 to 3.51.2: rare corruption when
several connections write). Where the wheel exists, pysqlite3 brings a repaired release; it must be in place before
Django loads its database backend, hence here.
"""

import sys

try:
    import pysqlite3
    import pysqlite3.dbapi2
except ImportError:  # no wheel for this system: its own SQLite is used, and the health page says which
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
