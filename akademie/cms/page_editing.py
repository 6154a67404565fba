"""Editing a page in the back office: one editor after the other (ADR 14)."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from akademie.cms.models import BasePage
from akademie.core.two_editors import AsksBeforeOverwriting, one_after_the_other


class PageEditView(AsksBeforeOverwriting, EditView):
    """Editing a page."""

    editor_form_id = "page-edit-form"

    def dispatch(self, request: HttpRequest, page_id: int, **kwargs: Any) -> HttpResponseBase:
        """Read the page once it is this editor's turn."""
        with one_after_the_other(request, Page, page_id):
            return super().dispatch(request, page_id, **kwargs)

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Save, unless somebody else has done so meanwhile."""
        if not self.is_out_of_date:
            return super().form_valid(form)
        if self.is_cancelling_workflow:  # changes no text
            return super().form_invalid(form)
        history = self.get_history_url() or ""
        since = (
            reverse("wagtailadmin_pages:revisions_compare", args=[self.page.pk, opened, self.latest_revision.pk])
            if (opened := self.opened_with) else history
        )  # fmt: skip
        self.say_who_was_first(since=since, history=history)
        self.has_unsaved_changes = True
        return self.render_to_response(self.get_context_data())


class PageRevertView(PageEditView, RevisionsRevertView):
    """Going back to an earlier version of a page."""


class AcademyPageViewSet(PageViewSet):
    """The back office's views of our pages."""

    model = BasePage
    edit_view_class = PageEditView
    revisions_revert_view_class = PageRevertView

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Have the other views, such as those of the workflow, look for a page where pages are: ours have no table."""
        return super().get_common_view_kwargs(**{"model": Page, **kwargs})
