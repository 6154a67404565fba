"""Addresses of exchange."""

from django.urls import path

from akademie.exchange.views import office, participant, public

app_name = "exchange"
urlpatterns = [
    path("austausch/", public.overview, name="overview"),
    path("austausch/frage/", public.ask, name="ask"),
    path("austausch/frage/gesendet/", public.asked, name="asked"),
    path("austausch/frage/bestaetigen/<str:token>/", public.confirm, name="confirm"),
    path("austausch/meine-fragen/", participant.my_requests, name="my_requests"),
    path("geschaeftsstelle/austausch/anfragen/<int:pk>/<str:verb>/", office.move, name="move"),
]
