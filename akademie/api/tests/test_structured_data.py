"""What search engines read (schema.org): known words only, each where its type has it, the same as the API says."""

import json
import re
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from rdflib import SDO

from akademie.cms.models import AcademySettings
from akademie.core.open_data import json_ld
from akademie.library.kinds import Kind
from akademie.library.tests.factories import LibraryItemFactory
from akademie.practices.tests.factories import PracticeCaseFactory

SITE = "http://127.0.0.1:8000"
# The part of schema.org that we use: each type with the one above it, and what it has beyond that one.
ABOVE = {
    "CreativeWork": "Thing", "Article": "CreativeWork", "Report": "Article", "ScholarlyArticle": "Article",
    "NewsArticle": "Article", "Book": "CreativeWork", "PublicationIssue": "CreativeWork",
    "LearningResource": "CreativeWork", "WebPage": "CreativeWork", "HowTo": "CreativeWork", "HowToStep": "ListItem",
    "HowToTool": "ListItem", "ListItem": "Thing", "DataCatalog": "CreativeWork", "Dataset": "CreativeWork",
    "DataDownload": "MediaObject", "MediaObject": "CreativeWork", "DefinedTerm": "Thing",
    "DefinedTermSet": "CreativeWork", "Place": "Thing", "AdministrativeArea": "Place", "City": "AdministrativeArea",
    "Country": "AdministrativeArea", "GeoCoordinates": "Thing", "PropertyValue": "Thing", "Audience": "Thing",
    "Organization": "Thing", "EducationalOrganization": "Organization", "Person": "Thing",
}  # fmt: skip
HAS = {
    "Thing": "name alternateName description identifier sameAs url mainEntityOfPage",
    "CreativeWork": "headline abstract genre inLanguage author editor publisher datePublished dateModified isPartOf "
    "license keywords citation contentLocation temporalCoverage spatialCoverage audience isAccessibleForFree "
    "encodingFormat learningResourceType",
    "Article": "pagination",
    "PublicationIssue": "pagination",
    "Book": "isbn",
    "HowTo": "totalTime tool step",
    "ListItem": "position",
    "DataCatalog": "dataset",
    "Dataset": "distribution",
    "MediaObject": "contentUrl",
    "DefinedTerm": "termCode inDefinedTermSet",
    "Place": "geo containedInPlace",
    "GeoCoordinates": "latitude longitude",
    "PropertyValue": "propertyID value",
    "Audience": "audienceType",
    "Organization": "address email telephone parentOrganization",
    "Person": "familyName givenName",
}
ADDRESSES = {"@id", "url", "sameAs", "mainEntityOfPage", "contentUrl", "license"}


def types_of(told: dict[str, Any]) -> set[str]:
    """Return the types of a thing and all above them."""
    found: set[str] = set()
    waiting = [told["@type"]] if isinstance(told["@type"], str) else list(told["@type"])
    while waiting:
        name = waiting.pop()
        assert name in SDO, name
        found.add(name)
        if name != "Thing":
            waiting.append(ABOVE[name])
    return found


def check(told: dict[str, Any], inside: bool = False) -> None:
    """Check a thing and all things in it."""
    types = types_of(told)
    for key, value in told.items():
        if key == "@context" and not inside:
            assert value == "https://schema.org"
            continue
        values = value if isinstance(value, list) else [value]
        assert values != []
        assert [one for one in values if one in (None, "")] == []
        if key in ADDRESSES:
            assert [one for one in values if not str(one).startswith(("http://", "https://"))] == [], key
        if not key.startswith("@"):
            assert key in SDO, key
            assert [name for name in types if key in HAS.get(name, "").split()] != [], (key, types)
        if key == "dateModified":
            assert datetime.fromisoformat(value).tzinfo is not None
        if key == "datePublished":
            assert re.fullmatch(r"\d{4}", value) or date.fromisoformat(value)
        for one in values:
            if isinstance(one, dict):
                check(one, inside=True)


