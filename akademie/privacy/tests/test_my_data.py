"""The archive of one's own data: what is in it, who gets it, how long, how much memory it takes."""

import io
import json
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from akademie.accounts.models import User
from akademie.core import contributions
from akademie.core.contributions import ExportPart, PeopleData, Subject
from akademie.privacy import archive
from akademie.privacy.actions import orders
from akademie.privacy.actions.retention import run_retention
from akademie.privacy.models import DataOrder, OrderState, archive_folder

MINE = "/konto/meine-daten/"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def content(response: Any) -> ZipFile:
    package = ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    response.close()
    return package


@pytest.mark.django_db
def test_a_person_orders_and_gets_everything(client: Client, participant: User, mailoutbox: list[Any]) -> None:
    client.force_login(participant)
    assert client.get(MINE).context["order"] is None
    assert client.post(MINE)["Location"] == MINE
    found = DataOrder.objects.get()
    assert (found.state, found.user, found.size) == (OrderState.READY, participant, found.path.stat().st_size)
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (["paula@stadt.example"], "Ihre Daten liegen bereit")
    assert "http://127.0.0.1:8000/konto/meine-daten/\n" in mail.body
    page = client.get(MINE)
    answer = client.get(page.context["download"])
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert answer["Content-Disposition"].endswith('.zip"')
    package = content(answer)
    assert package.testzip() is None
    index = package.read("index.html").decode()
    assert '<a href="accounts.html"><strong>Ihr Konto</strong></a>' in index
    assert "<td>paula@stadt.example</td>" in package.read("accounts.html").decode()
    told = json.loads(package.read("daten/accounts.json"))
    assert told["teile"][0]["zeilen"][0]["Vorname"] == "Paula"


@pytest.mark.django_db
def test_an_archive_is_for_its_person_only(client: Client, participant: User, lead: User) -> None:
    found = orders.order(participant.email, participant)
    found.refresh_from_db()
    path = f"{MINE}{found.word}.zip"
    assert client.get(path)["Location"].startswith("/anmelden/")
    client.force_login(lead)
    assert client.get(path).status_code == 404
    client.force_login(participant)
    assert client.get(f"{MINE}quatsch.zip").status_code == 404
    answer = client.get(path)
    answer.close()
    assert answer.status_code == 200
    assert oct(found.path.stat().st_mode & 0o777) == "0o600"
    assert not found.path.is_relative_to(Path("media"))


@pytest.mark.django_db
def test_an_archive_goes_after_seven_days(client: Client, participant: User) -> None:
    found = orders.order(participant.email, participant)
    DataOrder.objects.update(ready_at=timezone.now() - timedelta(days=7, minutes=1))
    client.force_login(participant)
    assert client.get(f"{MINE}{found.word}.zip").status_code == 404
    assert client.get(MINE).context["order"] is None
    stray = archive_folder() / "fremd.zip"
    stray.write_bytes(b"x")
    assert found.path.is_file()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("akademie.privacy.actions.orders.transaction.on_commit", lambda call: call())
        run_retention.enqueue()
    assert not DataOrder.objects.exists()
    assert not found.path.exists()
    assert stray.exists(), "a file of today may belong to an order of another worker"


