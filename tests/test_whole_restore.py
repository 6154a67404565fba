"""The whole academy from one file: a running site is backed up, and comes up elsewhere the same."""

import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from akademie.operation.backup import archive
from tests.browser import ROOT, START, Site, free_port, wait_for

# `browser` because it shares the filled site with the tests in one.
pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.browser]
PAGES = ["/", "/bibliothek/", "/praxis/seelow-mitte/", "/staedte/12070296/", "/suche/?q=Leerstand", "/impressum/"]
RENEWED = {"core.stamp", "django_tasks_database.dbtaskresult"}  # what others may have kept; jobs that ran
# What a start at another address writes again; the restore itself has compared each row of them before.
AT_THE_START = {"core.loadeddataset", "wagtailcore.site", "wagtailcore.page", "cms.standardpage"}


def manage(folder: Path, *arguments: str) -> None:
    """Run manage.py on a data folder."""
    ours = ("EMAIL_", "DATABASE_URL", "DATA_DIR", "DJANGO_SETTINGS_MODULE")  # of the tests
    variables = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    variables |= {
        "DJANGO_SETTINGS_MODULE": "akademie.settings", "DATA_DIR": str(folder), "SECRET_KEY": "x" * 60,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=variables, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def backup_of(folder: Path, target: Path) -> tuple[Path, archive.Manifest]:
    """Back up a data folder in a process of its own."""
    manage(folder, "backup", "--to", str(target))
    (path,) = target.glob("*.zip")
    return path, archive.verify(path)


@contextmanager
def running_from(path: Path, folder: Path) -> Iterator[Site]:
    """Run an academy from its backup as the manual says: `./run --restore`, on a folder that is not there yet."""
    ours = ("EMAIL_", "DATABASE_URL", "DATA_DIR", "DJANGO_SETTINGS_MODULE")  # of the tests
    variables = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    port = str(free_port())
    command = ["./run", "--restore", str(path), "--data", str(folder), "--port", port]
    said = folder.with_name(folder.name + ".log")
    with said.open("wb") as output:
        run = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_for(lambda: run.poll() is not None or "Die Akademie läuft" in said.read_text(), "it does not start", START)
        assert run.poll() is None, said.read_text()
        assert "Wiederhergestellt ist der Stand vom" in said.read_text()
        yield Site(f"http://localhost:{port}", folder)
    finally:
        run.terminate()
        run.wait(20)


def words(site: Site, path: str) -> str:
    """Return the words of a page's main part, without the host; tags hold what is made anew for each request."""
    with urllib.request.urlopen(f"{site.url}{path}") as answer:
        main = answer.read().decode().split("<main")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main.replace(site.url.removeprefix("http://"), "")).split())


def test_a_running_academy_comes_up_elsewhere_from_its_backup_alone(site: Site, tmp_path: Path) -> None:
    path, first = backup_of(site.folder, tmp_path / "first")
    assert first.row_count > 12_000
    with running_from(path, tmp_path / "elsewhere") as again:
        assert {page: words(again, page) for page in PAGES} == {page: words(site, page) for page in PAGES}
    second = backup_of(tmp_path / "elsewhere", tmp_path / "second")[1]
    assert first.tables.keys() == second.tables.keys()
    differing = {
        label
        for label, table in first.tables.items()
        if (table.rows, table.contents, table.last_number)
        != (second.tables[label].rows, second.tables[label].contents, second.tables[label].last_number)
    }
    assert differing <= RENEWED | AT_THE_START
    pages = ("wagtailcore.page", "cms.standardpage")
    assert [first.tables[label].rows for label in pages] == [second.tables[label].rows for label in pages]
    assert first.files == second.files
