"""There and back: an empty place, the same content, from one kind of database to the other."""

import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.conf import settings as real_settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.images import get_image_model
from wagtail.models import Collection, ModelLogEntry, Page, Revision

from akademie.accounts.models import User
from akademie.core.actions import NotPossible
from akademie.core.contributions import reference_data
from akademie.core.ground import claim_data_folder
from akademie.core.models import LoadedDataSet, OutgoingMail, Stamp
from akademie.core.tests.running_worker import environment
from akademie.operation.actions import backups
from akademie.operation.backup import archive
from akademie.operation.backup.restore import _in_place
from akademie.operation.models import Backup

SQLITE = real_settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
# A restore takes its time because all migrations run. PostgreSQL, where slow tests are left out, is asked too: each way
# once. What does not reach a database there, or goes such a way again, has the mark itself.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long, *([pytest.mark.slow] if SQLITE else [])]
Contents = dict[str, tuple[int, str, int | None]]


def contents(manifest: archive.Manifest) -> Contents:
    """Return what a file says of each table: rows, their hash, the last key."""
    return {label: (table.rows, table.contents, table.last_number) for label, table in manifest.tables.items()}


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """The data folder of this academy."""
    settings.DATA_DIR = tmp_path / "here"
    settings.MEDIA_ROOT, settings.BACKUP_DIR = settings.DATA_DIR / "media", settings.DATA_DIR / "backups"
    settings.SEARCH_INDEX_DIR = settings.DATA_DIR / "index"
    settings.MEDIA_ROOT.mkdir(parents=True)
    return settings.DATA_DIR


@pytest.fixture
def house(folder: Path) -> User:
    """Rows that are hard to carry over: odd texts, moments, numbers, bytes, trees, gaps in the keys."""
    rita = User.objects.create_user("rita@stadt.example", first_name="Rita „Ö“ 🌻\\n\t'\"", last_name="")
    gone = User.objects.create_user("weg@stadt.example")
    gone.delete()  # its number must not be given out again
    User.objects.filter(pk=rita.pk).update(last_login=datetime.fromisoformat("1912-03-31T23:59:59.999999+01:00"))
    child = Collection.objects.get(depth=1).add_child(name="Bilder aus Prüm")
    page = Page(title="Über uns", slug="ueber-uns")
    Page.objects.get(depth=1).add_child(instance=page)
    page.save_revision()
    ModelLogEntry.objects.log_action(child, "wagtail.create", user=rita, data={"b": [1, 2.5, None], "a": "ß"})
    LoadedDataSet.objects.create(key="search.index", version="1")
    OutgoingMail.objects.create(address="a@b.example", sender="c@d.example", subject="Hallo", source=bytes(range(256)))
    DBTaskResult.objects.create(
        id=uuid.uuid4(), task_path="akademie.operation.actions.backups.drill_newest", backend_name="default",
        args_kwargs={"args": [], "kwargs": {}}, status="RUNNING", run_after=timezone.now(),
    )  # fmt: skip
    Stamp.objects.create(key="library", value="alt")
    (folder / "media" / "images").mkdir()
    (folder / "media" / "images" / "Müritz.jpg").write_bytes(os.urandom(70_000))
    picture = get_image_model()(title="Die Müritz bei Waren", file="images/Müritz.jpg", width=3, height=2)
    picture.save()
    return rita


