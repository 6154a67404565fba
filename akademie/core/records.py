"""Records: what editors draft, check and publish under an address of its own, such as a practice or a format.

An area's model inherits `Record`, its QuerySet `RecordQuerySet`, its place in the back office `RecordViewSet`. Those
that the product ships are loaded by `core.shipped`.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Self

from django.contrib.admin.utils import quote
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.text import slugify
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from akademie.core.office_forms import RecordForm
from akademie.core.previews import PREVIEW_MODES
from akademie.core.two_editors import AsksBeforeOverwriting, one_after_the_other
from akademie.core.worded import Worded

# Pages of the lists, which stand where a record would.
RESERVED = {"durchfuehrung", "feed", "karte", "tabelle", "varianten", "was-passt"}
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def lines(text: str) -> list[str]:
    """Return the lines of a field that holds one entry a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class RecordQuerySet(models.QuerySet):
    """Questions about records of every area."""

    def published(self) -> Self:
        """Records that everyone may see."""
        return self.filter(live=True)

    def at(self, slug: str) -> Any:
        """Return the published record with this slug, or None, without the columns that only the back office reads."""
        return next(iter(_at(self.model).objects(slug)), None)


@cache
def _at(model: type[models.Model]) -> Worded:
    return Worded(lambda: model._default_manager.filter(live=True, slug="").defer(
        "loaded_hash", "latest_revision", "live_revision", "has_unpublished_changes",
        "first_published_at", "go_live_at", "expire_at", "expired",
    ))  # fmt: skip


class Record(WorkflowMixin, DraftStateMixin, RevisionMixin, PreviewableMixin, ClusterableModel):
    """A record with a slug that stays once it is out in the world. Its `str()` is its title."""

    slug = models.SlugField(
        "Kürzel", max_length=80, unique=True, blank=True,
        help_text="Steht in der Adresse und bleibt gleich. Bleibt das Feld leer, entsteht es aus dem Titel.",
    )  # fmt: skip
    loaded_hash = models.CharField(max_length=64, blank=True, editable=False)  # of the shipped values, see core.shipped

    objects = RecordQuerySet.as_manager()
    base_form_class = RecordForm
    preview_modes = PREVIEW_MODES

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Give a new record its slug; refuse to change one that is out in the world."""
        super().clean()
        rows = type(self).objects
        if not self.slug:
            self.slug = self._free_slug()
        if self.slug in RESERVED:
            says = f"„{self.slug}“ ist schon die Adresse einer anderen Seite. Bitte wählen Sie ein anderes."
            raise ValidationError({"slug": says})
        if self.pk and rows.filter(pk=self.pk, first_published_at__isnull=False).exclude(slug=self.slug).exists():
            raise ValidationError({"slug": "Das Kürzel steht schon in Adressen und bleibt gleich."})

    def _free_slug(self) -> str:
        stem = slugify(str(self).translate(UMLAUTS))[:60].strip("-") or "eintrag"
        rows = type(self).objects.filter(slug__startswith=stem).exclude(pk=self.pk)
        taken = {*rows.values_list("slug", flat=True), *RESERVED}
        return stem if stem not in taken else next(s for n in range(2, 9999) if (s := f"{stem}-{n}") not in taken)


class RecordEditView(AsksBeforeOverwriting, EditView):
    """Editing a record, one editor after the other."""

    editor_form_id = "w-editor-form"
    object: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Read the record again once it is this editor's turn."""
        with one_after_the_other(request, self.model, self.object.pk):
            if request.method == "POST":
                self.object = self.get_object()
            return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Save, unless somebody else has done so meanwhile."""
        if not self.is_out_of_date:
            return super().form_valid(form)
        history = self.get_history_url() or ""
        since = (
            reverse(self.revisions_compare_url_name, args=[quote(self.object.pk), opened, self.latest_revision.pk])
            if (opened := self.opened_with) else history
        )  # fmt: skip
        self.say_who_was_first(since=since, history=history)
        self.produced_error_message = None  # what there is to say has been said
        return self.form_invalid(form)


class RecordViewSet(SnippetViewSet):
    """A kind of record in the back office: in the menu, searched in the database, copied as a start for the next."""

    edit_view_class = RecordEditView
    add_to_admin_menu = True
    search_backend_name: Any = None
    list_per_page = 50
    copy_view_enabled = True