@pytest.mark.django_db
def test_ordering_again_gives_the_same_archive_and_anew_a_new_one(client: Client, participant: User) -> None:
    first = orders.order(participant.email, participant)
    assert orders.order(participant.email, participant).pk == first.pk
    client.force_login(participant)
    client.post(MINE, {"anew": "1"})
    assert DataOrder.objects.get().pk != first.pk


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_two_orders_at_once_are_one_archive(participant: User, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    start = Barrier(2)

    def order(_: int) -> int:
        try:
            start.wait(timeout=10)
            return orders.order(participant.email, participant).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        made = set(pool.map(order, range(2)))
    assert made == {DataOrder.objects.get().pk}


@pytest.mark.django_db
def test_an_order_that_was_lost_is_begun_anew(participant: User, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    lost = orders.order(participant.email, participant)
    assert lost.state == OrderState.OPEN
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    assert orders.order(participant.email, participant).state == OrderState.OPEN, "it may still run"
    DataOrder.objects.update(created_at=timezone.now() - timedelta(hours=4))
    orders.order(participant.email, participant)
    assert DataOrder.objects.get().state == OrderState.READY


# -- what the archive is made of --------------------------------------------------------------------------------------
def area(parts: list[ExportPart], key: str = "probe") -> contributions.ContributionPoint[PeopleData]:
    """Return an opening with one area that says these things."""
    point = contributions.ContributionPoint("people_data", PeopleData)
    point.add(
        PeopleData(
            key=key,
            title="Probe & mehr",
            models=(),
            export=lambda _: parts,
            preview=lambda _: [],
            erase=lambda _: None,
        )
    )
    return point


def test_rows_files_and_odd_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Any:
        raise FileNotFoundError

    rows = [
        {"Text": "<b>fett</b>\nzweite Zeile", "Ja": True, "Nichts": None},
        {"Andere": ["a", "b"], "Zahl": 0},
    ]
    files = [("../../etc/passwd", lambda: io.BytesIO(b"1")), ("bild.png", lambda: io.BytesIO(b"2"))]
    files += [("BILD.png", lambda: io.BytesIO(b"3")), ("weg.pdf", missing)]
    point = area([ExportPart("Zeilen", rows, files), ExportPart("Leer", [])])
    monkeypatch.setattr(archive, "people_data", point)
    monkeypatch.setattr(archive.frame, "current", lambda: dict.fromkeys(("site_name", "operator", "contact_email"), ""))
    archive.write_archive(tmp_path / "x.zip", Subject(email="a@b.example"))
    assert [path.name for path in tmp_path.iterdir()] == ["x.zip"], "nothing unfinished is left"
    package = ZipFile(tmp_path / "x.zip")
    assert sorted(package.namelist()) == [
        "dateien/probe/BILD-2.png", "dateien/probe/bild.png", "dateien/probe/passwd",
        "daten/probe.json", "index.html", "probe.html", "stil.css",
    ]  # fmt: skip
    page = package.read("probe.html").decode()
    assert "<td>&lt;b&gt;fett&lt;/b&gt;<br>zweite Zeile</td><td>ja</td><td>–</td>" in page
    assert "<td>a, b</td><td>0</td>" in page
    assert "<h2>Leer</h2>\n<p>Dazu ist nichts gespeichert.</p>" in page
    assert json.loads(package.read("daten/probe.json"))["teile"][0]["zeilen"] == rows
    index = package.read("index.html").decode()
    assert "<li>Zeilen: 2 Einträge</li><li>Leer: nichts</li><li>3 Dateien im Ordner dateien/probe</li>" in index


def peak(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int) -> int:
    """Return the highest memory in bytes while an archive of so many rows and a file as large is written."""

    def rows() -> Iterator[dict[str, Any]]:
        return ({"Nummer": n, "Text": f"Zeile {n} " * 20} for n in range(count))

    class Large(io.RawIOBase):
        left = count * 200

        def read(self, size: int = -1) -> bytes:
            size = min(size if size > 0 else self.left, self.left)
            self.left -= size
            return b"x" * size

    monkeypatch.setattr(archive, "people_data", area([ExportPart("Viele", rows(), [("gross.bin", Large)])]))
    tracemalloc.start()
    try:
        archive.write_archive(tmp_path / f"{count}.zip", Subject(email="a@b.example"))
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_large_archive_takes_no_more_memory_than_a_small_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive.frame, "current", lambda: dict.fromkeys(("site_name", "operator", "contact_email"), ""))
    peak(tmp_path, monkeypatch, 10)
    small, large = peak(tmp_path, monkeypatch, 500), peak(tmp_path, monkeypatch, 50_000)
    assert large < small + 300_000
    with ZipFile(tmp_path / "50000.zip") as package:
        assert package.getinfo("probe.html").file_size > 9_000_000
        assert package.getinfo("dateien/probe/gross.bin").file_size == 10_000_000
