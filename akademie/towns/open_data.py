"""Municipalities for machines: the figures of the profile with their units."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from akademie.core.open_data import WITH_SOURCE, DataField, PublicData, Record, absolute, json_ld
from akademie.towns import queries
from akademie.towns.models import (
    Location,
    Size,
    SmallTown,
    Town,
    Trend,
    district_in_words,
    has_town_rights,
    place_in_words,
)

OWN = "eigene Einschätzung"
FIELDS = (
    DataField("id", "Gemeindeschlüssel (AGS)", always=True, note="acht Ziffern, als Text mit führender Null"),
    DataField("url", "Adresse", always=True, format="uri"),
    DataField("ars", "Regionalschlüssel (ARS)", always=True, note="zwölf Ziffern"),
    DataField("name", "Name", always=True),
    DataField("name_alt", "Zweiter amtlicher Name"),
    DataField("designation", "Bezeichnung", note="amtlicher Zusatz, zum Beispiel Hansestadt"),
    DataField("kind", "Art", always=True),
    DataField("state", "Land", always=True),
    DataField("district", "Kreis", always=True),
    DataField("district_kind", "Art des Kreises", always=True),
    DataField("association", "Gemeindeverband"),
    DataField("association_kind", "Art des Verbands"),
    DataField("population", "Einwohner", int, always=True, note="31.12.2024, Grundlage Zensus 2022"),
    DataField("size", "Größenklasse", always=True, choices=dict(Size.choices)),
    DataField("area_km2", "Fläche in km²", float, always=True, note="31.12.2024"),
    DataField("lat", "Breite", float, always=True, note="WGS84, Mitte der Gemeindefläche"),
    DataField("lon", "Länge", float, always=True, note="WGS84, Mitte der Gemeindefläche"),
    DataField("postal_code", "Postleitzahl der Verwaltung", always=True),
    DataField("degurba", "Verstädterungsgrad", int, always=True, note="der EU: 1 dicht, 2 mittel, 3 dünn besiedelt"),
    DataField("bbsr_type", "Stadt- und Gemeindetyp 2015", note="BBSR, für den ganzen Gemeindeverband"),
    DataField("small_town", "Kleinstadt", choices=dict(SmallTown.choices), note="warum sie als Kleinstadt zählt"),
    DataField("pop_change_pct", "Entwicklung in %", float, note="31.12.2013 bis 31.12.2023, Grundlage Zensus 2011"),
    DataField("trend", "Trend", choices=dict(Trend.choices), note="wachsend ab +3 %, schrumpfend ab −3 %"),
    DataField("pop_50km_k", "Einwohner im Umkreis von 50 km, in Tausend", int, always=True, note=OWN),
    DataField("km_to_city", "km zur nächsten Großstadt", int, always=True, note="Luftlinie"),
    DataField("location", "Lage", always=True, choices=dict(Location.choices), note=OWN),
)
_COLUMNS = [field.name for field in FIELDS[2:]]


def record_of(ags: str, values: dict[str, Any]) -> Record:
    """Return a municipality as a record; `values` holds its columns."""
    told: Record = {"id": ags, "url": absolute(f"/staedte/{ags}/")}
    told |= {name: None if (value := values[name]) == "" else value for name in _COLUMNS}
    told["area_km2"] = float(values["area_km2"])
    told["pop_change_pct"] = None if values["pop_change_pct"] is None else float(values["pop_change_pct"])
    return told


def structured(record: Record) -> dict[str, Any]:
    """Return a record in the words of schema.org."""
    place = place_in_words(
        record["name"], district_in_words(record["district"], record["district_kind"]), record["state"]
    )
    return {
        "@type": "City" if has_town_rights(record["kind"]) else "AdministrativeArea",
        "@id": record["url"],
        "name": record["name"],
        "alternateName": record["name_alt"],
        "identifier": record["id"],
        "url": record["url"],
        "geo": {"@type": "GeoCoordinates", "latitude": record["lat"], "longitude": record["lon"]},
        "containedInPlace": {"@type": "AdministrativeArea", "name": place},
    }


def json_ld_of(town: Town | queries.Row) -> SafeString:
    """Return what search engines read about a municipality; the kept register has fewer columns."""
    return json_ld(structured(record_of(town.ags, {name: getattr(town, name, None) for name in _COLUMNS})))


def records(towns: QuerySet[Town]) -> Iterator[tuple[str, Record]]:
    """Yield municipalities with one query."""
    for values in towns.values("ags", *_COLUMNS):
        yield values["ags"], record_of(values["ags"], values)


def find(typed: str) -> list[str]:
    """Return the keys of the municipalities that a text means, as the list of towns reads it."""
    register = queries.register()
    return [row.ags for row in register.find(typed) or register.near(typed)]


def sources() -> list[str]:
    """Return who is to be named."""
    return [source.attribution for source in queries.register().sources.values() if source.attribution]


DATA = PublicData(
    about="Alle Städte und Gemeinden Deutschlands mit Einwohnern, Fläche, Lage und Entwicklung, und ob und warum eine "
    "als Kleinstadt zählt.",
    fields=FIELDS,
    records=records,
    lookup="ags",
    address="/staedte/{}/",
    licence=WITH_SOURCE,
    sources=sources,
    rows=queries.towns_list,
    find=find,
    places=lambda record: [(record["lon"], record["lat"])],
    loaded_as="towns",
    themes=("REGI", "SOCI"),
    keywords=("Kleinstadt", "Gemeinden", "Gemeindeschlüssel", "Einwohner"),
)
