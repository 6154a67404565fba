"""Questions about the media: what lacks something, what is too large, what nothing shows."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.core.paginator import Page, Paginator
from django.db.models import Count, Min, Model, Q, QuerySet, Value
from django.urls import reverse
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.models import DraftStateMixin, ReferenceIndex, Revision
from wagtail.tasks import update_reference_index_task

from akademie.core.contributions import Waiting
from akademie.files import licences
from akademie.files.models import (
    LARGE_DOCUMENT_BYTES,
    LARGE_IMAGE_BYTES,
    LARGE_IMAGE_EDGE,
    AcademyDocument,
    AcademyImage,
)

PER_PAGE = 50
KEPT_UNFINISHED = timedelta(days=7)
LISTS = {
    "rechte": "Ohne Rechte",
    "ersatztext": "Ohne Ersatztext",
    "barrieren": "Nicht auf Barrieren geprüft",
    "gross": "Zu groß",
    "unbenutzt": "Nirgends verwendet",
}
MEDIA: dict[str, type[AcademyImage] | type[AcademyDocument]] = {"bild": AcademyImage, "dokument": AcademyDocument}
THUMBNAIL = "max-165x165"  # the one that Wagtail makes for its own lists
# How fields and blocks name a picture or a document, and a link to a document in a text; quotes are masked in between.
NAMED = re.compile(r'\\*"(image|document)\\*": (\d+)')
LINKED = re.compile(r"<a [^>]*linktype=[^>]*>")
NUMBER = re.compile(r'\bid=\\*"(\d+)')


@dataclass
class Medium:
    """A picture or a document in one of the lists."""

    kind: str  # a key of `MEDIA`
    thing: Any
    uses: int = 0  # places that show it or link to it
    edit_url: str = ""
    thumbnail: Any = None
    is_image: bool = field(init=False)

    def __post_init__(self) -> None:
        self.is_image = self.kind == "bild"

    @property
    def key(self) -> str:
        """Name it in a form: "bild-12"."""
        return f"{self.kind}-{self.thing.pk}"


def address() -> str:
    """Return where the lists stand."""
    return reverse("files:media")


# -- the lists --------------------------------------------------------------------------------------------------------
def _without_rights(model: type[Model]) -> Q:
    unknown = Q()
    for word in licences.UNKNOWN:
        unknown |= Q(licence__iexact=word)
    return unknown | Q(credit="") if model is AcademyImage else unknown


def _large(model: type[Model]) -> Q:
    if model is AcademyDocument:
        return Q(file_size__gt=LARGE_DOCUMENT_BYTES)
    return (
        Q(file_size__gt=LARGE_IMAGE_BYTES)
        | Q(width__gt=LARGE_IMAGE_EDGE)
        | Q(height__gt=LARGE_IMAGE_EDGE)
    )  # fmt: skip


def _without_alternative(model: type[Model]) -> Q:
    return Q(description="", decorates_only=False) if model is AcademyImage else Q(pk=None)


def _not_checked(model: type[Model]) -> Q:
    return Q(accessible=False) if model is AcademyDocument else Q(pk=None)


LACKS: dict[str, Callable[[type[Model]], Q]] = {
    "rechte": _without_rights, "ersatztext": _without_alternative, "barrieren": _not_checked, "gross": _large,
}  # fmt: skip


def lacking(which: str, model: type[Model]) -> QuerySet:
    """Return the pictures or the documents of one of the `LISTS`."""
    rows = model._default_manager.all()
    return unused(model) if which == "unbenutzt" else rows.filter(LACKS[which](model))


def unused(model: type[Model]) -> QuerySet:
    """Return what no page, no entry and no draft shows or links to."""
    rows = model._default_manager.annotate(uses=ReferenceIndex.usage_count_subquery(model)).filter(uses=0)
    return rows.exclude(pk__in=_in_drafts()["image" if model is AcademyImage else "document"])


def _in_drafts() -> dict[str, set[int]]:
    """Return which files stand in changes that are not published yet: Wagtail's index knows of the published only."""
    drafts = Q()
    for model in apps.get_models():
        if issubclass(model, DraftStateMixin) and model._meta.get_field("latest_revision").model is model:
            drafts |= Q(pk__in=model._default_manager.filter(has_unpublished_changes=True).values("latest_revision"))
    found: dict[str, set[int]] = {"image": set(), "document": set()}
    for content in Revision.objects.filter(drafts).values_list("content", flat=True):
        text = json.dumps(content)
        for name, number in NAMED.findall(text):
            found[name].add(int(number))
        found["document"].update(int(number) for link in LINKED.findall(text) for number in NUMBER.findall(link))
    return found


