"""Files of the search that a disk has lost or changed: never an error, always a new index."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from akademie.core.contributions import Light
from akademie.search import actions, queries
from akademie.search.analysis import Damaged, german_lexicon, lexicon, lexicon_path, load_lexicon
from akademie.search.analysis.tables import WordMap, WordTable
from akademie.search.engine import Document, Query, TantivyEngine
from akademie.search.health import index_health
from akademie.search.tests.running_indexer import running_indexer
from akademie.towns.tests.factories import TownFactory


def flip(path: Path) -> None:
    """Change every byte in the middle half."""
    data = bytearray(path.read_bytes())
    for place in range(len(data) // 4, -(-len(data) * 3 // 4)):
        data[place] ^= 0x55
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index with a deletion, so that every sort of file is there; tests damage their copy of it."""
    folder = tmp_path_factory.mktemp("written") / "index"
    engine = TantivyEngine(folder)
    generation = engine.new_generation({"leerstand": 9})
    generation.upsert(Document(id=f"x:{n}", kind="x", title=f"Zebrastreifen {n}") for n in range(20))
    generation.commit(1)
    generation.delete(["x:3"])
    generation.commit(2)
    engine.swap(generation)
    engine.close()
    return folder


@pytest.fixture
def root(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / "index"))


def found(engine: TantivyEngine, text: str = "Zebrastreifen") -> int:
    return engine.search(Query(text=text)).total


KINDS = ("fast", "fieldnorm", "idx", "pos", "store", "term")
FILES = [
    *(f"documents/*.{kind}" for kind in (*KINDS, "del")),
    *(f"vocabulary/*.{kind}" for kind in KINDS),
    *(f"{part}/meta.json" for part in ("documents", "vocabulary")),
    *(f"words/{table}" for table in ("counts", "shortened", "stems")),
]


@pytest.mark.parametrize("damage", [flip, cut, empty, Path.unlink])
@pytest.mark.parametrize("pattern", FILES)
def test_a_damaged_file_gives_no_hits_and_asks_for_a_new_index(root, pattern, damage):
    [path, *_] = root.glob(f"*-1/{pattern}")
    damage(path)
    engine = TantivyEngine(root)
    assert (found(engine), engine.suggest("zebra"), list(engine.titles())) == (0, [], [])
    assert (engine.needs_rebuild(), TantivyEngine(root).needs_rebuild()) == (True, True)


def test_a_whole_index_is_left_alone(root):
    engine = TantivyEngine(root)
    assert (engine.is_usable(), engine.is_whole(), found(engine), engine.needs_rebuild()) == (True, True, 19, False)


@pytest.mark.parametrize("pointer", [b"", b"\xff\xfe", b"\0", b"..", b"abc-"])
def test_a_damaged_pointer_asks_for_a_new_index(root, pointer):
    (root / "CURRENT").write_bytes(pointer)
    engine = TantivyEngine(root)
    assert (engine.needs_rebuild(), found(engine), engine.is_usable()) == (True, 0, False)


def test_damage_under_an_open_index_is_found_by_the_search_that_meets_it(root):
    engine = TantivyEngine(root)
    assert found(engine) == 19
    for path in root.glob("*-1/documents/*.idx"):
        damaged = bytes(byte ^ 0x55 for byte in path.read_bytes())
        with path.open("r+b") as file:  # in place, as a disk would: the file stays open
            file.write(damaged)
    assert (found(engine, "zebra 7"), engine.needs_rebuild(), engine.is_usable()) == (0, True, False)


def test_an_error_of_ours_is_no_damage(root, monkeypatch):
    engine = TantivyEngine(root)
    monkeypatch.setattr(engine, "_synonyms_for", lambda generation: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        found(engine)
    assert engine.needs_rebuild() is False


@pytest.mark.parametrize("damage", [flip, cut, empty, Path.unlink])
def test_a_damaged_table_is_not_read(tmp_path, damage):
    for table in (WordTable({"stadt": 3, "land": 4}), WordMap({"kitas": "kita"})):
        path = tmp_path / "table"
        table.save(path)
        assert dict(type(table).load(path).items()) == dict(table.items())
        damage(path)
        with pytest.raises(Damaged):
            type(table).load(path)


def test_a_damaged_lexicon_is_made_anew(tmp_path, monkeypatch):
    small = german_lexicon()
    monkeypatch.setattr(lexicon, "_from_dictionary", lambda: small)  # the whole takes ten seconds
    load_lexicon(tmp_path)
    written = {path.name: path.read_bytes() for path in lexicon_path(tmp_path).iterdir()}
    for name in written:
        for damage in (flip, Path.unlink):
            damage(lexicon_path(tmp_path) / name)
            assert load_lexicon(tmp_path).stem.base("kitas") == "kita"
            assert {path.name: path.read_bytes() for path in lexicon_path(tmp_path).iterdir()} == written
    assert [path.name for path in tmp_path.iterdir()] == [lexicon_path().name]


@pytest.fixture
def engine(settings, tmp_path: Path) -> Iterator[TantivyEngine]:
    """The engine of this process on a folder of its own, without an index."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    queries.engine.cache_clear()
    yield queries.engine()
    queries.engine().close()
    queries.engine.cache_clear()


@pytest.mark.django_db
def test_the_self_test_finds_damage_that_nobody_met_yet(engine):
    TownFactory()
    actions.rebuild_index(engine)
    assert index_health().light == Light.GREEN
    [path] = engine.root.glob("*/documents/*.pos")
    flip(path)
    told = index_health()
    assert (told.light, told.sentence[:38]) == (Light.RED, "Der Index der Suche war beschädigt. De")
    assert engine.needs_rebuild() is True


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_indexer_builds_a_damaged_index_anew(engine, client):
    town = TownFactory()
    actions.rebuild_index(engine)
    engine.close()
    [path] = engine.root.glob("*/documents/*.idx")
    flip(path)
    page = client.get("/suche/", {"q": town.name})
    assert (page.status_code, "Das Verzeichnis der Suche wird gerade aufge" in page.content.decode()) == (200, True)
    with running_indexer():
        for _ in range(100):
            if engine.is_usable():
                break
            time.sleep(0.1)
    assert [one.entry.title for one in queries.search(town.name).found] == [town.name]
    assert "gerade aufgebaut" not in client.get("/suche/", {"q": "Quabbelquibbel"}).content.decode()
