"""The academy's addresses and one page that says nothing about being shown, as rooms and reviews will."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from akademie.core.access import signed_in
from akademie.urls import handler400, handler403, handler404, handler500  # noqa: F401
from akademie.urls import urlpatterns as academy

SECRET = "Quabbelgutachten"


@signed_in
def room(request: HttpRequest) -> HttpResponse:
    """Show something that only the person themselves may see."""
    return HttpResponse(SECRET)


urlpatterns = [path("raum/", room), *academy]