@pytest.fixture
def empty_place(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """An empty data folder and an empty database; what this process does then, it does there."""
    place = tmp_path / "there"
    known, before = connection.settings_dict, dict(connection.settings_dict)
    options = dict(known["OPTIONS"])
    connection.close()
    if SQLITE:
        place.mkdir()
        known["NAME"] = str(place / "db.sqlite3")
    else:
        with connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA place")
        connection.close()
        known["OPTIONS"] = {**options, "options": "-c search_path=place"}
    kept = {name: getattr(settings, name) for name in ("DATA_DIR", "MEDIA_ROOT", "BACKUP_DIR", "SEARCH_INDEX_DIR")}
    settings.DATA_DIR, settings.MEDIA_ROOT = place, place / "media"
    settings.BACKUP_DIR, settings.SEARCH_INDEX_DIR = place / "backups", place / "index"
    yield place
    connection.close()
    known["NAME"], known["OPTIONS"] = before["NAME"], options
    for name, value in kept.items():
        setattr(settings, name, value)


def manage(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py in a process of its own."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=real_settings.BASE_DIR, env=environment(folder, **more),
        capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def quiet(line: str) -> None:
    """Say nothing."""


def test_a_restored_academy_is_the_same(house, folder, request):
    path, manifest = archive.write(folder / "backups")
    picture = (folder / "media/images/Müritz.jpg").read_bytes()
    place: Path = request.getfixturevalue("empty_place")
    said: list[str] = []
    backups.restore(path, kind="backup", replace=False, say=said.append)
    assert said[-1].startswith("Wiederhergestellt ist der Stand vom ")

    again = User.objects.get()
    assert (again.pk, again.first_name) == (house.pk, "Rita „Ö“ 🌻\\n\t'\"")
    assert again.last_login == datetime.fromisoformat("1912-03-31T23:59:59.999999+01:00")
    assert bytes(OutgoingMail.objects.get().source) == bytes(range(256))
    assert ModelLogEntry.objects.get().data == {"b": [1, 2.5, None], "a": "ß"}
    assert Page.objects.get(slug="ueber-uns").get_parent().depth == 1
    assert Revision.objects.get().content["title"] == "Über uns"
    assert User.objects.create_user("neu@stadt.example").pk == house.pk + 2
    assert (place / "media/images/Müritz.jpg").read_bytes() == picture
    assert not (place / "media/images/Müritz.jpg").stat().st_mode & 0o007

    # The back office finds its pages and files at once; its index is in no backup.
    assert [found.title for found in Page.objects.search("uns")] == ["Über uns"]
    assert [found.title for found in get_image_model().objects.search("Müritz")] == ["Die Müritz bei Waren"]

    # What others may have kept, or what was going on, is not taken for the present.
    assert Stamp.objects.get(key="library").value != "alt"
    assert DBTaskResult.objects.get().status == "READY"
    derived = [data_set.key for data_set in reference_data if data_set.derived]
    assert derived == ["search.index"]
    assert not LoadedDataSet.objects.filter(key__in=derived).exists()
    left = {entry.name for entry in place.iterdir() if not entry.name.startswith("db.sqlite3")}
    assert left == {"media", "serve.lock"}

    User.objects.filter(email="neu@stadt.example").delete()
    second = archive.write(place / "backups")[1]
    differing = {label for label, found in contents(second).items() if found != contents(manifest)[label]}
    # The stamps and the job that ran are renewed, and the deleted person has used up a number.
    assert differing == {"core.stamp", "django_tasks_database.dbtaskresult", "accounts.user"}
    assert contents(second)["accounts.user"][:2] == contents(manifest)["accounts.user"][:2]
    assert second.files == manifest.files


def test_export_import_export_is_equal_also_on_the_other_database(house, folder, tmp_path, request):
    """From here into a SQLite of its own, out again, and back into a database of the kind of this test."""
    first_path, first = archive.write(tmp_path / "first", kind="export")

    elsewhere = tmp_path / "elsewhere"
    sqlite = {"DATABASE_URL": f"sqlite:///{elsewhere / 'db.sqlite3'}"}
    elsewhere.mkdir()
    done = manage(elsewhere, "import_all", str(first_path), **sqlite)
    assert (done.returncode, done.stderr) == (0, "")
    done = manage(elsewhere, "export_all", "--to", str(tmp_path / "second"), **sqlite)
    assert (done.returncode, done.stderr) == (0, "")
    (second_path,) = (tmp_path / "second").glob("*.zip")
    second = archive.verify(second_path)
    assert second.database == "sqlite"
    assert contents(second) == contents(first)
    assert second.files == first.files

    with closing(sqlite3.connect(elsewhere / "db.sqlite3")) as database:
        ((word,),) = database.execute("SELECT link_word FROM accounts_user")
    assert len(word) == 32  # a new one: links of the other academy open nothing here
    assert word != house.link_word

    if SQLITE:
        return  # the way back would be the way there once more
    place: Path = request.getfixturevalue("empty_place")
    backups.restore(second_path, kind="export", replace=False, say=quiet)
    third = archive.write(place / "out", kind="export")[1]
    assert third.database == connection.vendor
    assert contents(third) == contents(first)
    assert third.files == first.files


def test_nothing_changes_when_the_place_is_taken(house, folder):
    path, _ = archive.write(folder / "backups")
    with pytest.raises(NotPossible, match="liegt schon eine Akademie"):
        backups.restore(path, kind="backup", replace=False, say=quiet)
    assert User.objects.get() == house


def test_nothing_changes_while_the_academy_runs(house, folder, request):
    path, _ = archive.write(folder / "backups")
    place: Path = request.getfixturevalue("empty_place")
    with claim_data_folder(place), pytest.raises(NotPossible, match="Die Akademie läuft schon"):
        backups.restore(path, kind="backup", replace=False, say=quiet)
    assert not (place / "media").exists()


def test_a_backup_is_not_taken_for_an_export(house, folder):
    path, _ = archive.write(folder / "backups")
    with pytest.raises(NotPossible, match="ist eine Sicherung und keine Ausgabe"):
        backups.restore(path, kind="export", replace=False, say=quiet)


def changed(path: Path, **changes: Any) -> Path:
    """Return a copy of a backup with another manifest."""
    new = path.with_name("anders.zip")
    with ZipFile(path) as source, ZipFile(new, "w") as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == archive.MANIFEST:
                manifest = json.loads(content)
                for key, value in changes.items():
                    manifest[key] |= value
                content = json.dumps(manifest).encode()
            target.writestr(info.filename, content)
    return new


def test_a_newer_backup_is_refused(house, folder):
    path, manifest = archive.write(folder / "backups")
    newer = changed(path, migrations={"accounts": [*manifest.migrations["accounts"], "0099_the_future"]})
    with pytest.raises(NotPossible) as refusal:
        backups.restore(newer, kind="backup", replace=True, say=quiet)
    assert str(refusal.value) == (
        "anders.zip stammt aus einer neueren oder anderen Fassung der Akademie (0.1.0; hier läuft 0.1.0). "
        "Aktualisieren Sie zuerst das Programm. Unbekannt ist: accounts.0099_the_future"
    )
    assert User.objects.get() == house


@pytest.mark.slow
def test_the_command_refuses_what_it_cannot_take_and_changes_nothing(house, folder, tmp_path, request):
    path, manifest = archive.write(folder / "backups")
    whole = path.read_bytes()
    files = {
        "newer": changed(path, migrations={"accounts": [*manifest.migrations["accounts"], "0099_the_future"]}),
        **{name: tmp_path / f"{name}.zip" for name in ("truncated", "damaged", "letter", "foreign", "folder", "none")},
    }
    files["truncated"].write_bytes(whole[: len(whole) // 2])
    with ZipFile(path) as backup:
        largest = max(backup.infolist(), key=lambda member: member.compress_size)
    stain = largest.header_offset + 30 + len(largest.filename) + largest.compress_size // 2
    files["damaged"].write_bytes(whole[:stain] + b"Kaffeefleck" + whole[stain + 11 :])
    files["letter"].write_text("Sehr geehrte Damen und Herren")
    with ZipFile(files["foreign"], "w") as foreign:
        foreign.writestr("Urlaub.jpg", b"Meer")
    files["folder"].mkdir()
    place: Path = request.getfixturevalue("empty_place")
    found = {}
    for name, file in files.items():
        said = io.StringIO()
        with pytest.raises(SystemExit) as end:
            call_command("restore", str(file), stdout=io.StringIO(), stderr=said)
        found[name] = (end.value.code, said.getvalue().replace(str(tmp_path), "…"))
    assert {name: (code, re.sub(r" \(.*\)", " (…)", said)) for name, (code, said) in found.items()} == {
        "newer": (
            2, "anders.zip stammt aus einer neueren oder anderen Fassung der Akademie (…). Aktualisieren Sie zuerst "
            "das Programm. Unbekannt ist: accounts.0099_the_future\n",
        ),
        "truncated": (2, "Die Datei truncated.zip ist beschädigt oder unvollständig (…).\n"),
        "damaged": (2, "Die Datei damaged.zip ist beschädigt oder unvollständig (…).\n"),
        "letter": (2, "Die Datei letter.zip ist beschädigt oder unvollständig (…).\n"),
        "foreign": (2, "foreign.zip ist keine Sicherung der Kleinstadtakademie.\n"),
        "folder": (2, "Die Datei …/folder.zip lässt sich nicht lesen (…).\n"),
        "none": (2, "Die Datei …/none.zip gibt es nicht.\n"),
    }  # fmt: skip
    assert [entry for entry in place.rglob("*") if entry.is_file()] == []


def test_a_difference_is_found_and_nothing_is_left(house, folder, request):
    """The file is whole, but the rows read back are not those that the manifest says."""
    path, manifest = archive.write(folder / "backups")
    users = {**vars(manifest.tables["accounts.user"]), "contents": "0" * 64}
    other = changed(path, tables={"accounts.user": users})
    place: Path = request.getfixturevalue("empty_place")
    with pytest.raises(NotPossible, match=r"„accounts.user“ ist anders als in der Sicherung"):
        backups.restore(other, kind="backup", replace=False, say=quiet)
    assert [entry.name for entry in place.iterdir() if entry.name != "db.sqlite3"] == ["serve.lock"]
    with connection.cursor() as cursor:
        assert connection.introspection.table_names(cursor) == []


def test_replacing_keeps_a_backup_of_what_was_there(house, folder):
    path, _ = archive.write(folder / "elsewhere")
    User.objects.create_user("danach@stadt.example")
    (folder / "media/images/danach.jpg").write_bytes(b"neu")
    said: list[str] = []
    backups.restore(path, kind="backup", replace=True, say=said.append)
    assert [user.pk for user in User.objects.all()] == [house.pk]
    assert [file.name for file in (folder / "media").rglob("*.jpg")] == ["Müritz.jpg"]
    (kept,) = (folder / "backups").glob("akademie-*.zip")
    assert said[2] == f"Der jetzige Stand liegt in {kept}."
    with ZipFile(kept) as source:
        assert len(list(archive.read_table(source, "accounts.user"))) == 2
    assert [backup.name for backup in Backup.objects.all()] == [kept.name]
    assert not (folder / "media.before").exists()


def test_files_that_a_killed_restore_has_put_aside_are_kept_until_others_are_in_place(folder, settings):
    """Killed between the two names: the uploaded files lie aside, and there is no folder of that name."""
    (folder / "media").rename(folder / "media.before")
    (folder / "media.before" / "bild.jpg").write_bytes(b"da")
    (folder / "media.restoring").mkdir()
    with pytest.raises(NotPossible), _in_place(folder / "media.restoring"):
        raise NotPossible("the database refuses")
    assert [path.name for path in (folder / "media").iterdir()] == ["bild.jpg"]


def test_the_command_asks_before_it_replaces(house, folder):
    path, _ = archive.write(folder / "backups")
    done = manage(folder, "restore", "--replace", str(path))
    assert (done.returncode, done.stderr) == (2, "Abgebrochen. Nichts ist geändert.\n")
    assert User.objects.get() == house


@pytest.mark.slow
def test_a_drill_tells_good_backups_from_bad_ones(house, folder):
    path, _ = backups.write_by_hand(None, kind="backup")
    backups.drill_newest.func()
    good = Backup.objects.get()
    assert (good.drill_problem, good.name) == ("", path.name)
    assert good.drilled_at is not None
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"Kaffeefleck")
    backups.drill_newest.func()
    good.refresh_from_db()
    assert good.drill_problem.startswith(f"Die Datei {path.name} ist beschädigt")
    assert sorted(entry.name for entry in folder.joinpath("backups").iterdir()) == [".lock", path.name]


def test_the_drill_comes_once_a_week_and_not_right_after_a_backup(house, folder):
    path, _ = backups.write_by_hand(None, kind="backup")
    path.write_bytes(b"")  # so that a drill ends at once
    backups.drill_when_due.func()
    assert Backup.objects.get().drilled_at is None
    days_ago = timezone.now() - timedelta(days=3)
    Backup.objects.update(made_at=days_ago, drilled_at=days_ago)
    backups.drill_when_due.func()
    assert Backup.objects.get().drilled_at == days_ago
    Backup.objects.update(drilled_at=timezone.now() - timedelta(days=8))
    backups.drill_when_due.func()
    assert Backup.objects.get().drilled_at > days_ago


@pytest.fixture
def older() -> None:
    """The database as a release before this one left it."""
    MigrationExecutor(connection).migrate([("topics", "0001_initial")])


def pending() -> list[str]:
    executor = MigrationExecutor(connection)
    return [str(migration) for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def test_preflight_tries_pending_changes_on_a_copy(house, folder, older):
    archive.write(folder / "backups")
    done = manage(folder, "preflight")
    lines = [line.split(": ", 1)[0].strip() for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr, lines[:-1]) == (0, "", ["gut"] * 5)
    assert "topics.0002_loaded_hash" in pending()
    assert f"gut: {len(pending())} Änderungen an der Datenbank: gelangen auf einer Kopie mit " in done.stdout
    assert done.stdout.splitlines()[-1] == "Die Aktualisierung ist unbedenklich."
    assert not (folder / ".drill").exists()
    if not SQLITE:
        with connection.cursor() as cursor:
            cursor.execute("SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'akademie%'")
            assert cursor.fetchall() == []


@pytest.mark.slow
def test_the_backup_of_an_older_release_is_brought_forward(house, folder, older, request):
    path, manifest = archive.write(folder / "backups")
    assert manifest.migrations["topics"] == ["0001_initial"]
    place: Path = request.getfixturevalue("empty_place")
    backups.restore(path, kind="backup", replace=False, say=quiet)
    assert pending() == []
    assert (User.objects.get().pk, (place / "media").is_dir()) == (house.pk, True)


@pytest.mark.slow
def test_preflight_says_no_when_the_rows_do_not_fit(house, folder):
    """A row that points to nobody, as a fault of the disk or a hand in the database leaves it."""
    off, on = ("PRAGMA foreign_keys=OFF", "PRAGMA foreign_keys=ON")
    if not SQLITE:
        off, on = ("SET session_replication_role = replica", "SET session_replication_role = origin")
    with connection.cursor() as cursor:
        cursor.execute(off)
        cursor.execute("UPDATE wagtailcore_modellogentry SET content_type_id = 99999")
        cursor.execute(on)
    done = manage(folder, "preflight")
    assert done.returncode == 1
    assert done.stderr == "Aktualisieren Sie noch nicht.\n"
    assert "NEIN: Die Änderungen an der Datenbank scheitern auf einer Kopie" in done.stdout