def structured(client: Client, path: str) -> dict[str, Any]:
    page = client.get(path)
    assert page.status_code == 200
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.content.decode(), re.DOTALL)
    assert len(found) == 1
    return json.loads(found[0])


@pytest.mark.parametrize(
    ("path", "kind", "demanded"),
    [
        ("/bibliothek/offen/", "Report", {"name", "inLanguage", "genre", "datePublished", "identifier"}),
        ("/praxis/offen/", "Article", {"headline", "abstract", "contentLocation", "temporalCoverage"}),
        ("/formate/offen/", "HowTo", {"name", "description", "step"}),
        ("/aktuelles/offen/", "NewsArticle", {"headline", "datePublished"}),
        ("/staedte/12070296/", "City", {"name", "identifier", "geo", "containedInPlace"}),
        ("/themen/leerstand/", "DefinedTerm", {"name", "termCode", "inDefinedTermSet"}),
        ("/impressum/", "WebPage", {"name", "description", "dateModified"}),
        ("/daten/", "DataCatalog", {"name", "dataset", "publisher"}),
        ("/", "EducationalOrganization", {"name", "url"}),
    ],
)
def test_pages_say_what_they_are(
    client: Client, things: dict[str, Any], path: str, kind: str, demanded: set[str]
) -> None:
    told = structured(client, path)
    assert (told["@type"], told["@id"]) == (kind, f"{SITE}{path}")
    assert demanded - told.keys() == set()
    check(told)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_library_item_has_a_type_that_fits(client: Client, db: None, kind: Kind) -> None:
    LibraryItemFactory(
        slug="alles", kind=kind, pages="12–19", isbn="978-3-16-148410-0", doi="10.1000/x", part_of="Das Heft",
        publisher="Verlag", persons="Milbert, Antonia", keywords="Leerstand",
    )  # fmt: skip
    check(structured(client, "/bibliothek/alles/"))


def test_data_sets_lead_to_their_files(client: Client, things: dict[str, Any]) -> None:
    sets = {one["@id"].rpartition("#")[2]: one for one in structured(client, "/daten/")["dataset"]}
    kinds = "praxis bibliothek formate staedte themen fachwoerter veranstaltungen aktuelles"
    assert set(sets) == set(kinds.split())
    for told in sets.values():
        assert 50 <= len(told["description"]) <= 5000  # what search engines for data take
        for file in told["distribution"]:
            answer = client.head(file["contentUrl"].removeprefix(SITE))
            assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, file["encodingFormat"])
    assert [file["name"] for file in sets["staedte"]["distribution"]] == ["CSV", "JSON", "Excel (XLSX)", "GeoJSON"]


def test_what_is_told_is_what_the_api_says(client: Client, things: dict[str, Any]) -> None:
    told, record = structured(client, "/praxis/offen/"), client.get("/api/v1/praxis/offen/").json()
    assert (told["name"], told["abstract"]) == (record["title"], record["summary"])
    assert [town["identifier"] for town in told["contentLocation"]] == [town["id"] for town in record["towns"]]
    assert told["temporalCoverage"] == "2019/.."
    format_record = client.get("/api/v1/formate/offen/").json()
    assert [step["name"] for step in structured(client, "/formate/offen/")["step"]] == [
        step["title"] for step in format_record["steps"]
    ]


def test_the_academy_names_its_operator(client: Client, things: dict[str, Any]) -> None:
    academy = AcademySettings.load()
    academy.operator = "Stadt Perleberg"
    academy.save()
    assert structured(client, "/")["parentOrganization"]["name"] == "Stadt Perleberg"


def test_nobody_ends_the_script(client: Client, db: None) -> None:
    evil = "</script><script>alert(1)</script><!--"
    PracticeCaseFactory(slug="boese", summary=evil)
    told = structured(client, "/praxis/boese/")
    assert told["abstract"] == evil
    assert "<" not in json_ld({"a": evil})
