"""The register is loaded whole or not at all, again and again, and broken files say where."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from akademie.core.actions import NotPossible
from akademie.core.models import Stamp
from akademie.towns.actions import SOURCE, load_municipalities, source_version, sources_beside
from akademie.towns.models import FigureSource, SmallTown, Town
from akademie.towns.queries import STAMP


def silent(sentence: str) -> None:
    """Take progress and say nothing."""


def refusal(path) -> str:
    with pytest.raises(NotPossible) as refused:
        load_municipalities(silent, path)
    return str(refused.value)


def test_loading_takes_over_every_column(db, register_file):
    load_municipalities(silent, register_file())
    town = Town.objects.get(pk="12070424")
    assert (town.name, town.population, str(town.area_km2), town.small_town) == ("Wittenberge", 17_058, "50.63", "bbsr")
    assert (town.size, town.location, str(town.pop_change_pct)) == ("10000-19999", "very peripheral", "-1.8")
    assert (town.postal_code, town.district_name, town.lat) == ("19322", "Landkreis Prignitz", 52.9936)
    assert set(FigureSource.objects.values_list("pk", flat=True)) == {
        "register", "population", "change", "reach", "bbsr_type"}  # fmt: skip


def test_loading_says_how_far_it_is(db, register_file):
    said: list[str] = []
    path = register_file()
    load_municipalities(said.append, path)
    count = Town.objects.count()
    assert said == [f"{count} von {count} neuen oder geänderten Gemeinden …"]
    load_municipalities(said.append, path)
    assert len(said) == 1


def test_loading_again_changes_what_has_changed_and_keeps_the_offices_word(db, register_file):
    load_municipalities(silent, register_file())
    Town.objects.filter(pk="12070424").update(small_town=SmallTown.OFFICE, small_town_decided=True)
    load_municipalities(silent, register_file(lambda lines: [line.replace(",17058,", ",17100,") for line in lines]))
    town = Town.objects.get(pk="12070424")
    assert (town.population, town.small_town, town.small_town_decided) == (17_100, "office", True)


def test_a_municipality_that_has_left_the_register_stays_and_is_marked(db, register_file):
    load_municipalities(silent, register_file())
    before = Town.objects.count()
    load_municipalities(silent, register_file(lambda lines: [one for one in lines if not one.startswith("12070424")]))
    assert (Town.objects.count(), Town.objects.in_register().count()) == (before, before - 1)
    assert Town.objects.get(pk="12070424").left_register
    load_municipalities(silent, register_file())
    assert not Town.objects.get(pk="12070424").left_register


def test_loading_renews_the_stamp(db, register_file):
    path = register_file()
    load_municipalities(silent, path)
    first = Stamp.objects.get(pk=STAMP).value
    load_municipalities(silent, register_file(lambda lines: [line.replace(",17058,", ",17100,") for line in lines]))
    assert Stamp.objects.get(pk=STAMP).value != first


def test_the_version_is_that_of_both_files(register_file):
    path = register_file()
    first = source_version(path)
    assert source_version(path) == first
    sources_beside(path).write_text("{}", encoding="utf-8")
    assert source_version(path) != first


CUT = "Die Zeile hat zu viele oder zu wenige Spalten. Ist die Datei abgeschnitten?"


def swap(old: str, new: str):
    """Return a change of the line of Wittenberge."""

    def change(lines: list[str]) -> list[str]:
        assert any(line.startswith("12070424") and old in line for line in lines)
        return [line.replace(old, new) if line.startswith("12070424") else line for line in lines]

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (swap(",17058,", ",viele,"), "Spalte „population“: „viele“ ist keine ganze Zahl."),
        (swap(",17058,", ",17_058,"), "Spalte „population“: „17_058“ ist keine ganze Zahl."),
        (swap(",17058,", ",-5,"), "Spalte „population“: „-5“ liegt nicht zwischen 0 und 10000000."),
        (swap(",50.63,", ",NaN,"), "Spalte „area_km2“: „NaN“ ist keine Zahl mit Punkt."),
        (swap(",50.63,", ',"50,63",'), "Spalte „area_km2“: „50,63“ ist keine Zahl mit Punkt."),
        (swap(",52.9936,", ",5.29936,"), "Spalte „lat“: „5.29936“ liegt nicht zwischen 47 und 56."),
        (swap("12070424,", "1207424,"), "Spalte „ags“: „1207424“ sind keine 8 Ziffern."),
        (swap(",19322,", ",1932,"), "Spalte „postal_code“: „1932“ sind keine 5 Ziffern."),
        (swap(",Brandenburg,", ",Bayern,"), "Spalte „state“: „Bayern“ passt nicht zum Gemeindeschlüssel 12070424."),
        (swap(",Wittenberge,", ",,"), "Spalte „name“: Hier fehlt die Angabe."),
        (swap(",Wittenberge,", f",{'W' * 121},"), f"Spalte „name“: „{'W' * 30}“ ist zu lang."),
        (swap(",Wittenberge,", ",A\x00b,"), "Spalte „name“: „A?b“ enthält Zeichen, die kein Text sind."),
        (swap(",bbsr,", ",vielleicht,"), "Spalte „small_town“: „vielleicht“ gibt es nicht."),
        (swap(",very peripheral", ",weit weg"), "Spalte „location“: „weit weg“ gibt es nicht."),
        (swap(",very peripheral", ""), CUT),
        (swap(",very peripheral", ",central,1"), CUT),
    ],
)  # fmt: skip
def test_a_broken_line_is_named_and_nothing_is_written(db, register_file, change, told):
    message = refusal(register_file(change))
    place, _, rest = message.partition(", Zeile ")
    line, _, sentence = rest.partition(", " if told.startswith("Spalte") else ": ")
    assert (place, int(line) > 1, sentence) == ("municipalities.csv", True, told)
    assert not Town.objects.exists()


def test_the_line_number_is_that_of_the_file(db, register_file):
    path = register_file(lambda lines: [*lines[:3], lines[3].replace(",12", ",zwölf", 1).replace("01053", "x", 1)])
    assert refusal(path).startswith("municipalities.csv, Zeile 4, ")


def test_a_missing_column_is_named(db, register_file):
    path = register_file(lambda lines: [lines[0].replace("postal_code", "plz"), *lines[1:]])
    assert refusal(path) == "municipalities.csv, Zeile 1: Die Spalte „postal_code“ fehlt."


def test_a_key_that_comes_twice_is_named(db, register_file):
    path = register_file(lambda lines: [*lines, lines[1]])
    assert refusal(path).endswith(
        f"Spalte „ags“: {path.read_text(encoding='utf-8').splitlines()[1][:8]} steht zweimal da."
    )


def test_another_encoding_is_named_with_its_line(db, register_file):
    path = register_file()
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1", "replace"))
    assert "Die Datei ist nicht in UTF-8 gespeichert." in refusal(path)
    assert not Town.objects.exists()


@pytest.mark.parametrize("lines", [[], [""], ["kein,register"]])
def test_a_file_without_a_register_is_refused(db, register_file, lines):
    assert refusal(register_file(lambda _lines: lines)) == "municipalities.csv, Zeile 1: Die Spalte „ags“ fehlt."


def test_missing_rows_are_noticed(db, register_file):
    assert refusal(register_file(lambda lines: lines[:6], rows=10)) == (
        "municipalities.csv hat 5 Gemeinden statt 10. Die Datei ist unvollständig."
    )
    assert not Town.objects.exists()


def test_missing_files_are_named(db, tmp_path):
    assert refusal(tmp_path / "municipalities.csv").startswith("municipalities-sources.json lässt sich nicht lesen")


def test_a_byte_order_mark_is_no_harm(db, register_file):
    path = register_file()
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    load_municipalities(silent, path)
    assert Town.objects.filter(pk="12070424").exists()


def test_an_interrupted_load_leaves_nothing_and_can_be_repeated(db, register_file):
    path = register_file()

    def interrupted(sentence: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_municipalities(interrupted, path)
    assert (Town.objects.count(), FigureSource.objects.count()) == (0, 0)
    load_municipalities(silent, path)
    assert Town.objects.filter(pk="12070424").exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_end_like_one(register_file):
    path = register_file()

    def load(_: int) -> None:
        try:
            load_municipalities(silent, path)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(load, range(2)))
    assert Town.objects.count() == len(path.read_text(encoding="utf-8").splitlines()) - 1
    assert FigureSource.objects.count() == 5


@pytest.mark.slow
def test_the_shipped_register_arrives_complete(real_register):
    assert Town.objects.count() == 10_753
    assert Town.objects.small_towns().count() == 2_677
    assert sum(Town.objects.values_list("population", flat=True)) == 83_577_140
    assert Town.objects.filter(pop_change_pct=None).count() == 10_753 - 10_544
    assert Town.objects.get(pk="15088235").name == "Mücheln (Geiseltal)"
    assert Town.objects.get(pk="12066304").name_alt == "Zły Komorow"
    assert source_version() == source_version(SOURCE)
