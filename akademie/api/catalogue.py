"""The open data described for other portals (DCAT-AP.de 2.0) and the vocabulary of topics (SKOS), as RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from akademie.api.exports import attributions, data_of, formats_of
from akademie.api.queries import Asked, Collection, data_sets
from akademie.core import frame
from akademie.core.open_data import DL_BY, absolute

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

EU = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"
DCATDE = "http://dcat-ap.de/def/dcatde/"
LEVEL = "http://dcat-ap.de/def/politicalGeocoding/Level/federal"  # the data speak of all of Germany
AVAILABLE = "http://dcat-ap.de/def/plannedAvailability/stable"


class RdfFormat(NamedTuple):
    """A way to write RDF."""

    label: str
    media_type: str
    writer: str


FORMATS = {
    "ttl": RdfFormat("Turtle", "text/turtle", "turtle"),
    "rdf": RdfFormat("RDF/XML", "application/rdf+xml", "pretty-xml"),
    "jsonld": RdfFormat("JSON-LD", "application/ld+json", "json-ld"),
}


def written(graph: Graph, ending: str) -> bytes:
    """Return a graph in one of the formats."""
    return graph.serialize(format=FORMATS[ending].writer, encoding="utf-8")


def catalogue() -> Graph:
    """Return the catalogue of all data sets with their files and the API."""
    # Lazy: eleven megabytes that only a process needs which is asked for the catalogue.
    from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Literal, Namespace, URIRef

    graph = Graph()
    graph.bind("dcatde", Namespace(DCATDE))
    name = str(frame.current()["site_name"])
    this, publisher = URIRef(absolute("/daten/katalog")), _publisher(graph)
    told: list[tuple[Node, Node]] = [
        (RDF.type, DCAT.Catalog),
        (DCTERMS.title, Literal(f"{name}: offene Daten", lang="de")),
        (DCTERMS.description, Literal("Alles Öffentliche der Akademie zum Herunterladen.", lang="de")),
        (DCTERMS.publisher, publisher),
        (DCTERMS.license, URIRef(DL_BY.dcat)),
        (DCTERMS.language, URIRef(f"{EU}language/DEU")),
        (DCTERMS.spatial, URIRef(f"{EU}country/DEU")),
        (DCAT.themeTaxonomy, URIRef(f"{EU}data-theme")),
        (FOAF.homepage, URIRef(absolute("/daten/"))),
    ]
    told += [(DCAT.dataset, _data_set(graph, collection, publisher)) for collection in data_sets()]
    told.append((DCAT.service, _service(graph, publisher)))
    for predicate, value in told:
        graph.add((this, predicate, value))
    return graph


def _publisher(graph: Graph) -> Node:
    from rdflib import FOAF, RDF, Literal, URIRef

    publisher = URIRef(absolute("/impressum/"))
    graph.add((publisher, RDF.type, FOAF.Organization))
    graph.add((publisher, FOAF.name, Literal(str(frame.current()["operator"] or frame.current()["site_name"]))))
    return publisher


def _data_set(graph: Graph, collection: Collection, publisher: Node) -> Node:
    from rdflib import DCAT, DCTERMS, RDF, XSD, BNode, Literal, Namespace, URIRef

    vcard, data = Namespace("http://www.w3.org/2006/vcard/ns#"), data_of(collection)
    this, contact = URIRef(address_of(collection)), BNode()
    graph.add((contact, RDF.type, vcard.Organization))
    graph.add((contact, vcard.fn, Literal(str(frame.current()["site_name"]))))
    graph.add((contact, vcard.hasURL, URIRef(absolute("/impressum/"))))
    if email := frame.current()["contact_email"]:
        graph.add((contact, vcard.hasEmail, URIRef(f"mailto:{email}")))
    told: list[tuple[Node, Node]] = [
        (RDF.type, DCAT.Dataset),
        (DCTERMS.title, Literal(f"{collection.title} ({frame.current()['site_name']})", lang="de")),
        (DCTERMS.description, Literal(data.about, lang="de")),
        (DCTERMS.identifier, Literal(address_of(collection))),
        (DCTERMS.publisher, publisher),
        (DCTERMS.language, URIRef(f"{EU}language/DEU")),
        (DCTERMS.spatial, URIRef(f"{EU}country/DEU")),
        (DCTERMS.accrualPeriodicity, URIRef(f"{EU}frequency/IRREG")),
        (DCTERMS.license, URIRef(data.licence.dcat)),
        (DCAT.contactPoint, contact),
        (DCAT.landingPage, URIRef(absolute("/daten/"))),
        (URIRef(f"{DCATDE}politicalGeocodingLevelURI"), URIRef(LEVEL)),
        *((DCAT.theme, URIRef(f"{EU}data-theme/{theme}")) for theme in data.themes),
        *((DCAT.keyword, Literal(word, lang="de")) for word in data.keywords),
    ]
    if changed := collection.changed_at():
        told.append((DCTERMS.modified, Literal(changed.isoformat(), datatype=XSD.dateTime)))
    for ending, one in formats_of(collection).items():
        file = absolute(f"/daten/{collection.key}.{ending}")
        told.append((DCAT.distribution, _file(graph, collection, file, one.label, one.file_type, one.media_type)))
    for predicate, value in told:
        graph.add((this, predicate, value))
    return this


def _file(graph: Graph, collection: Collection, address: str, label: str, file_type: str, media_type: str) -> Node:
    from rdflib import DCAT, DCTERMS, RDF, Literal, Namespace, URIRef

    this, dcatap = URIRef(address), Namespace("http://data.europa.eu/r5r/")
    for predicate, value in (
        (RDF.type, DCAT.Distribution),
        (DCTERMS.title, Literal(f"{collection.title} als {label}", lang="de")),
        (DCAT.accessURL, this),
        (DCAT.downloadURL, this),
        (DCTERMS["format"], URIRef(f"{EU}file-type/{file_type}")),
        (DCAT.mediaType, URIRef(f"{IANA}{media_type}")),
        (DCTERMS.license, URIRef(data_of(collection).licence.dcat)),
        (dcatap.availability, URIRef(AVAILABLE)),
        (URIRef(f"{DCATDE}licenseAttributionByText"), Literal(" ".join(attributions(collection)), lang="de")),
    ):
        graph.add((this, predicate, value))
    return this


def _service(graph: Graph, publisher: Node) -> Node:
    from rdflib import DCAT, DCTERMS, RDF, Literal, URIRef

    this = URIRef(absolute("/api/v1/"))
    for predicate, value in (
        (RDF.type, DCAT.DataService),
        (DCTERMS.title, Literal("Schnittstelle zum Lesen", lang="de")),
        (DCTERMS.publisher, publisher),
        (DCTERMS.license, URIRef(DL_BY.dcat)),
        (DCAT.endpointURL, this),
        (DCAT.endpointDescription, URIRef(absolute("/api/v1/openapi.json"))),
        *((DCAT.servesDataset, URIRef(address_of(collection))) for collection in data_sets()),
    ):
        graph.add((this, predicate, value))
    return this


def address_of(collection: Collection) -> str:
    """Return the name of a data set in RDF: its place on the page of open data."""
    return absolute(f"/daten/#{collection.key}")


def vocabulary(topics: Collection) -> Graph:
    """Return the topics as a SKOS scheme; a concept's name is the address of its page."""
    from rdflib import DCTERMS, RDF, SKOS, Graph, Literal, URIRef

    graph = Graph()
    scheme = URIRef(absolute("/themen/"))
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    graph.add((scheme, DCTERMS.title, Literal(f"{topics.title} ({frame.current()['site_name']})", lang="de")))
    graph.add((scheme, DCTERMS.description, Literal(data_of(topics).about, lang="de")))
    graph.add((scheme, DCTERMS.license, URIRef(data_of(topics).licence.url)))
    records = topics.records(topics.pks(Asked()))
    by_id = {record["id"]: URIRef(record["url"]) for record in records}
    for record in records:
        this, above = by_id[record["id"]], by_id.get(record["parent"])
        graph.add((this, RDF.type, SKOS.Concept))
        graph.add((this, SKOS.inScheme, scheme))
        graph.add((this, SKOS.notation, Literal(record["id"])))
        graph.add((this, SKOS.prefLabel, Literal(record["name"], lang="de")))
        for word in record["synonyms"]:
            if word != record["name"]:
                graph.add((this, SKOS.altLabel, Literal(word, lang="de")))
        if record["description"]:
            graph.add((this, SKOS.definition, Literal(record["description"], lang="de")))
        if above:
            graph.add((this, SKOS.broader, above))
            graph.add((above, SKOS.narrower, this))
        else:
            graph.add((this, SKOS.topConceptOf, scheme))
            graph.add((scheme, SKOS.hasTopConcept, this))
    return graph
