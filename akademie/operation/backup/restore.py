"""A backup into an empty place, or beside the present academy and then in its stead.

Everything is built beside: the database in a file or a schema of its own, the uploaded files in a folder of their own.
Only when all of it is there and compared do they take their places. Whatever ends the work earlier changes nothing.
"""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from django.conf import settings
from django.core.management import call_command
from django.db import Error, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from akademie.accounts.models import User, new_link_word
from akademie.core.actions import NotPossible
from akademie.core.ground import NotStarted, claim_data_folder
from akademie.core.models import Stamp
from akademie.core.preparation import migrate
from akademie.operation.backup import archive, rows
from akademie.operation.backup.archive import Manifest

Say = Callable[[str], None]
BESIDE = ".restoring"  # ends the names of what is being built
SCHEMA = "akademie_restoring"
BEFORE = ".before"  # ends the name of the files that are being replaced


def restore(path: Path, *, kind: str, replace: bool, say: Say) -> Manifest:
    """Restore a file and return what it held; NotPossible, and nothing changed, when that cannot be done.

    Needs an empty place unless `replace`, which backs up first what is there; the academy must not be running with
    this data folder.
    """
    say("Die Datei wird geprüft …")
    manifest = archive.verify(path)
    if kind == "export" and manifest.kind != kind:
        raise NotPossible(f"{path.name} ist eine Sicherung und keine Ausgabe für andere. Nehmen Sie: restore")
    check_version(manifest, path)
    try:
        claim = claim_data_folder(settings.DATA_DIR)
    except NotStarted as reason:
        raise NotPossible(str(reason)) from reason
    with claim:
        if not is_empty():
            if not replace:
                raise NotPossible(
                    f"Im Datenordner {settings.DATA_DIR} liegt schon eine Akademie. Wählen Sie einen leeren Ordner "
                    "(--data), oder ersetzen Sie alles: ./run manage restore --replace DATEI"
                )
            _back_up_what_is_there(say)
        _check_space(path, manifest)
        files = _beside(Path(settings.MEDIA_ROOT))
        shutil.rmtree(files, ignore_errors=True)
        try:
            with archive.opened(path) as (source, _), _database_beside() as change_over:
                say("Die Datenbank wird eingerichtet …")
                _migrate_to(manifest)
                say(f"{manifest.row_count} Zeilen in {len(manifest.tables)} Tabellen werden eingelesen …")
                _load(source, manifest)
                migrate(say)  # forward, if the program is newer than the backup
                _renew(manifest)
                call_command("update_index", verbosity=0)  # the back office's search, which no backup holds
                say("Die Dateien werden eingespielt …")
                files.mkdir(parents=True)
                archive.extract(source, manifest, files, say)
                with _in_place(files):
                    change_over()
        except Error as error:
            raise NotPossible(f"Die Datenbank nimmt die Sicherung nicht an: {error}") from error
        except OSError as error:
            raise NotPossible(f"Die Dateien ließen sich nicht einspielen ({error.strerror}).") from error
        finally:
            shutil.rmtree(files, ignore_errors=True)
        shutil.rmtree(settings.SEARCH_INDEX_DIR, ignore_errors=True)  # made anew at the next start
    return manifest


def is_empty() -> bool:
    """Whether there is neither a database nor an uploaded file yet."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    return not tables and not any(path.is_file() for path in Path(settings.MEDIA_ROOT).rglob("*"))


def check_version(manifest: Manifest, path: Path) -> None:
    """Refuse what a newer version of the program has written."""
    known = MigrationLoader(None).disk_migrations
    unknown = [(app, name) for app, names in manifest.migrations.items() for name in names if (app, name) not in known]
    if unknown:
        raise NotPossible(
            f"{path.name} stammt aus einer neueren oder anderen Fassung der Akademie ({manifest.version}; hier läuft "
            f"{archive.product_version()}). Aktualisieren Sie zuerst das Programm. "
            f"Unbekannt ist: {'.'.join(unknown[0])}"
        )


def _back_up_what_is_there(say: Say) -> None:
    say("Der jetzige Stand wird gesichert …")
    try:
        path, _ = archive.write(Path(settings.BACKUP_DIR))
    except Error as error:
        raise NotPossible(
            f"Der jetzige Stand lässt sich nicht sichern ({error}). Legen Sie den Datenordner beiseite und stellen Sie "
            "in einen leeren wieder her."
        ) from error
    say(f"Der jetzige Stand liegt in {path}.")


def _check_space(path: Path, manifest: Manifest) -> None:
    with archive.opened(path) as (source, _):
        tables = sum(i.file_size for i in source.infolist() if i.filename.startswith(archive.TABLES))
    needed = manifest.file_bytes + 3 * tables + (50 << 20)
    if shutil.disk_usage(settings.DATA_DIR).free < needed:
        raise NotPossible(
            f"Auf dem Datenträger von {settings.DATA_DIR} ist zu wenig Platz: nötig sind {needed >> 20} MB. "
            "Schaffen Sie Platz, oder wählen Sie einen anderen Ordner."
        )


# -- the database -----------------------------------------------------------------------------------------------------
@contextmanager
def _database_beside() -> Iterator[Callable[[], None]]:
    """Within this block the connection leads to an empty database beside; calling what it gives puts it in place."""
    beside = _file_beside if connection.vendor == "sqlite" else _schema_beside
    with beside() as change_over:
        yield change_over


@contextmanager
def _file_beside() -> Iterator[Callable[[], None]]:
    place = Path(connection.settings_dict["NAME"])
    connection.close()
    new = _beside(place)
    _delete_database(new)
    connection.settings_dict["NAME"] = str(new)

    def change_over() -> None:
        _settle()  # leaves the file alone, without a journal
        connection.settings_dict["NAME"] = str(place)
        if place.exists():
            _settle()  # or the old journal would be taken for the new file's
        for ending in ("-wal", "-shm"):
            place.with_name(place.name + ending).unlink(missing_ok=True)
        descriptor = os.open(new, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
        new.replace(place)

    try:
        yield change_over
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(place)
        _delete_database(new)


def _settle() -> None:
    """Take the journal into the file and close."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _delete_database(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


