"""Addresses of accounts."""

from django.urls import path

from akademie.accounts.views import account, lead, password, provider, public, resume, second_step

app_name = "accounts"
urlpatterns = [
    path("anmelden/", public.sign_in, name="sign_in"),
    path("anmelden/code/", public.use_mail_code, name="use_mail_code"),
    path("anmelden/notfallcode/", public.use_recovery_code, name="use_recovery_code"),
    path("anmelden/passkey/", second_step.sign_in_by_passkey, name="sign_in_by_passkey"),
    path("anmelden/passwort/", password.sign_in_by_password, name="sign_in_by_password"),
    path("anmelden/anbieter/", provider.ask_provider, name="ask_provider"),
    path("anmelden/anbieter/zurueck/", provider.provider_return, name="provider_return"),
    path("anmelden/zweiter-schritt/", second_step.second_factor, name="second_factor"),
    path("anmelden/<str:token>/", public.confirm, name="confirm"),
    path("abmelden/", public.sign_out, name="sign_out"),
    path("konto/", account.account, name="account"),
    path("konto/adresse/", account.address, name="address"),
    path("konto/adresse/<str:token>/", account.confirm_address, name="confirm_address"),
    path("konto/anbieter/trennen/", account.leave_provider, name="leave_provider"),
    path("konto/app/", account.app, name="app"),
    path("konto/bestaetigen/", second_step.prove, name="prove"),
    path("konto/notfallcodes/", lead.recovery_codes, name="recovery_codes"),
    path("konto/passkeys/", account.passkeys, name="passkeys"),
    path("konto/passwort/", password.password, name="password"),
    path("konto/sitzungen/beenden/", account.end_sessions, name="end_sessions"),
    path("konto/weiter/", resume.resume, name="resume"),
    path("konto/zweiter-schritt/", account.second_factors, name="second_factors"),
]