def is_counting() -> bool:
    """Whether Wagtail has yet to note what some page shows: then nobody can say that a file is not used."""
    waiting = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    return DBTaskResult.objects.filter(
        task_path=update_reference_index_task.module_path, status__in=waiting
    ).exists()  # fmt: skip


def counts() -> dict[str, int]:
    """Return how many each of the `LISTS` has."""
    return {which: sum(lacking(which, model).count() for model in MEDIA.values()) for which in LISTS}


def listed(which: str, number: Any) -> Page:
    """Return one page of a list, the newest first, with a constant number of queries."""
    images, documents = (
        lacking(which, model).order_by().annotate(kind=Value(kind)).values_list("kind", "pk", "created_at")
        for kind, model in MEDIA.items()
    )
    page = Paginator(images.union(documents).order_by("-created_at", "kind", "pk"), PER_PAGE).get_page(number)
    page.object_list = _media([(kind, pk) for kind, pk, _ in page.object_list])
    return page


def _media(keys: list[tuple[str, int]]) -> list[Medium]:
    pks = {kind: [pk for of, pk in keys if of == kind] for kind in MEDIA}
    things: dict[str, dict[int, Any]] = {
        "bild": AcademyImage.objects.prefetch_renditions(THUMBNAIL).in_bulk(pks["bild"]),
        "dokument": AcademyDocument.objects.in_bulk(pks["dokument"]),
    }
    uses: dict[Any, int] = {}
    for rows in things.values():
        uses.update(ReferenceIndex.get_count_references_to_in_bulk(list(rows.values())) if rows else {})
    return [
        Medium(kind, thing, uses.get(thing, 0), edit_url(thing), _thumbnail(thing))
        for kind, pk in keys
        if (thing := things[kind].get(pk))
    ]


def _thumbnail(thing: Any) -> Any:
    """Return a small picture if there is one: looking at a list makes none."""
    return next(iter(thing.prefetched_renditions), None) if isinstance(thing, AcademyImage) else None


def edit_url(thing: Any) -> str:
    """Return where the office changes it."""
    return reverse("wagtailimages:edit" if isinstance(thing, AcademyImage) else "wagtaildocs:edit", args=[thing.pk])


# -- the desk ---------------------------------------------------------------------------------------------------------
def waiting_media(user: Any) -> list[Waiting]:
    """Return one task for each list of what law and readers miss; size and use can wait."""
    says = {
        "rechte": ("1 Datei ohne Rechte: ergänzen", "{} Dateien ohne Rechte: ergänzen"),
        "ersatztext": ("1 Bild ohne Ersatztext: beschreiben", "{} Bilder ohne Ersatztext: beschreiben"),
        "barrieren": ("1 Dokument auf Barrieren prüfen", "{} Dokumente auf Barrieren prüfen"),
    }
    found = []
    for which, (one, many) in says.items():
        rows = [lacking(which, model).aggregate(count=Count("pk"), since=Min("created_at")) for model in MEDIA.values()]
        if count := sum(row["count"] for row in rows):
            since = min(row["since"] for row in rows if row["since"])
            url = f"{address()}?liste={which}"
            found.append(Waiting(text=one if count == 1 else many.format(count), url=url, since=since))
    return found
