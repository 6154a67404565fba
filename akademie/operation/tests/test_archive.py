"""The file itself: whole, of one moment, refused when damaged, gone when it could not be finished."""

import fcntl
import hashlib
import json
import os
import random
import resource
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.conf import settings as real_settings
from django.db import connection, transaction

from akademie.accounts.models import User
from akademie.core.actions import NotPossible
from akademie.core.models import LoadedDataSet, Stamp, Tally
from akademie.core.tests.running_worker import environment, wait_for
from akademie.operation.backup import archive
from akademie.operation.backup.rows import is_left_out
from akademie.operation.backup.snapshot import snapshot

pytestmark = pytest.mark.django_db(transaction=True)
MEGABYTE = 1 << 20


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """A folder of uploaded files with three in it."""
    settings.MEDIA_ROOT = tmp_path / "media"
    for name, content in {
        "images/Müritz – 1.jpg": os.urandom(3000),
        "documents/Bericht.pdf": b"%PDF" * 900,
        "documents/leer.txt": b"",
    }.items():
        path = settings.MEDIA_ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return settings.MEDIA_ROOT


@pytest.fixture
def written(media: Path, tmp_path: Path) -> Path:
    """A good backup."""
    User.objects.create_user("rita@stadt.example", first_name="Rita")
    return archive.write(tmp_path / "backups")[0]


def test_a_backup_holds_every_row_and_every_file(written, media):
    manifest = archive.verify(written)
    assert manifest.tables["accounts.user"].rows == 1
    assert sorted(manifest.files) == ["documents/Bericht.pdf", "documents/leer.txt", "images/Müritz – 1.jpg"]
    assert manifest.notes() == []
    with ZipFile(written) as source:
        assert source.read("files/images/Müritz – 1.jpg") == (media / "images/Müritz – 1.jpg").read_bytes()
        columns, row = source.read("tables/accounts.user").decode().splitlines()
    assert dict(zip(json.loads(columns), json.loads(row), strict=True))["first_name"] == "Rita"


def test_a_backup_is_for_its_owner_only_and_leaves_nothing_else(written):
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert sorted(path.name for path in written.parent.iterdir()) == [".lock", written.name]


def test_sessions_tallies_and_the_secret_key_stay_here(written, client, media, tmp_path):
    Tally.objects.create(key="x", ends_at="2030-01-01T00:00:00Z")
    client.force_login(User.objects.get())
    path, manifest = archive.write(tmp_path / "second")
    assert {"sessions.session", "core.tally", "search.searchoutbox"} & set(manifest.tables) == set()
    with ZipFile(path) as source:
        assert [i for i in source.namelist() if real_settings.SECRET_KEY.encode() in source.read(i)] == []
        assert [i for i in source.namelist() if client.session.session_key.encode() in source.read(i)] == []


def test_an_export_leaves_out_words_that_open_doors(written, tmp_path):
    path, manifest = archive.write(tmp_path / "export", kind="export")
    assert path.name.startswith("akademie-export-")
    assert {"core.outgoingmail", "django_tasks_database.dbtaskresult", "wagtailcore.apitoken"} & set(
        manifest.tables
    ) == set()
    word = User.objects.get().link_word
    with ZipFile(path) as source:
        assert word not in source.read("tables/accounts.user").decode()
    with ZipFile(written) as source:
        assert word in source.read("tables/accounts.user").decode()


def test_only_what_is_named_here_is_in_no_backup():
    """Everything else is: what editors write, search synonyms, log entries, jobs and mails that wait."""
    labels = [model._meta.label_lower for model in apps.get_models(include_auto_created=True)]
    assert {label for label in labels if is_left_out(label, "backup")} == {
        "core.tally", "sessions.session",  # limits and sign-ins
        "usersessions.usersession", "socialaccount.socialtoken", "accounts.addresschange",  # sign-ins too
        "privacy.dataorder",  # archives of somebody's data, which are outside it
        "operation.backup", "operation.healthresult", "operation.signoflife",  # speak of this machine
        "operation.dailysalt", "operation.visitormark",  # tell people apart, for a day
        "search.searchoutbox", "wagtailsearch.indexentry", "wagtailsearch.sqliteftsindexentry",  # made anew
        "wagtailadmin.editingsession", "wagtailadmin.formstate",  # who is editing right now
    } & set(labels)  # fmt: skip
    assert {"search.synonymgroup", "wagtailcore.uploadedfile", "files.academyimage"} <= set(labels)


def test_files_that_rows_name_but_nobody_has_are_noted(media, tmp_path):
    from wagtail.documents import get_document_model

    document = get_document_model()(title="Bericht", licence="CC BY 4.0")
    document.file.name = "documents/weg.pdf"
    document.save()
    (media / "documents/Verweis.pdf").symlink_to("/etc/hostname")
    os.mkfifo(media / "documents/Röhre")
    manifest = archive.write(tmp_path / "backups")[1]
    assert manifest.missing == ["documents/weg.pdf"]
    assert manifest.unreadable == ["documents/Röhre", "documents/Verweis.pdf"]
    assert manifest.notes() == [
        "Dateien genannt, aber nicht vorhanden: documents/weg.pdf.",
        "Dateien nicht lesbar und deshalb nicht enthalten: documents/Röhre, documents/Verweis.pdf.",
    ]


