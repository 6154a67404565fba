"""What the library tells the link check: documents of others with their licences, links made of identifiers."""

from collections.abc import Iterable, Iterator
from typing import Any

from akademie.library.kinds import Kind
from akademie.library.models import LibraryItem
from akademie.library.persons import contributors, spoken
from akademie.weblinks.points import DocumentElsewhere


def documents_elsewhere() -> Iterator[DocumentElsewhere]:
    """Yield the documents to which published items lead and of which a licence is known."""
    found = LibraryItem.objects.published().exclude(link="").exclude(license="").order_by("pk")
    for item in found.only("link", "license", "title", "persons", "publisher", "year", "kind"):
        people = spoken(contributors(item.person_lines())) or item.publisher
        source = ", ".join(filter(None, (people, item.title, str(item.year or ""))))
        yield DocumentElsewhere(item.link, item.license, source, is_page=item.kind == Kind.WEBSITE)


def resolver_links(keys: Iterable[Any] | None) -> Iterator[tuple[int, str, str]]:
    """Yield primary key, name and address of the links that published items make of DOI and URN."""
    found = LibraryItem.objects.published().exclude(doi="", urn="").order_by("pk")
    for item in (found if keys is None else found.filter(pk__in=keys)).only("doi", "urn", "isbn", "issn"):
        yield from ((item.pk, name, url) for name, _value, url in item.identifiers() if url)
