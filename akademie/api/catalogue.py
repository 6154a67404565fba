"""The open data described for other portals (DCAT-AP.de) and the vocabulary of topics (SKOS), as RDF.

Imported only when somebody asks for them: rdflib takes eleven megabytes that no other answer needs. Which properties a
description has follows the specification of DCAT-AP.de 3.0 and its conventions (https://www.dcat-ap.de/def/dcatde/).
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from akademie.api.exports import FileFormat, attributions, data_of, formats_of
from akademie.api.queries import Asked, Collection, data_sets
from akademie.core import frame
from akademie.core.open_data import DL_BY, absolute

EU = Namespace("http://publications.europa.eu/resource/authority/")
IANA = Namespace("https://www.iana.org/assignments/media-types/")
DCATAP = Namespace("http://data.europa.eu/r5r/")
DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
FEDERAL = URIRef("http://dcat-ap.de/def/politicalGeocoding/Level/federal")  # the data speak of all of Germany
LASTING = EU["planned-availability/STABLE"]
WRITERS = {"ttl": "turtle", "rdf": "pretty-xml", "jsonld": "json-ld"}  # what rdflib calls the formats
Told = Iterable[tuple[Node, Node | None]]


def written(graph: Graph, ending: str) -> bytes:
    """Return a graph in one of `exports.RDF_FORMATS`."""
    return graph.serialize(format=WRITERS[ending], encoding="utf-8")


def catalogue() -> Graph:
    """Return the catalogue of all data sets with their files and the API."""
    graph = Graph()
    for prefix, namespace in (("dcatde", DCATDE), ("dcatap", DCATAP)):
        graph.bind(prefix, namespace)
    collections = data_sets()
    changes = [changed for one in collections if (changed := one.changed_at())]
    publisher, contact = _publisher(graph), _contact(graph)
    _tell(graph, URIRef(absolute("/daten/katalog")), (
        (RDF.type, DCAT.Catalog),
        (DCTERMS.title, _german(f"{_site()}: offene Daten")),
        (DCTERMS.description, _german("Alles Öffentliche der Akademie zum Herunterladen.")),
        (DCTERMS.publisher, publisher),
        (DCTERMS.license, URIRef(DL_BY.dcat)),
        (DCTERMS.language, EU["language/DEU"]),
        (DCTERMS.spatial, EU["country/DEU"]),
        (DCAT.themeTaxonomy, EU["data-theme"]),
        (FOAF.homepage, URIRef(absolute("/daten/"))),
        (DCTERMS.modified, _moment(max(changes, default=None))),
        *((DCAT.dataset, _data_set(graph, one, publisher, contact)) for one in collections),
        (DCAT.service, _service(graph, collections, publisher, contact)),
    ))  # fmt: skip
    return graph


def _data_set(graph: Graph, collection: Collection, publisher: Node, contact: Node) -> Node:
    data, contributor = data_of(collection), settings.DCAT_CONTRIBUTOR_ID
    return _tell(graph, _name_of(collection), (
        (RDF.type, DCAT.Dataset),
        (DCTERMS.title, _german(f"{collection.title} ({_site()})")),
        (DCTERMS.description, _german(data.about)),
        (DCTERMS.identifier, Literal(str(_name_of(collection)))),
        (DCTERMS.publisher, publisher),
        (DCTERMS.language, EU["language/DEU"]),
        (DCTERMS.spatial, EU["country/DEU"]),
        (DCTERMS.accrualPeriodicity, EU["frequency/IRREG"]),
        (DCTERMS.license, URIRef(data.licence.dcat)),
        (DCAT.contactPoint, contact),
        (DCAT.landingPage, URIRef(absolute("/daten/"))),
        (DCATAP.availability, LASTING),
        (DCATDE.politicalGeocodingLevelURI, FEDERAL),
        (DCATDE.politicalGeocodingURI, FEDERAL),
        (DCATDE.contributorID, URIRef(contributor) if contributor else None),
        (DCTERMS.modified, _moment(collection.changed_at())),
        *((DCAT.theme, EU[f"data-theme/{theme}"]) for theme in data.themes),
        *((DCAT.keyword, _german(word)) for word in data.keywords),
        *((DCAT.distribution, _file(graph, collection, end, one)) for end, one in formats_of(collection).items()),
    ))  # fmt: skip


def _file(graph: Graph, collection: Collection, ending: str, one: FileFormat) -> Node:
    this = URIRef(absolute(f"/daten/{collection.key}.{ending}"))
    return _tell(graph, this, (
        (RDF.type, DCAT.Distribution),
        (DCTERMS.title, _german(f"{collection.title} als {one.label}")),
        (DCAT.accessURL, this),
        (DCAT.downloadURL, this),
        (DCTERMS["format"], EU[f"file-type/{one.file_type}"]),
        (DCAT.mediaType, IANA[one.media_type]),
        (DCTERMS.license, URIRef(data_of(collection).licence.dcat)),
        (DCTERMS.modified, _moment(collection.changed_at())),
        (DCATAP.availability, LASTING),
        (DCATDE.licenseAttributionByText, _german(" ".join(attributions(collection)))),
    ))  # fmt: skip


def _service(graph: Graph, collections: list[Collection], publisher: Node, contact: Node) -> Node:
    this = URIRef(absolute("/api/v1/"))
    return _tell(graph, this, (
        (RDF.type, DCAT.DataService),
        (DCTERMS.title, _german("Schnittstelle zum Lesen")),
        (DCTERMS.description, _german("Alles Öffentliche der Akademie als JSON, ohne Anmeldung.")),
        (DCTERMS.publisher, publisher),
        (DCAT.contactPoint, contact),
        (DCTERMS.license, URIRef(DL_BY.dcat)),
        (DCAT.endpointURL, this),
        (DCAT.endpointDescription, URIRef(absolute("/api/v1/openapi.json"))),
        *((DCAT.servesDataset, _name_of(one)) for one in collections),
    ))  # fmt: skip


def _publisher(graph: Graph) -> Node:
    return _tell(graph, URIRef(absolute("/impressum/")), (
        (RDF.type, FOAF.Organization),
        (FOAF.name, Literal(str(frame.current()["operator"] or _site()))),
    ))  # fmt: skip


def _contact(graph: Graph) -> Node:
    email = frame.current()["contact_email"]
    # Has a name, since rdflib's RDF/XML loses nameless things that several others point to.
    return _tell(graph, URIRef(absolute("/impressum/#kontakt")), (
        (RDF.type, VCARD.Organization),
        (VCARD.fn, Literal(_site())),
        (VCARD.hasURL, URIRef(absolute("/impressum/"))),
        (VCARD.hasEmail, URIRef(f"mailto:{email}") if email else None),
    ))  # fmt: skip


def vocabulary(topics: Collection) -> Graph:
    """Return the topics as a SKOS scheme; a concept's name is the address of its page."""
    graph = Graph()
    scheme = URIRef(absolute("/themen/"))
    _tell(graph, scheme, (
        (RDF.type, SKOS.ConceptScheme),
        (DCTERMS.title, _german(f"{topics.title} ({_site()})")),
        (DCTERMS.description, _german(data_of(topics).about)),
        (DCTERMS.license, URIRef(data_of(topics).licence.url)),
    ))  # fmt: skip
    records = topics.records(topics.pks(Asked()))
    by_id = {record["id"]: URIRef(record["url"]) for record in records}
    for record in records:
        this, above = by_id[record["id"]], by_id.get(record["parent"])
        _tell(graph, this, (
            (RDF.type, SKOS.Concept),
            (SKOS.inScheme, scheme),
            (SKOS.notation, Literal(record["id"])),
            (SKOS.prefLabel, _german(record["name"])),
            (SKOS.definition, _german(record["description"]) if record["description"] else None),
            *((SKOS.altLabel, _german(word)) for word in record["synonyms"] if word != record["name"]),
            (SKOS.broader, above) if above else (SKOS.topConceptOf, scheme),
        ))  # fmt: skip
        _tell(graph, above or scheme, [(SKOS.narrower if above else SKOS.hasTopConcept, this)])
    return graph


def _tell(graph: Graph, this: Node, told: Told) -> Node:
    """Write down what is said about a thing, without what nobody knows, and return the thing."""
    for predicate, value in told:
        if value is not None:
            graph.add((this, predicate, value))
    return this


def _name_of(collection: Collection) -> URIRef:
    """Return the name of a data set: its place on the page of open data."""
    return URIRef(absolute(f"/daten/#{collection.key}"))


def _site() -> str:
    return str(frame.current()["site_name"])


def _german(text: str) -> Literal:
    return Literal(text, lang="de")


def _moment(value: datetime | None) -> Literal | None:
    return Literal(value.isoformat(), datatype=XSD.dateTime) if value else None
