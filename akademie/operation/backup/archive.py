"""The file: a ZIP with one member per table, one per uploaded file, and a manifest that says what must be in it.

    manifest.json                 what, when, from which version; rows and hashes of everything else
    tables/library.libraryitem    first line the columns, then one row a line (`rows`)
    files/original_images/...     the uploaded files as they are
    LIESMICH.txt                  for a person who finds the file

It is written under another name, read again from beginning to end, and only then gets its name.
"""

import errno
import fcntl
import hashlib
import json
import os
import stat
import tomllib
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from akademie.core.actions import NotPossible
from akademie.core.contributions import reference_data
from akademie.operation.backup import rows
from akademie.operation.backup.snapshot import snapshot

FORMAT = 1
PIECE = 1 << 20  # bytes read at once
MANIFEST, README = "manifest.json", "LIESMICH.txt"
TABLES, FILES = "tables/", "files/"
PART = ".part"  # ends the name of what is not finished
LONGEST_LINE = 64 << 20  # bytes of one row; more is no backup of ours
LARGEST_MANIFEST = 256 << 20
NAMES = {"backup": "akademie", "export": "akademie-export"}
COMPRESSED = {".avif", ".docx", ".gif", ".jpeg", ".jpg", ".mp4", ".odp", ".ods", ".odt", ".pdf", ".png", ".pptx",
              ".webp", ".xlsx", ".zip"}  # fmt: skip
TEXT = """Dies ist {what} der Kleinstadtakademie vom {day}.
Die Datei enthält personenbezogene Daten. Bewahren Sie sie so sicher auf wie die Akademie selbst.

Wiederherstellen auf einem leeren Rechner, im Ordner des Programms:
    ./run --restore {name}

Der geheime Schlüssel (SECRET_KEY) ist nicht enthalten.
"""


@dataclass
class Table:
    """What a table's member must hold."""

    rows: int
    columns: list[str]
    contents: str  # hash of the rows, whatever their order
    last_number: int | None  # the last key that was given out; None when the keys are no numbers
    sha256: str


@dataclass
class File:
    """What a file's member must hold."""

    size: int
    sha256: str


@dataclass
class Manifest:
    """What a backup holds. `missing` are files that rows name but that were not there, `changed` those that somebody
    wrote while they were read, `unreadable` those that could not be read."""

    kind: str  # backup | export
    version: str
    created_at: str
    database: str
    migrations: rows.Migrations
    tables: dict[str, Table] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    format: int = FORMAT

    @property
    def row_count(self) -> int:
        """Rows of all tables together."""
        return sum(table.rows for table in self.tables.values())

    @property
    def summary(self) -> str:
        """What it holds, in words: "163433 Zeilen und 1 Datei"."""
        files = "1 Datei" if len(self.files) == 1 else f"{len(self.files)} Dateien"
        return f"{self.row_count} Zeilen und {files}"

    @property
    def file_bytes(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for file in self.files.values())

    def notes(self) -> list[str]:
        """Return German sentences about what is not as it should be."""
        found = []
        for names, sentence in (
            (self.missing, "genannt, aber nicht vorhanden"),
            (self.changed, "während der Sicherung geändert"),
            (self.unreadable, "nicht lesbar und deshalb nicht enthalten"),
        ):
            if names:
                more = f" und {len(names) - 3} weitere" if len(names) > 3 else ""
                found.append(f"Dateien {sentence}: {', '.join(names[:3])}{more}.")
        return found


@lru_cache(maxsize=1)
def product_version() -> str:
    """Return the version of the program."""
    text = (settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


# -- writing ----------------------------------------------------------------------------------------------------------
def write(folder: Path, *, kind: str = "backup", files: bool = True) -> tuple[Path, Manifest]:
    """Write a backup or an export into a folder, read it again, and return where it is and what it holds.

    NotPossible when the folder cannot be written to, the disk is full or another one is being written there.
    """
    with _refusing(folder), _alone_in(folder):
        for left in folder.glob(f".*{PART}"):  # of one that was killed: nobody else writes here now
            left.unlink()
        now = timezone.localtime()
        path = folder / f"{NAMES[kind]}-{now:%Y-%m-%d-%H%M%S}.zip"
        part = folder / f".{path.name}{PART}"
        try:
            with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as target:
                with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=6) as archive:
                    _fill(archive, kind, files, path.name, now)
                target.flush()
                os.fsync(target.fileno())
            manifest = verify(part)
            part.rename(path)
        finally:
            part.unlink(missing_ok=True)
        _sync(folder)
    return path, manifest


