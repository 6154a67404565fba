"""Where links are looked for: everything public, the settings that every page shows, and our documents.

No area is known here. What is public comes from `public_kinds`, further pages and settings from Wagtail; of each model
the texts that people write are read, and those of its parts.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import (
    CharField,
    EmailField,
    Field,
    ForeignKey,
    JSONField,
    Model,
    Q,
    QuerySet,
    SlugField,
    TextField,
)  # fmt: skip
from modelcluster.models import get_all_child_relations
from wagtail.contrib.settings.registry import registry as settings_models
from wagtail.fields import StreamField
from wagtail.models import Collection, CollectionViewRestriction, Page, get_page_models

from akademie.core.contributions import PublicKind, public_kinds
from akademie.files.models import AcademyDocument
from akademie.weblinks import pdf
from akademie.weblinks.addresses import in_text, texts_in
from akademie.weblinks.models import DOCUMENT, LONGEST, PAGE, PdfReading
from akademie.weblinks.points import linked_records

DOCUMENTS = "dokumente"
AT_ONCE = 500  # rows read with one question
Keys = Iterable[Any] | None  # primary keys; None: of everything


class Found(NamedTuple):
    """An address in a field of a thing."""

    pk: str
    field: str  # in the words of the form
    address: str


class Told(NamedTuple):
    """How a place is named in a list."""

    title: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Source:
    """A sort of things that have links: which are public, what they are called, what links they have."""

    key: str
    title: str
    model: type[Model]
    public: Callable[[], QuerySet]
    told: Callable[[QuerySet], Iterable[tuple[Any, Told]]]
    read: Callable[[QuerySet], Iterator[Found]]


def sources() -> list[Source]:
    """Return every source, each with a key of its own."""
    shown = [kind.model for kind in public_kinds]
    pages = [model for model in get_page_models() if not issubclass(model, tuple(shown)) and _is_ours(model)]
    return [
        *(_kind(kind) for kind in public_kinds),
        *(_plain(model, partial(_live, model)) for model in pages),
        *(_plain(model, model._default_manager.all) for model in settings_models if _is_ours(model)),
        Source(
            key=DOCUMENTS, title="Dokumente", model=AcademyDocument, public=public_documents, told=_documents_told,
            read=read_documents,
        ),
    ]  # fmt: skip


def source(key: str) -> Source | None:
    """Return the source with this key, or None."""
    return next((one for one in sources() if one.key == key), None)


def _is_ours(model: type[Model]) -> bool:
    return model.__module__.startswith("akademie.")


def _live(model: type[Page]) -> QuerySet:
    return model.objects.live()


def _kind(kind: PublicKind) -> Source:
    def told(things: QuerySet) -> Iterator[tuple[Any, Told]]:
        return ((pk, Told(entry.title, entry.url)) for pk, entry in (kind.cards or kind.entries)(things))

    return Source(
        key=kind.key, title=kind.title, model=kind.model, public=partial(kind.visible_to, None), told=told,
        read=partial(read_model, kind.model),
    )  # fmt: skip


def _plain(model: type[Model], public: Callable[[], QuerySet]) -> Source:
    def told(things: QuerySet) -> Iterator[tuple[Any, Told]]:
        return ((one.pk, Told(str(one), (one.url or "") if isinstance(one, Page) else "/")) for one in things)

    return Source(
        key=model._meta.label_lower, title=str(model._meta.verbose_name_plural), model=model, public=public, told=told,
        read=partial(read_model, model),
    )  # fmt: skip


# -- models -----------------------------------------------------------------------------------------------------------
class Part(NamedTuple):
    """A table of a thing: its own, or one of rows that belong to it."""

    model: type[Model]
    parent: str  # the column with the primary key of the thing; empty: its own table
    rows: str  # under which name the thing has these rows; empty: its own table
    texts: list[Field]
    choices: list[Field]  # links to pages


def parts_of(model: type[Model]) -> list[Part]:
    """Return the tables in which people write texts of these things."""
    relations = [one for one in get_all_child_relations(model) if _is_ours(one.related_model)]
    tables = [
        (model, "", ""),
        *((one.related_model, one.field.attname, one.get_accessor_name()) for one in relations),
    ]
    parts = [Part(table, parent, rows, _texts(table), _choices(table)) for table, parent, rows in tables]
    return [part for part in parts if part.texts or part.choices]


def _texts(model: type[Model]) -> list[Field]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField | JSONField | StreamField)
        and not isinstance(field, SlugField | EmailField)
        and field.editable
        and not field.choices
        and not field.primary_key
    ]


def _choices(model: type[Model]) -> list[Field]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey)
        and not field.one_to_one  # of a page to itself
        and field.editable
        and issubclass(apps.get_model(field.related_model._meta.label), Page)
    ]


def read_model(model: type[Model], things: QuerySet) -> Iterator[Found]:
    """Yield the links of things, with one query for each of their tables."""
    keys = things.order_by().values("pk")
    for part in parts_of(model):
        lookup = part.parent or "pk"
        names = [lookup, *(field.attname for field in (*part.texts, *part.choices))]
        rows = part.model._base_manager.filter(**{f"{lookup}__in": keys}).order_by("pk").values_list(*names)
        for pk, *values in rows.iterator(chunk_size=AT_ONCE):
            for field, value in zip((*part.texts, *part.choices), values, strict=True):
                for address in addresses_of(field, value):
                    yield Found(str(pk), str(field.verbose_name), address)


def addresses_of(field: Field, value: Any) -> Iterator[str]:
    """Yield the addresses in the value of a field; pages and documents chosen in the editor by their key."""
    if not value:
        return
    if isinstance(field, ForeignKey):
        yield f"{PAGE}{value}"
        return
    plain = value.get_prep_value() if isinstance(field, StreamField) else value
    for text in texts_in(plain):
        yield from (address for address in in_text(text) if len(address) <= LONGEST)
    if hasattr(field, "extract_references"):
        for model, pk, *_path in field.extract_references(value):
            if issubclass(model, Page):
                yield f"{PAGE}{pk}"
            elif issubclass(model, AcademyDocument):
                yield f"{DOCUMENT}{pk}"


def further(key: str, keys: Keys) -> Iterator[Found]:
    """Yield links that pages of a kind make of other fields."""
    if known := linked_records.get(key):
        for pk, field, address in known.further(keys):
            yield Found(str(pk), field, address)


# -- documents --------------------------------------------------------------------------------------------------------
def public_documents() -> QuerySet:
    """Return the documents that everyone may have."""
    restricted = Collection.objects.none()
    for one in CollectionViewRestriction.objects.select_related("collection"):
        restricted |= Collection.objects.descendant_of(one.collection, inclusive=True)
    return AcademyDocument.objects.exclude(collection__in=restricted)


def _documents_told(things: QuerySet) -> Iterator[tuple[Any, Told]]:
    return ((one.pk, Told(one.title, one.url)) for one in things)


def read_documents(things: QuerySet) -> Iterator[Found]:
    """Yield the links of PDF files; a file that has been read before is not opened again."""
    for document in things.filter(file__iendswith=".pdf"):
        for address in read_pdf(document).addresses:
            yield Found(str(document.pk), "PDF-Datei", address)


def read_pdf(document: AcademyDocument) -> PdfReading:
    """Return what links a PDF file has."""
    file_hash = document.get_file_hash()
    known = PdfReading.objects.filter(pk=file_hash).first()
    if known is None:
        found, is_readable = [], True
        try:
            with document.open_file() as file:
                found = pdf.links(file.read(pdf.MOST_BYTES + 1))
        except (pdf.NotReadable, OSError):
            is_readable = False
        addresses = [one for one in found if one.lower().startswith(("http://", "https://")) and len(one) <= LONGEST]
        known, _is_new = PdfReading.objects.get_or_create(
            pk=file_hash, defaults={"addresses": addresses, "is_readable": is_readable}
        )
    return known


def unreadable_documents() -> int:
    """Return how many PDF files of ours cannot be looked into."""
    hashes = PdfReading.objects.filter(is_readable=False).values("pk")
    return public_documents().filter(Q(file__iendswith=".pdf"), file_hash__in=hashes).count()
