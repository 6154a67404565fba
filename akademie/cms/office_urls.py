"""Addresses of the back office and of its documents, under the names that Wagtail looks for."""

from django.conf import settings
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from akademie.cms.views import office

prefix = settings.BACK_OFFICE_PREFIX.lstrip("/")
urlpatterns = [
    # Hides Wagtail's form for a password, which nobody has; the name is asked for by documents that are not public.
    path(f"{prefix}login/", office.sign_in, name="wagtailcore_login"),
    path(prefix, include(wagtailadmin_urls)),
    path("dokumente/", include(wagtaildocs_urls)),
]