def _fill(archive: ZipFile, kind: str, files: bool, name: str, now: datetime) -> None:
    with snapshot() as connection:
        manifest = Manifest(kind, product_version(), now.isoformat(), connection.vendor, rows.state_of(connection))
        named: set[str] = set()
        for label, model in sorted(rows.models_at(connection, manifest.migrations).items()):
            if not rows.is_left_out(label, kind):
                manifest.tables[label] = _put_table(archive, connection, label, model, kind, named)
    if files:
        _put_files(archive, manifest)
        manifest.missing = sorted(named - manifest.files.keys())
    what = "eine Sicherung" if kind == "backup" else "eine vollständige Ausgabe"
    archive.writestr(README, TEXT.format(what=what, day=f"{now:%d.%m.%Y, %H:%M} Uhr", name=name))
    archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))


def _put_table(
    archive: ZipFile, connection: BaseDatabaseWrapper, label: str, model: Any, kind: str, named: set[str]
) -> Table:
    """Write a table's member; add the files that its rows name to `named`."""
    columns = rows.columns_of(connection, model)
    emptied = rows.EMPTIED.get(label, ()) if kind == "export" else ()
    empty = [place for place, column in enumerate(columns) if column.name in emptied]
    naming = [place for place, column in enumerate(columns) if column.field.get_internal_type() == "FileField"]
    key = next(place for place, column in enumerate(columns) if column.name == model._meta.pk.column)
    derived = {data_set.key for data_set in reference_data if data_set.derived}
    contents, digest = rows.Contents(), hashlib.sha256()
    with archive.open(f"{TABLES}{label}", "w", force_zip64=True) as member:

        def put(value: list[Any]) -> None:
            line = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"
            digest.update(line)
            member.write(line)

        put([column.name for column in columns])
        for row in rows.read(connection, model, columns):
            if label == "core.loadeddataset" and row[key] in derived:
                continue  # or nobody would make it anew
            for place in empty:
                row[place] = ""
            named.update(row[place] for place in naming if row[place])
            contents.add(row)
            put(row)
    last = rows.next_number(connection, model)
    return Table(contents.rows, [column.name for column in columns], contents.hash(), last, digest.hexdigest())


def _put_files(archive: ZipFile, manifest: Manifest) -> None:
    """Write the uploaded files; what cannot be had is noted."""
    root = Path(settings.MEDIA_ROOT)
    for folder, subfolders, names in os.walk(root):
        subfolders.sort()
        for name in sorted(names):
            path = Path(folder) / name
            short = path.relative_to(root).as_posix()
            try:
                short.encode()
                if not stat.S_ISREG(path.lstat().st_mode):
                    raise OSError("no plain file")
                with path.open("rb") as source:
                    manifest.files[short] = _put_file(archive, short, source, manifest)
            except FileNotFoundError:
                continue  # deleted since the folder was read; if a row names it, it is noted as missing
            except UnicodeEncodeError:
                manifest.unreadable.append(short.encode("utf-8", "replace").decode())
            except OSError as error:
                if error.errno in FULL:
                    raise
                manifest.unreadable.append(short)


