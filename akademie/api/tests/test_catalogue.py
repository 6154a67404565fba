"""The catalogue follows DCAT-AP.de, and the topics are a vocabulary that other systems can read."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, XSD, Graph, Literal, Namespace, URIRef

# rdflib reads JSON-LD with a class of its own that it has put out to grass
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
SITE = "http://127.0.0.1:8000"
DCATAP = Namespace("http://data.europa.eu/r5r/")
DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
EU = Namespace("http://publications.europa.eu/resource/authority/")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
SETS = ("praxis", "bibliothek", "formate", "staedte", "themen", "fachwoerter", "veranstaltungen", "aktuelles")
FORMATS = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}
FILES = 3 * len(SETS) + 2
# What the specification demands or recommends, and whether it may be there more than once.
ONE, SEVERAL = 1, 99
DEMANDED: dict[URIRef, dict[URIRef, int]] = {
    DCAT.Catalog: {
        DCTERMS.title: SEVERAL, DCTERMS.description: SEVERAL, DCTERMS.publisher: ONE, DCAT.dataset: SEVERAL,
        DCTERMS.license: ONE, DCTERMS.language: SEVERAL, DCTERMS.spatial: SEVERAL, DCAT.themeTaxonomy: SEVERAL,
        FOAF.homepage: ONE, DCTERMS.modified: ONE, DCAT.service: SEVERAL,
    },
    DCAT.Dataset: {
        DCTERMS.title: SEVERAL, DCTERMS.description: SEVERAL, DCTERMS.publisher: ONE, DCTERMS.identifier: SEVERAL,
        DCAT.keyword: SEVERAL, DCAT.theme: SEVERAL, DCAT.contactPoint: SEVERAL, DCAT.distribution: SEVERAL,
        DCTERMS.spatial: SEVERAL, DCTERMS.accrualPeriodicity: ONE, DCAT.landingPage: SEVERAL, DCATAP.availability: ONE,
        DCATDE.politicalGeocodingLevelURI: SEVERAL, DCATDE.politicalGeocodingURI: SEVERAL,
    },
    DCAT.Distribution: {
        DCTERMS.title: SEVERAL, DCAT.accessURL: SEVERAL, DCAT.downloadURL: SEVERAL, DCTERMS.license: ONE,
        DCTERMS["format"]: ONE, DCAT.mediaType: ONE, DCATAP.availability: ONE,
        DCATDE.licenseAttributionByText: SEVERAL,
    },
    DCAT.DataService: {
        DCTERMS.title: SEVERAL, DCTERMS.description: SEVERAL, DCTERMS.publisher: ONE, DCAT.contactPoint: SEVERAL,
        DCTERMS.license: ONE, DCAT.endpointURL: SEVERAL, DCAT.endpointDescription: SEVERAL,
        DCAT.servesDataset: SEVERAL,
    },
    FOAF.Organization: {FOAF.name: SEVERAL},
    VCARD.Organization: {VCARD.fn: SEVERAL, VCARD.hasURL: SEVERAL},
}  # fmt: skip
LICENCES = {
    URIRef(f"http://dcat-ap.de/def/licenses/{name}") for name in ("dl-by-de/2.0", "dl-zero-de/2.0", "cc-zero",
    "cc-by/4.0", "cc-by-sa/4.0", "other-open", "other-closed")
}  # fmt: skip
THEMES = {
    EU[f"data-theme/{name}"] for name in ("AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL", "INTR", "JUST",
    "REGI", "SOCI", "TECH", "TRAN")
}  # fmt: skip
FILE_TYPES = {  # of the European vocabulary, with their names at IANA
    EU["file-type/CSV"]: "text/csv",
    EU["file-type/JSON"]: "application/json",
    EU["file-type/GEOJSON"]: "application/geo+json",
    EU["file-type/XLSX"]: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@pytest.fixture(autouse=True)
def two_changes(things: dict[str, Any]) -> None:
    """The catalogue knows when two of its data sets changed."""
    for day, name in ((1, "case"), (2, "item")):
        things[name].last_published_at = datetime(2026, 5, day, tzinfo=UTC)
        things[name].save()


def rdf(client: Client, name: str, ending: str) -> Graph:
    answer = client.get(f"/daten/{name}.{ending}")
    assert answer.status_code == 200
    return Graph().parse(data=answer.content, format=FORMATS[ending])


def catalogue(client: Client, ending: str = "ttl") -> Graph:
    return rdf(client, "katalog", ending)


@pytest.mark.parametrize("ending", FORMATS)
def test_everything_has_what_dcat_ap_de_demands(client: Client, ending: str) -> None:
    graph = catalogue(client, ending)
    counts = {kind: len(set(graph.subjects(RDF.type, kind))) for kind in DEMANDED}
    assert list(counts.values()) == [1, len(SETS), FILES, 1, 1, 1]
    for kind, demanded in DEMANDED.items():
        for thing in graph.subjects(RDF.type, kind):
            for predicate, most in demanded.items():
                assert 1 <= len(list(graph.objects(thing, predicate))) <= most, (thing, predicate)
    (whole,) = graph.subjects(RDF.type, DCAT.Catalog)
    names = {URIRef(f"{SITE}/daten/#{key}") for key in SETS}
    assert set(graph.objects(whole, DCAT.dataset)) == set(graph.subjects(RDF.type, DCAT.Dataset)) == names
    assert set(graph.objects(None, DCAT.servesDataset)) == names


def test_values_come_from_the_vocabularies(client: Client) -> None:
    graph = catalogue(client)
    assert set(graph.objects(None, DCTERMS.license)) <= LICENCES
    assert set(graph.objects(None, DCAT.theme)) <= THEMES
    assert set(graph.objects(None, DCATAP.availability)) == {EU["planned-availability/STABLE"]}
    federal = URIRef("http://dcat-ap.de/def/politicalGeocoding/Level/federal")
    for predicate in (DCATDE.politicalGeocodingLevelURI, DCATDE.politicalGeocodingURI):
        assert set(graph.objects(None, predicate)) == {federal}
    for file in graph.subjects(RDF.type, DCAT.Distribution):
        media_type = FILE_TYPES[graph.value(file, DCTERMS["format"])]  # type: ignore[index]
        assert graph.value(file, DCAT.mediaType) == URIRef(f"https://www.iana.org/assignments/media-types/{media_type}")
        answer = client.head(str(file).removeprefix(SITE))
        assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, media_type)
    changes = list(graph.objects(None, DCTERMS.modified))
    assert {one.datatype for one in changes if isinstance(one, Literal)} == {XSD.dateTime}
    (whole,) = graph.subjects(RDF.type, DCAT.Catalog)
    assert str(graph.value(whole, DCTERMS.modified)) == "2026-05-02T00:00:00+00:00"
    assert str(graph.value(URIRef(f"{SITE}/daten/#praxis"), DCTERMS.modified)) == "2026-05-01T00:00:00+00:00"


def test_who_delivers_to_govdata_says_so(client: Client, settings: Any) -> None:
    assert list(catalogue(client).objects(None, DCATDE.contributorID)) == []
    settings.DCAT_CONTRIBUTOR_ID = "http://dcat-ap.de/def/contributors/kleinstadtakademie"
    named = list(catalogue(client).objects(None, DCATDE.contributorID))
    assert named == [URIRef("http://dcat-ap.de/def/contributors/kleinstadtakademie")] * len(SETS)


def test_catalogue_is_the_same_in_every_format(client: Client) -> None:
    assert len({len(catalogue(client, ending)) for ending in FORMATS}) == 1


@pytest.mark.parametrize("ending", FORMATS)
def test_vocabulary_says_how_topics_belong_together(client: Client, ending: str) -> None:
    graph = rdf(client, "themen", ending)
    scheme, above, below = (URIRef(f"{SITE}/themen/{path}") for path in ("", "leerstand/", "bahnhoefe/"))
    assert (scheme, RDF.type, SKOS.ConceptScheme) in graph
    assert set(graph.subjects(SKOS.inScheme, scheme)) == {above, below}
    assert set(graph.objects(scheme, SKOS.hasTopConcept)) == {above}
    assert (below, SKOS.broader, above) in graph
    assert (above, SKOS.narrower, below) in graph
    assert graph.value(above, SKOS.prefLabel) == Literal("Leerstand", lang="de")
    assert {str(word) for word in graph.objects(above, SKOS.altLabel)} == {"leere Läden", "Ladensterben"}
    assert str(graph.value(above, SKOS.notation)) == "leerstand"
