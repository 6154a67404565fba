"""The vocabulary of topics for machines."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from akademie.core.open_data import CC_ZERO, DataField, PublicData, Record, absolute
from akademie.topics import queries
from akademie.topics.models import Topic

FIELDS = (
    DataField("id", "Kürzel", always=True),
    DataField("url", "Adresse", always=True, format="uri"),
    DataField("name", "Name", always=True),
    DataField("description", "Beschreibung"),
    DataField("parent", "gehört zu", note="Kürzel des Themas; leer bei einem Thema der oberen Ebene"),
    DataField("synonyms", "Synonyme", many=True),
)


def records(topics: QuerySet[Topic]) -> Iterator[tuple[int, Record]]:
    """Yield topics with one query."""
    for topic in topics.select_related("parent"):
        record = {
            "id": topic.slug,
            "url": absolute(topic.get_absolute_url()),
            "name": topic.name,
            "description": topic.description or None,
            "parent": topic.parent.slug if topic.parent else None,
            "synonyms": topic.synonym_list(),
        }
        yield topic.pk, record


def structured(node: queries.Node) -> dict[str, Any]:
    """Return a topic in the words of schema.org."""
    return {
        "@type": "DefinedTerm",
        "@id": absolute(node.url),
        "url": absolute(node.url),
        "name": node.name,
        "description": node.description,
        "termCode": node.slug,
        "inDefinedTermSet": {"@type": "DefinedTermSet", "@id": absolute("/themen/"), "name": "Themen"},
    }


DATA = PublicData(
    about="Das Vokabular der Akademie: Themen und Unterthemen mit den Wörtern, die Menschen dafür benutzen.",
    fields=FIELDS,
    records=records,
    lookup="slug",
    address="/themen/{}/",
    licence=CC_ZERO,
    loaded_as="topics",
    themes=("REGI", "GOVE"),
    keywords=("Kleinstadt", "Themen", "Vokabular"),
)
