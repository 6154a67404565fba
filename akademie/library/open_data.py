"""Items of the library for machines and search engines."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.safestring import SafeString

from akademie.core.open_data import DataField, PublicData, Record, absolute, json_ld, moment
from akademie.library import queries
from akademie.library.kinds import Kind, KindGroup
from akademie.library.models import LibraryItem
from akademie.library.persons import contributors
from akademie.topics.links import slugs_by_thing
from akademie.topics.naming import topics_named

FIELDS = (
    DataField("id", "Kürzel", always=True, written=True, column="slug"),
    DataField("url", "Adresse", always=True, format="uri"),
    DataField("title", "Titel", always=True, written=True),
    DataField("kind", "Art", always=True, choices=dict(Kind.choices), written=True),
    DataField(
        "persons",
        "Personen und Organisationen",
        many=True,
        note="„Milbert, Antonia“; (Hrsg.) gibt heraus",
        written=True,
    ),
    DataField("publisher", "Verlag oder herausgebende Stelle", written=True),
    DataField("year", "Jahr", int, written=True),
    DataField("series", "Reihe", written=True),
    DataField("part_of", "erschienen in", written=True),
    DataField("host", "Heft oder Band", note="Kürzel des Eintrags"),
    DataField("pages", "Seiten", written=True),
    DataField("isbn", "ISBN", written=True),
    DataField("issn", "ISSN", written=True),
    DataField("doi", "DOI", note="ohne https://doi.org/", written=True),
    DataField("urn", "URN", written=True),
    DataField("link", "Link", note="Adresse des Textes", written=True),
    DataField("language", "Sprache", always=True, choices=dict(LibraryItem.Language.choices), written=True),
    DataField("license", "Lizenz der Unterlage", note="leer: nicht dokumentiert", written=True),
    DataField("topics", "Themen", many=True, note="Kürzel; zu jedem Unterthema auch das Thema", written=True),
    DataField("keywords", "Stichwörter", many=True, note="eigene Erschließung, nicht aus der Quelle", written=True),
    DataField("abstract", "Worum es geht", written=True),
    DataField("note", "Anmerkung", written=True),
    DataField("sources", "Fundstellen", many=True, written=True, column="source"),
    DataField("sourced", "belegt", bool, always=True, note="alle Angaben stehen so in den Fundstellen"),
    DataField("changed_at", "geändert", format="date-time"),
)
_PLAIN = (
    "title", "kind", "publisher", "year", "series", "part_of", "pages", "isbn", "issn", "doi", "urn", "link",
    "language", "license", "abstract", "note",
)  # fmt: skip
# What schema.org calls the groups of kinds; what is not here is a CreativeWork.
_TYPES = {
    KindGroup.REPORTS: "Report",
    KindGroup.ESSAYS: "ScholarlyArticle",
    KindGroup.AIDS: "Report",
    KindGroup.BOOKS: "Book",
    KindGroup.PLANS: "Report",
}
_AID = ("Report", "LearningResource")
_SINGLE_TYPES: dict[str, str | tuple[str, ...]] = {
    Kind.JOURNAL_ISSUE: "PublicationIssue", Kind.WEBSITE: "WebPage", Kind.WORKING_AID: _AID, Kind.HANDOUT: _AID,
    Kind.GUIDE: _AID,
}  # fmt: skip
_WITHOUT_PAGES = ("Book", "CreativeWork", "WebPage")  # schema.org counts pages of articles and issues only


def record_of(item: LibraryItem, topics: list[str] | tuple[str, ...], host: str | None) -> Record:
    """Return an item as a record; `topics` are slugs, `host` is the slug of its volume."""
    told: Record = {"id": item.slug, "url": absolute(item.get_absolute_url())}
    told |= {name: getattr(item, name) or None for name in _PLAIN}
    told |= {
        "persons": item.person_lines(),
        "host": host,
        "topics": list(topics),
        "keywords": item.keyword_lines(),
        "sources": item.source_lines(),
        "sourced": item.sourced,
        "changed_at": moment(item.last_published_at),
    }
    return {field.name: told[field.name] for field in FIELDS}


def records(items: QuerySet[LibraryItem]) -> Iterator[tuple[int, Record]]:
    """Yield items with three queries however many there are."""
    chosen = list(items)
    slugs = slugs_by_thing(LibraryItem, [item.pk for item in chosen])
    inside = {item.host_id for item in chosen if item.host_id}
    found = LibraryItem.objects.published().filter(pk__in=inside).values_list("pk", "slug") if inside else ()
    hosts = dict(found)
    for item in chosen:
        yield item.pk, record_of(item, slugs.get(item.pk, ()), hosts.get(item.host_id))


def structured(record: Record) -> dict[str, Any]:
    """Return a record in the words of schema.org."""
    people = contributors(record["persons"])
    identifiers = (("DOI", "doi"), ("URN", "urn"), ("ISBN", "isbn"), ("ISSN", "issn"))
    kind = Kind(record["kind"])
    group = queries.FORMS[kind].group
    is_a = _SINGLE_TYPES.get(kind) or _TYPES.get(group, "CreativeWork")
    address = f"https://doi.org/{record['doi']}" if record["doi"] else record["link"]
    return {
        "@type": is_a,
        "@id": record["url"],
        "name": record["title"],
        "headline": record["title"][:110],
        "abstract": record["abstract"],
        "genre": str(kind.label),
        "inLanguage": record["language"],
        "author": [_person(one) for one in people if not one.editor],
        "editor": [_person(one) for one in people if one.editor],
        "publisher": {"@type": "Organization", "name": record["publisher"]} if record["publisher"] else None,
        "datePublished": str(record["year"] or ""),
        "isPartOf": {"@type": "CreativeWork", "name": record["part_of"]} if record["part_of"] else None,
        "pagination": None if is_a in _WITHOUT_PAGES else record["pages"],
        "isbn": record["isbn"] if is_a == "Book" else None,
        "learningResourceType": str(kind.label) if is_a is _AID else None,
        "identifier": [
            {"@type": "PropertyValue", "propertyID": name, "value": record[key]} for name, key in identifiers
            if record[key]
        ],
        "license": record["license"],
        "keywords": record["keywords"],
        "sameAs": address,
        "mainEntityOfPage": record["url"],
    }  # fmt: skip


def json_ld_of(item: LibraryItem, host: LibraryItem | None) -> SafeString:
    """Return what search engines read about an item, whose volume is at hand; its topics are not asked for."""
    return json_ld(structured(record_of(item, (), host.slug if host else None)))


def _person(one: Any) -> dict[str, str]:
    if one.given:
        return {"@type": "Person", "name": f"{one.given} {one.name}", "familyName": one.name, "givenName": one.given}
    return {"@type": "Organization", "name": one.name}


def link(item: LibraryItem, given: Record) -> None:
    """Give an item that a program hands in its topics; refuse what the library has already."""
    item.topics = topics_named(given["topics"])
    twins = dict(LibraryItem.objects.filter(doi__iexact=item.doi).values_list("pk", "slug")) if item.doi else {}
    if twins and item.pk not in twins:
        says = f"Diese DOI steht schon bei „{next(iter(twins.values()))}“."
        raise ValidationError({"doi": ValidationError(says, code="unique")})


DATA = PublicData(
    about="Nachweise von Publikationen, Arbeitshilfen und Studien für kleine Städte: was es gibt und wo es steht.",
    fields=FIELDS,
    records=records,
    lookup="slug",
    address="/bibliothek/{}/",
    sources=lambda: ("Die Rechte an den Publikationen selbst liegen bei denen, die sie herausgeben.",),
    rows=queries.items,
    link=link,
    themes=("REGI", "EDUC"),
    keywords=("Kleinstadt", "Bibliothek", "Literatur"),
)
