from collections.abc import Callable
from pathlib import Path

import pytest

from akademie.core import stamps
from akademie.towns.actions import SOURCE, load_municipalities, sources_beside
from akademie.towns.queries import STAMP
from akademie.towns.tests.factories import TownFactory

NO_SMALL_TOWNS = ("05515000", "13071102")


@pytest.fixture
def towns(db):
    """Nine municipalities as the register has them, and a village of the same name as a town."""
    made = [
        ("12070424", "Wittenberge", "", "Prignitz", "Landkreis", "Brandenburg", 17_058, "19322"),
        ("01053090", "Mölln", "", "Herzogtum Lauenburg", "Kreis", "Schleswig-Holstein", 19_627, "23879"),
        ("13071102", "Mölln", "", "Mecklenburgische Seenplatte", "Landkreis", "Mecklenburg-Vorpommern", 350, "17091"),
        ("14626600", "Weißwasser/O.L.", "Běła Woda", "Görlitz", "Landkreis", "Sachsen", 15_002, "02943"),
        ("05515000", "Münster", "", "Münster", "Kreisfreie Stadt", "Nordrhein-Westfalen", 307_071, "48143"),
        ("03358016", "Munster", "", "Heidekreis", "Landkreis", "Niedersachsen", 15_400, "29633"),
        ("07140501", "Sankt Goar", "", "Rhein-Hunsrück-Kreis", "Landkreis", "Rheinland-Pfalz", 2_800, "56329"),
        ("13071124", "Röbel/Müritz", "", "Mecklenburgische Seenplatte", "Landkreis", "Mecklenburg-Vorpommern", 4_684,
         "17207"),
        ("15084285", "Laucha an der Unstrut", "", "Burgenlandkreis", "Landkreis", "Sachsen-Anhalt", 2_657, "06636"),
    ]  # fmt: skip
    rows = []
    for ags, name, second, district, kind, state, people, code in made:
        rows.append(
            TownFactory(
                ags=ags, name=name, name_alt=second, district=district, district_kind=kind, state=state,
                population=people, postal_code=code, small_town="" if ags in NO_SMALL_TOWNS else "bbsr",
            )
        )  # fmt: skip
    stamps.bump(STAMP)
    return {town.ags: town for town in rows}


@pytest.fixture
def register_file(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a small register: the head and some lines of the real one, changed on demand."""
    lines = SOURCE.read_text(encoding="utf-8").splitlines()
    chosen = [lines[0], *(line for line in lines if line.startswith(("12070", "010530")))]

    def write(change: Callable[[list[str]], list[str]] = list, rows: int | None = None) -> Path:
        path = tmp_path / "municipalities.csv"
        changed = change(chosen[:])
        path.write_text("\n".join(changed) + "\n", encoding="utf-8")
        told = sources_beside(SOURCE).read_text(encoding="utf-8")
        expected = len(changed) - 1 if rows is None else rows
        sources_beside(path).write_text(told.replace('"rows": 10753', f'"rows": {expected}'), encoding="utf-8")
        return path

    return write


@pytest.fixture
def real_register(db):
    """All municipalities of the shipped register."""
    load_municipalities(lambda sentence: None)
