"""Addresses of the link check."""

from django.urls import path

from akademie.weblinks.views import office, public

app_name = "weblinks"
urlpatterns = [
    path("archivierte-fassung/<int:pk>/", public.archived_copy, name="archived_copy"),
    path("geschaeftsstelle/links/", office.links, name="links"),
    path("geschaeftsstelle/links/pruefen/", office.check_all, name="check_all"),
    path("geschaeftsstelle/links/<int:pk>/", office.link, name="link"),
    path("geschaeftsstelle/links/<int:pk>/pruefen/", office.check_now, name="check_now"),
    path("geschaeftsstelle/links/<int:pk>/bestaetigen/", office.confirm, name="confirm"),
    path("geschaeftsstelle/links/<int:pk>/ersetzen/", office.replace_everywhere, name="replace_everywhere"),
    path("geschaeftsstelle/links/stelle/<int:pk>/", office.edit_place, name="edit_place"),
]