# -- while others write -----------------------------------------------------------------------------------------------
def test_a_snapshot_stands_still_and_holds_nobody_up():
    Stamp.objects.create(key="vorher", value="1")
    with snapshot() as still:

        def keys() -> list[str]:
            with still.cursor() as cursor:
                cursor.execute("SELECT key FROM core_stamp ORDER BY key")
                return [row[0] for row in cursor.fetchall()]

        before = keys()
        Stamp.objects.create(key="währenddessen", value="1")
        Stamp.objects.filter(key="vorher").delete()
        assert keys() == before
    assert set(Stamp.objects.values_list("key", flat=True)) ^ set(before) == {"vorher", "währenddessen"}


def test_a_backup_while_others_write_is_of_one_moment(media, tmp_path):
    """Every transaction writes one row into each of two tables and one file; a backup has both rows or none."""
    told, done = threading.Event(), []

    def write_on() -> None:
        try:
            number = 0
            while not told.is_set():
                number += 1
                with transaction.atomic():
                    LoadedDataSet.objects.create(key=f"writer-{number}", version="1")
                    Stamp.objects.create(key=f"writer-{number}", value="1")
                path = media / "images" / f"{number}.jpg"
                path.write_bytes(b"x" * 1000)
                if number > 5:
                    path.with_name(f"{number - 5}.jpg").unlink()
                done.append(number)
        finally:
            connection.close()

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        for turn in range(3):
            wait_for(lambda: len(done) > 10)
            begun = len(done)
            path, manifest = archive.write(tmp_path / f"backup-{turn}")
            assert len(done) > begun  # it went on writing
            with ZipFile(path) as source:
                keys = [
                    {row[0] for row in archive.read_table(source, label) if row[0].startswith("writer-")}
                    for label in ("core.loadeddataset", "core.stamp")
                ]
            assert keys[0] == keys[1]
            assert len(keys[0]) >= begun
            assert archive.verify(path).tables == manifest.tables
    finally:
        told.set()
        writer.join()


# -- damage -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("share", [0, 0.3, 0.9, 0.999])
def test_a_truncated_file_is_refused(written, share):
    os.truncate(written, int(written.stat().st_size * share))
    with pytest.raises(NotPossible, match="beschädigt oder unvollständig"):
        archive.verify(written)


def test_one_wrong_byte_in_any_member_is_found(written):
    good = written.read_bytes()
    with ZipFile(written) as source:
        members = [
            (i.filename, i.header_offset + 30 + len(i.filename.encode()), i.compress_size) for i in source.infolist()
        ]
    dice = random.Random(3)
    unnoticed = []
    for name, start, size in dice.sample([member for member in members if member[2] > 40], 12):
        place = start + 20 + dice.randrange(size - 30)
        written.write_bytes(good[:place] + bytes([good[place] ^ 0x20]) + good[place + 1 :])
        try:
            archive.verify(written)
        except NotPossible:
            continue
        if name != archive.README:  # words for people; nothing depends on them
            unnoticed.append((name, place))
    assert unnoticed == []


def rewritten(path: Path, members: dict[str, bytes] | None = None, **changes: Any) -> Path:
    """Return a copy of a backup whose manifest, or whose members, say something else."""
    new = path.with_name("anders.zip")
    with ZipFile(path) as source, ZipFile(new, "w") as target:
        for info in source.infolist():
            content = (members or {}).get(info.filename) or source.read(info)
            if info.filename == archive.MANIFEST:
                content = json.dumps(json.loads(content) | changes).encode()
            target.writestr(info.filename, content)
    return new


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"format": 2}, "stammt aus einer neueren Fassung der Akademie"),
        ({"kind": "malware"}, "ist keine Sicherung der Kleinstadtakademie"),
        ({"files": {"../../etc/passwd": {"size": 1, "sha256": "0"}}}, "ist keine Sicherung der Kleinstadtakademie"),
        ({"files": {"/etc/passwd": {"size": 1, "sha256": "0"}}}, "ist keine Sicherung der Kleinstadtakademie"),
        ({"tables": []}, "ist keine Sicherung der Kleinstadtakademie"),
        ({"tables": {}}, "Es fehlt etwas oder es ist etwas zu viel"),
    ],
)
def test_what_is_not_ours_is_refused(written, changes, reason):
    with pytest.raises(NotPossible, match=reason):
        archive.verify(rewritten(written, **changes))


