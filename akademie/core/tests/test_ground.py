"""What a start stands on: refusals in plain words, and nothing left of a start that was not possible."""

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from akademie.core import ground


def test_a_taken_port_is_refused_with_another_one_to_try():
    with ground.open_port("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(ground.NotStarted) as refusal:
            ground.open_port("127.0.0.1", port)
    wanted = f"Port {port} ist belegt. Wählen Sie einen anderen, zum Beispiel: ./run --port {port % 65535 + 1}"
    assert str(refusal.value) == wanted


def test_a_data_folder_serves_one_start_at_a_time(tmp_path):
    folder = tmp_path / "neu" / "Daten"
    with ground.claim_data_folder(folder), pytest.raises(ground.NotStarted) as refusal:
        ground.claim_data_folder(folder)
    assert str(refusal.value) == f"Die Akademie läuft schon mit dem Datenordner {folder}. Beenden Sie sie zuerst."
    ground.claim_data_folder(folder).close()


def test_a_folder_without_locks_is_not_called_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*_: object) -> None:  # as some network drives answer; none is at hand here
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(ground.fcntl, "flock", no_locks)
    with pytest.raises(ground.NotStarted) as refusal:
        ground.claim_data_folder(tmp_path)
    assert str(refusal.value) == (
        f"Im Ordner {tmp_path} lässt sich nichts sperren (No locks available). Nehmen Sie einen Datenordner auf einem"
        " Datenträger dieses Rechners."
    )


def test_a_refusal_names_the_folder_that_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, build = tmp_path / "daten", tmp_path / "programm" / ".build"
    monkeypatch.setattr(ground, "BUILD", build)

    def told(number: int, *name: str) -> str:
        return str(ground.refusal(OSError(number, "no", *name), data))

    said = "In den Ordner {} lässt sich nicht schreiben. Er muss dem Benutzer gehören, der die Akademie startet."
    assert told(errno.EACCES, str(data / "media")) == ground.closed(data)
    assert told(errno.EACCES, str(build / "static" / "a.css")) == said.format(build)
    assert told(errno.EROFS, "/dev/shm/x") == said.format("/dev/shm")
    assert told(errno.ENOSPC, str(build / "static")) == ground.full(build)
    for fuller, other in ((data, build), (build, data)):
        monkeypatch.setattr(ground, "_free", {fuller: 0, other: 9}.get)
        assert told(errno.ENOSPC) == ground.full(fuller)
    with pytest.raises(sqlite3.OperationalError) as full:
        raise sqlite_says_full(tmp_path)
    assert str(ground.refusal(full.value, data)) == ground.full(data)


def test_a_file_in_place_of_the_data_folder_is_refused(tmp_path):
    (tmp_path / "Daten").touch()
    with pytest.raises(ground.NotStarted) as refusal:
        ground.claim_data_folder(tmp_path / "Daten")
    wanted = f"In den Datenordner {tmp_path / 'Daten'} lässt sich nicht schreiben. Wählen Sie einen anderen mit --data."
    assert str(refusal.value) == wanted


def test_a_first_start_needs_room_and_a_later_one_goes_on_without(tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch()
    more_than_any_disk_has = 2**62
    with pytest.raises(ground.NotStarted) as refusal:
        ground.expect_room(tmp_path, more_than_any_disk_has)
    assert str(refusal.value) == (
        f"Der Datenträger ist voll: {tmp_path}. Schaffen Sie Platz und starten Sie noch einmal."
        f" Für den ersten Start müssen {more_than_any_disk_has // 1024**2} MB frei sein."
    )
    (tmp_path / "db.sqlite3").touch()
    ground.expect_room(tmp_path, more_than_any_disk_has)


def test_a_look_leaves_nothing(tmp_path: Path) -> None:
    with ground.open_port("127.0.0.1", 0) as taken:
        free = taken.getsockname()[1]
    ground.look(free, tmp_path / "neu" / "Daten")
    ground.look(free, tmp_path)
    assert list(tmp_path.iterdir()) == []
    with ground.open_port("127.0.0.1", 0) as taken, pytest.raises(ground.NotStarted, match="ist belegt"):
        ground.look(taken.getsockname()[1], tmp_path / "neu")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(autouse=True)
def in_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is in the data folder, whatever the tests run on."""
    monkeypatch.delenv("DATABASE_URL", raising=False)


def begin(folder: Path, error: Exception) -> None:
    with ground.beginning(folder):
        (folder / "index").mkdir(parents=True)
        (folder / "index" / "meta.json").touch()
        raise error


def sqlite_says_full(folder: Path) -> sqlite3.Error:
    """The error of a real database that may not grow."""
    with closing(sqlite3.connect(folder / "klein.sqlite3")) as database:
        database.execute("PRAGMA max_page_count = 1")
        with pytest.raises(sqlite3.OperationalError) as refusal:
            database.execute("CREATE TABLE a (b)")
    return refusal.value


def test_a_start_on_a_full_disk_takes_away_what_it_made(tmp_path: Path) -> None:
    for error in (OSError(errno.ENOSPC, "No space left on device"), sqlite_says_full(tmp_path)):
        with pytest.raises(ground.NotStarted) as refusal:
            begin(tmp_path / "neu" / "Daten", error)
        assert str(refusal.value) == ground.full(tmp_path / "neu" / "Daten")
        assert not (tmp_path / "neu").exists()


def test_what_was_there_before_a_start_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "notizen.txt").write_text("von mir")
    (tmp_path / "secret_key").write_text("von ./run")
    monkeypatch.setenv(ground.MADE_BEFORE, str(tmp_path / "secret_key"))
    with pytest.raises(ground.NotStarted):
        begin(tmp_path, OSError(errno.EROFS, "Read-only file system"))
    assert [path.name for path in tmp_path.iterdir()] == ["notizen.txt"]


def test_where_a_database_was_nothing_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "db.sqlite3").write_text("Datenbank")
    with pytest.raises(ground.NotStarted):
        begin(tmp_path, OSError(errno.ENOSPC, "No space left on device"))
    assert (tmp_path / "index" / "meta.json").exists()
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere")
    with pytest.raises(ground.NotStarted):
        begin(tmp_path / "neu", OSError(errno.ENOSPC, "No space left on device"))
    assert (tmp_path / "neu" / "index").exists()


def test_who_does_not_get_the_folder_takes_nothing_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two first starts at once: both ./run have named the folder as theirs."""
    folder = tmp_path / "neu"
    with ground.claim_data_folder(folder):
        (folder / "secret_key").touch()
        monkeypatch.setenv(ground.MADE_BEFORE, str(folder))
        with pytest.raises(ground.NotStarted, match="läuft schon"):
            begin(folder, AssertionError("never reached"))
        with pytest.raises(ground.NotStarted, match="läuft schon"):
            ground.look(0, folder)
    assert {path.name for path in folder.iterdir()} == {"serve.lock", "secret_key"}


def test_another_fault_is_not_the_disk_s_and_can_be_looked_into(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="etwas anderes"):
        begin(tmp_path, ValueError("etwas anderes"))
    assert (tmp_path / "index" / "meta.json").exists()
