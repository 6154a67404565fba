"""A short run of `benchmarks/chaos.py`: processes are killed while people read and write, and nothing is lost."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="children end with their parent on Linux only")
@pytest.mark.parametrize("database", ["SQLite", "PostgreSQL"])
def test_nothing_is_lost_when_processes_are_killed(tmp_path: Path, database: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("brings a database of its own")
    command = [sys.executable, "benchmarks/chaos.py", "--seconds", "12", "--seed", "22", "--data", str(tmp_path)]
    if database == "PostgreSQL":
        if not (programs := os.environ.get("POSTGRES")):
            pytest.skip("./test names the programs of PostgreSQL")
        command += ["--postgres", programs]
    elif "MIGRATED_SQLITE" in os.environ:  # as for the other tests, by setup/checks.py
        shutil.copyfile(os.environ["MIGRATED_SQLITE"], tmp_path / "db.sqlite3")
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=500, check=False)
    found = json.loads(ran.stdout)
    assert (found["missing"], found["error pages"]) == ({}, []), ran.stderr[-2000:]
    assert found["killed"], "nothing was killed"
    assert found["questions acknowledged"], "nobody could write"