def test_lines_that_are_no_rows_are_damage(written):
    """The hashes fit, as somebody who meant it could make them."""
    manifest = archive.verify(written)
    nonsense = b'["key"]\nkeine Zeile\n'
    table = {**vars(manifest.tables["core.stamp"]), "sha256": hashlib.sha256(nonsense).hexdigest(), "rows": 1}
    tables = {label: vars(found) for label, found in manifest.tables.items()} | {"core.stamp": table}
    new = rewritten(written, {"tables/core.stamp": nonsense}, tables=tables)
    with pytest.raises(NotPossible, match=r"beschädigt oder unvollständig \(core.stamp"):
        archive.verify(new)


def test_other_files_are_refused(tmp_path):
    (tmp_path / "brief.zip").write_text("Sehr geehrte Damen und Herren")
    with ZipFile(tmp_path / "leer.zip", "w") as empty:
        empty.writestr("liesmich", "nichts")
    for name, reason in {
        "brief.zip": "beschädigt oder unvollständig",
        "leer.zip": "ist keine Sicherung der Kleinstadtakademie",
        "gibt-es-nicht.zip": "gibt es nicht",
    }.items():
        with pytest.raises(NotPossible, match=reason):
            archive.verify(tmp_path / name)


# -- what the machine refuses -----------------------------------------------------------------------------------------
def test_only_one_backup_at_a_time_into_a_folder(media, tmp_path):
    with (tmp_path / ".lock").open("a") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(NotPossible, match="wird gerade gesichert"):
            archive.write(tmp_path)


def test_a_folder_that_cannot_be_written_to_is_named(media, tmp_path):
    (tmp_path / "datei").touch()
    with pytest.raises(NotPossible, match=r"In den Ordner .*/datei/hier lässt sich nicht schreiben"):
        archive.write(tmp_path / "datei" / "hier")


def backup_process(folder: Path, target: Path, *, most: int = 0) -> subprocess.Popen:
    """Begin `manage.py backup` on the database of this test, with `folder` as data folder; its files end at `most`."""

    def begin() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may have it ignored
        if most:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    command = [sys.executable, "manage.py", "backup", "--to", str(target)]
    return subprocess.Popen(
        command, cwd=real_settings.BASE_DIR, env=environment(folder), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=begin,
    )  # fmt: skip


@pytest.mark.slow
def test_a_full_disk_leaves_no_file_and_says_so(media, tmp_path):
    """The disk is full for this process after one megabyte: the system answers as it does for a quota."""
    (media / "film.mp4").write_bytes(os.urandom(3 * MEGABYTE))
    process = backup_process(media.parent, tmp_path / "to", most=MEGABYTE)
    said, complained = process.communicate(timeout=60)
    assert (process.returncode, said) == (2, "")
    assert complained == (
        f"Der Datenträger ist voll: {tmp_path / 'to'}. Schaffen Sie Platz oder wählen Sie einen anderen Ordner.\n"
    )
    assert [path.name for path in (tmp_path / "to").iterdir()] == [".lock"]


def long_film(media: Path) -> None:
    """Something that takes a while."""
    with (media / "film.mp4").open("wb") as film:
        for _ in range(400):
            film.write(os.urandom(MEGABYTE))


def half(target: Path) -> list[Path]:
    """Return what is being written there, once there is something of it."""
    return [path for path in target.glob(".*.part") if path.stat().st_size > 20 * MEGABYTE]


@pytest.mark.slow
def test_kill_in_the_middle_leaves_nothing_that_looks_whole(media, tmp_path):
    long_film(media)
    target = tmp_path / "to"
    process = backup_process(media.parent, target)
    try:
        wait_for(lambda: half(target))
        process.send_signal(signal.SIGKILL)
    finally:
        process.kill()
        process.communicate()
    (left,) = half(target)
    assert list(target.glob("*.zip")) == []
    with pytest.raises(NotPossible):
        archive.verify(left)
    (media / "film.mp4").unlink()
    time.sleep(1)
    path, _ = archive.write(target)
    assert sorted(entry.name for entry in target.iterdir()) == [".lock", path.name]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "ends"),
    [(signal.SIGTERM, (143, "")), (signal.SIGINT, (130, "Abgebrochen. Es gibt keine neue Sicherung.\n"))],
)
def test_an_end_in_the_middle_leaves_nothing_and_until_then_a_second_one_is_refused(media, tmp_path, number, ends):
    long_film(media)
    target = tmp_path / "to"
    process = backup_process(media.parent, target)
    try:
        wait_for(lambda: half(target))
        process.send_signal(signal.SIGSTOP)  # slow enough for the second
        second = backup_process(media.parent, target)
        complained = second.communicate(timeout=60)[1]
        assert half(target) != [], "the second leaves the first one's file alone"
        process.send_signal(number)
        process.send_signal(signal.SIGCONT)
        ended = (process.wait(30), process.communicate()[1])
    finally:
        process.kill()
        process.communicate()
    assert (second.returncode, complained) == (
        2, "In diesen Ordner wird gerade gesichert. Warten Sie, bis das fertig ist.\n",
    )  # fmt: skip
    assert ended == ends
    assert [entry.name for entry in target.iterdir()] == [".lock"]
