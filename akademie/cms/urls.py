"""Addresses of cms: the duties, news, and the back office. The address of all other pages is in `page_urls`."""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from akademie.cms.models import Duty
from akademie.cms.views import public

app_name = "cms"
urlpatterns = [
    path(f"{duty.value}/", public.page, {"path": f"{duty.value}/"}, name=duty.name.lower()) for duty in Duty
] + [
    path("barriere-melden/", public.report_barrier, name="report_barrier"),
    path("barriere-melden/danke/", public.barrier_reported, name="barrier_reported"),
    path("aktuelles/", public.news, name="news"),
    path("aktuelles/<slug:slug>/", public.news_item, name="news_item"),
]