@contextmanager
def _schema_beside() -> Iterator[Callable[[], None]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        place = connection.ops.quote_name(cursor.fetchone()[0])
        old = connection.introspection.table_names(cursor)
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
    connection.close()
    options = connection.settings_dict["OPTIONS"]
    before = options.get("options")
    options["options"] = f"{before or ''} -c search_path={SCHEMA}".strip()

    def back() -> None:
        connection.close()
        if before is None:
            options.pop("options", None)
        else:
            options["options"] = before

    def change_over() -> None:
        with connection.cursor() as cursor:
            new = connection.introspection.table_names(cursor)
        back()
        quote = connection.ops.quote_name
        with transaction.atomic(), connection.cursor() as cursor:
            for table in old:
                cursor.execute(f"DROP TABLE {place}.{quote(table)} CASCADE")
            for table in new:
                cursor.execute(f"ALTER TABLE {SCHEMA}.{quote(table)} SET SCHEMA {place}")
            cursor.execute(f"DROP SCHEMA {SCHEMA} CASCADE")

    try:
        yield change_over
    finally:
        back()
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


def _migrate_to(manifest: Manifest) -> None:
    """Give the empty database the shape that it had when the backup was made."""
    executor = MigrationExecutor(connection)
    wanted = {(app, name) for app, names in manifest.migrations.items() for name in names}
    nodes = executor.loader.graph.node_map

    def has_successor(node: tuple[str, str]) -> bool:
        return any(child.key[0] == node[0] and child.key in wanted for child in nodes[node].children)

    executor.migrate([node for node in sorted(wanted) if not has_successor(node)])


def _load(source: ZipFile, manifest: Manifest) -> None:
    """Read all rows in, in one transaction, and compare what the database then holds with the manifest."""
    models = rows.models_at(connection, manifest.migrations)
    columns: dict[str, list[rows.Column]] = {}
    for label, table in manifest.tables.items():
        if label not in models:
            raise NotPossible(f"Die Sicherung enthält „{label}“; das kennt diese Fassung der Akademie nicht.")
        by_name = {column.name: column for column in rows.columns_of(connection, models[label])}
        if set(by_name) != set(table.columns):
            raise NotPossible(f"Die Spalten von „{label}“ sind andere als in dieser Fassung der Akademie.")
        columns[label] = [by_name[name] for name in table.columns]
    with transaction.atomic():
        with connection.cursor() as cursor:
            for label in columns:  # what the migrations have put there; keys are checked at the end of all
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(models[label]._meta.db_table)}")  # noqa: S608
        for label, own in columns.items():
            try:
                rows.write(connection, models[label], own, archive.read_table(source, label))
            except (Error, TypeError, ValueError) as error:
                raise NotPossible(f"„{label}“ lässt sich nicht einlesen: {error}") from error
            last = manifest.tables[label].last_number
            if last is not None:
                rows.set_next_number(connection, models[label], last)
        connection.check_constraints()
    _compare(manifest, models, columns)


def _compare(manifest: Manifest, models: dict[str, Any], columns: dict[str, list[rows.Column]]) -> None:
    with transaction.atomic():
        for label, table in manifest.tables.items():
            found = rows.Contents()
            for row in rows.read(connection, models[label], columns[label]):
                found.add(row)
            if (found.rows, found.hash()) != (table.rows, table.contents):
                raise NotPossible(f"Der Vergleich stimmt nicht: „{label}“ ist anders als in der Sicherung.")


def _renew(manifest: Manifest) -> None:
    """Have nobody take the restored state for one that they know: stamps, jobs that ran, links."""
    with transaction.atomic():
        for stamp in Stamp.objects.all():
            stamp.value = secrets.token_hex(8)
            stamp.save()
        if manifest.kind == "export":
            for user in User.objects.only("pk"):
                User.objects.filter(pk=user.pk).update(link_word=new_link_word())
        running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
        running.update(status=TaskResultStatus.READY)


# -- the files --------------------------------------------------------------------------------------------------------
def _beside(path: Path) -> Path:
    return path.with_name(path.name + BESIDE)


def _before(path: Path) -> Path:
    return path.with_name(path.name + BEFORE)


@contextmanager
def _in_place(files: Path) -> Iterator[None]:
    """Put the restored files in place of the present ones; back again when this block fails."""
    place = Path(settings.MEDIA_ROOT)
    before = _before(place)
    if place.exists():  # else a restore was killed between the two names, and `before` is all that there is
        shutil.rmtree(before, ignore_errors=True)
        place.rename(before)
    files.rename(place)
    try:
        yield
    except BaseException:
        place.rename(files)
        if before.exists():
            before.rename(place)
        raise
    shutil.rmtree(before, ignore_errors=True)
