"""Addresses of exchange."""

from django.urls import path

from akademie.exchange.views import office, public

app_name = "exchange"
urlpatterns = [
    path("austausch/", public.overview, name="overview"),
    path("austausch/frage/", public.ask, name="ask"),
    path("austausch/frage/gesendet/", public.asked, name="asked"),
    path("austausch/frage/bestaetigen/<str:token>/", public.confirm, name="confirm"),
    path("geschaeftsstelle/austausch/anfragen/<int:pk>/<str:verb>/", office.move, name="move"),
]
