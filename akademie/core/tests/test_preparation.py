import gzip
import os

import pytest
from django.conf import STATICFILES_STORAGE_ALIAS
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from akademie.core import preparation
from akademie.core.staticfiles import CompressedOnce, read_names_again


@pytest.fixture
def places(settings, tmp_path):
    """Static files of nobody but this test."""
    settings.BUILD_DIR, settings.STATIC_ROOT = tmp_path / "build", tmp_path / "build" / "static"
    settings.STATICFILES_FINDERS = [f"{FileSystemFinder.__module__}.{FileSystemFinder.__name__}"]
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    settings.BUILD_DIR.mkdir()
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a.css").write_text("a{color:red}")
    return settings


def collect() -> list[str]:
    said: list[str] = []
    preparation.collect_static_files(said.append)
    return said


def test_static_files_are_collected_once_and_again_when_ours_change(places, monkeypatch):
    assert collect() == ["Gestaltung wird gesammelt und verdichtet (bis zu einer halben Minute) …"]
    assert (places.STATIC_ROOT / "a.css").read_text() == "a{color:red}"
    assert collect() == []
    monkeypatch.setattr(preparation, "_own_hash", lambda: "changed")
    assert collect() == ["Gestaltung wird gesammelt …"]
    assert collect() == []


def test_a_broken_collection_is_done_again(places):
    collect()
    preparation._mark().unlink()
    assert collect() == ["Gestaltung wird gesammelt und verdichtet (bis zu einer halben Minute) …"]


def test_hashed_files_are_compressed_and_only_once(tmp_path):
    (tmp_path / "a.css").write_text("a{color:red}" * 100)
    names = []
    for _ in range(2):
        storage = CompressedOnce(location=tmp_path, base_url="/static/")
        names.append(sorted(name for _, name, _ in storage.post_process({"a.css": (storage, "a.css")})))
    hashed = names[1][0]
    assert names == [[hashed, f"{hashed}.br", f"{hashed}.gz"], [hashed]]
    assert gzip.decompress((tmp_path / f"{hashed}.gz").read_bytes()) == (tmp_path / "a.css").read_bytes()
    assert sorted(path.name for path in tmp_path.glob("a.css*")) == ["a.css"]


def test_files_that_another_process_collected_are_known_afterwards(settings, tmp_path):
    """The storage is made early, by Wagtail, and a first start collects in a process of its own."""
    storage = {"BACKEND": f"{CompressedOnce.__module__}.CompressedOnce", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, STATICFILES_STORAGE_ALIAS: storage}
    ours = storages[STATICFILES_STORAGE_ALIAS]
    (tmp_path / "a.css").write_text("a{color:red}")
    other = CompressedOnce(location=tmp_path, base_url="/static/")
    [*_] = other.post_process({"a.css": (other, "a.css")})
    with pytest.raises(ValueError, match="Missing staticfiles manifest entry"):
        ours.stored_name("a.css")
    read_names_again()
    assert ours.url("a.css") == f"/static/{other.stored_name('a.css')}"
    (tmp_path / "a.css").write_text("a{color:blue}")
    [*_] = other.post_process({"a.css": (other, "a.css")})
    read_names_again()
    assert ours.url("a.css") == f"/static/{other.stored_name('a.css')}"


def test_the_web_server_in_front_may_read_what_is_collected(tmp_path):
    storage = CompressedOnce(location=tmp_path / "static", base_url="/static/")
    before = os.umask(0o077)
    try:
        storage.save("folder/a.css", ContentFile("a{color:red}" * 100))
        list(storage.post_process({"folder/a.css": (storage, "folder/a.css")}))
    finally:
        os.umask(before)
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (tmp_path / "static").rglob("*")}
    assert modes.pop("folder") == "0o755"
    assert modes.pop("staticfiles.json") == "0o644"
    assert [set(modes.values()), len(modes)] == [{"0o644"}, 4]


@pytest.mark.django_db
def test_a_database_in_shape_is_left_alone():
    said: list[str] = []
    preparation.migrate(said.append)
    assert said == []
