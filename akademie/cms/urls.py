"""Addresses of cms: the duties and the news.

`office_urls` has the back office, `page_urls` all other pages: Wagtail looks for both without a name space.
"""

from django.urls import path

from akademie.cms.models import Duty
from akademie.cms.views import new_page, office, public, setup

app_name = "cms"
urlpatterns = [
    path(f"{duty.value}/", public.page, {"path": f"{duty.value}/"}, name=duty.name.lower()) for duty in Duty
] + [
    path("geschaeftsstelle/einrichten/", setup.after_set_up, name="after_set_up"),
    path("geschaeftsstelle/einrichten/<str:token>/", setup.set_up, name="set_up"),
    path("geschaeftsstelle/fassungen/", office.versions, name="versions"),
    path("geschaeftsstelle/neue-seite/", new_page.new_page, name="new_page"),
    path("aktuelles/", public.news, name="news"),
    path("aktuelles/<slug:slug>/", public.news_item, name="news_item"),
]
