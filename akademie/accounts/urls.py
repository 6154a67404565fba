"""Addresses of accounts."""

from django.urls import path

from akademie.accounts.views import lead, public

app_name = "accounts"
urlpatterns = [
    path("anmelden/", public.sign_in, name="sign_in"),
    path("anmelden/code/", public.use_recovery_code, name="use_recovery_code"),
    path("anmelden/<str:token>/", public.confirm, name="confirm"),
    path("abmelden/", public.sign_out, name="sign_out"),
    path("konto/notfallcodes/", lead.recovery_codes, name="recovery_codes"),
]
