"""Addresses of accounts."""

from django.urls import path

from akademie.accounts.views import public

app_name = "accounts"
urlpatterns = [
    path("anmelden/", public.sign_in, name="sign_in"),
    path("anmelden/<str:token>/", public.confirm, name="confirm"),
    path("abmelden/", public.sign_out, name="sign_out"),
]