def _put_file(archive: ZipFile, short: str, source: IO[bytes], manifest: Manifest) -> File:
    before = os.fstat(source.fileno())
    info = ZipInfo(f"{FILES}{short}")
    info.compress_type = ZIP_STORED if Path(short).suffix.lower() in COMPRESSED else ZIP_DEFLATED
    digest, size = hashlib.sha256(), 0
    with archive.open(info, "w", force_zip64=True) as member:
        while piece := source.read(PIECE):
            digest.update(piece)
            size += len(piece)
            member.write(piece)
    after = os.fstat(source.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or size != after.st_size:
        manifest.changed.append(short)
    return File(size, digest.hexdigest())


def _sync(folder: Path) -> None:
    """Have the folder itself written to the disk: the new name must outlast a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def _refusing(folder: Path) -> Iterator[None]:
    """Turn what the operating system says about the folder into NotPossible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        if error.errno in FULL:
            raise NotPossible(
                f"Der Datenträger ist voll: {folder}. Schaffen Sie Platz oder wählen Sie einen anderen Ordner."
            ) from error
        raise NotPossible(f"In den Ordner {folder} lässt sich nicht schreiben ({error.strerror}).") from error


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Hold off other backups into the same folder."""
    with (folder / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotPossible("In diesen Ordner wird gerade gesichert. Warten Sie, bis das fertig ist.") from None
        yield


# -- reading ----------------------------------------------------------------------------------------------------------
@contextmanager
def opened(path: Path) -> Iterator[tuple[ZipFile, Manifest]]:
    """Give the file and its manifest; NotPossible when it is none of ours or is damaged."""
    try:
        with ZipFile(path) as archive:
            yield archive, _manifest(archive, path)
    except FileNotFoundError as error:
        raise NotPossible(f"Die Datei {path} gibt es nicht.") from error
    except (BadZipFile, EOFError, NotImplementedError, zlib.error) as error:
        raise NotPossible(f"Die Datei {path.name} ist beschädigt oder unvollständig ({error}).") from error
    except OSError as error:
        raise NotPossible(f"Die Datei {path} lässt sich nicht lesen ({error.strerror}).") from error


def _manifest(archive: ZipFile, path: Path) -> Manifest:
    try:
        info = archive.getinfo(MANIFEST)
        if info.file_size > LARGEST_MANIFEST:
            raise ValueError("manifest too large")
        fields = json.loads(archive.read(info))
        found = int(fields["format"])
        if found > FORMAT:
            raise NotPossible(
                f"{path.name} stammt aus einer neueren Fassung der Akademie ({fields['version']}; hier läuft "
                f"{product_version()}). Aktualisieren Sie zuerst das Programm."
            )
        fields["tables"] = {label: Table(**table) for label, table in fields["tables"].items()}
        fields["files"] = {name: File(**file) for name, file in fields["files"].items()}
        manifest = Manifest(**fields)
        if manifest.kind not in NAMES or not all(is_safe(name) for name in manifest.files):
            raise ValueError("strange names")
    except (KeyError, TypeError, ValueError, AttributeError, RuntimeError) as error:  # the last: it wants a password
        raise NotPossible(f"{path.name} ist keine Sicherung der Kleinstadtakademie.") from error
    return manifest


def is_safe(name: str) -> bool:
    """Whether a file's name stays below the folder that it is put into."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and ".." not in parts and "\0" not in name and "\\" not in name


def verify(path: Path) -> Manifest:
    """Read the whole file and return what it holds; NotPossible when anything is not as its manifest says."""
    with opened(path) as (archive, manifest):
        wanted = {f"{TABLES}{label}": table.sha256 for label, table in manifest.tables.items()}
        wanted |= {f"{FILES}{name}": file.sha256 for name, file in manifest.files.items()}
        present = [info.filename for info in archive.infolist()]
        if sorted(present) != sorted([*wanted, MANIFEST, README]):
            raise NotPossible(f"Die Datei {path.name} ist beschädigt: Es fehlt etwas oder es ist etwas zu viel.")
        for name, sha256 in wanted.items():
            if _hash(archive, name) != sha256:
                raise NotPossible(f"Die Datei {path.name} ist beschädigt: „{name}“ hat einen anderen Inhalt.")
        for label, table in manifest.tables.items():
            if sum(1 for _ in read_table(archive, label)) != table.rows:
                raise NotPossible(f"Die Datei {path.name} ist beschädigt: In „{label}“ fehlen Zeilen.")
    return manifest


def _hash(archive: ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with _member(archive, name) as member:
        while piece := member.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


@contextmanager
def _member(archive: ZipFile, name: str) -> Iterator[IO[bytes]]:
    """Open a member; errors of the decompression are damage like any other."""
    try:
        with archive.open(name) as member:
            yield member
    except zlib.error as error:
        raise BadZipFile(str(error)) from error


def read_table(archive: ZipFile, label: str) -> Iterator[list[Any]]:
    """Yield the rows of a table's member, without the line of its columns."""
    with _member(archive, f"{TABLES}{label}") as member:
        member.readline(LONGEST_LINE)
        while line := member.readline(LONGEST_LINE):
            try:
                yield json.loads(line)
            except ValueError as error:
                raise BadZipFile(f"{label}: {error}") from error


def extract(archive: ZipFile, manifest: Manifest, folder: Path, say: Callable[[str], None]) -> None:
    """Put the files into a folder, comparing each with the manifest."""
    for number, (name, file) in enumerate(manifest.files.items(), start=1):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with _member(archive, f"{FILES}{name}") as member, target.open("xb") as copy:
            while piece := member.read(PIECE):
                digest.update(piece)
                copy.write(piece)
        if digest.hexdigest() != file.sha256:
            raise NotPossible(f"Die Datei „{name}“ ließ sich nicht richtig schreiben.")
        with suppress(OSError):
            target.chmod(settings.FILE_UPLOAD_PERMISSIONS)
        if number % 1000 == 0:
            say(f"{number} von {len(manifest.files)} Dateien …")
