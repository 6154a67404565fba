"""How django-allauth fits into the house: it keeps the protocols, the pages, mails and limits are ours."""

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from akademie.core import frame

if TYPE_CHECKING:
    import requests


class AccountAdapter(DefaultAccountAdapter):
    """Our stages of a sign-in, and none of allauth's own messages and mails."""

    def get_login_stages(self) -> list[str]:
        """Return the one step between a way in and being in."""
        return ["akademie.accounts.stages.SecondFactor"]

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Say that the account is blocked."""
        return render(request, "accounts/public/blocked.html", status=403)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: our views do."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing: our actions do."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return no real address: the list of sessions shows device and day, and we keep no more than it shows."""
        return "0.0.0.0"  # noqa: S104  (bound to nothing)


class FactorAdapter(DefaultMFAAdapter):
    """What a passkey says of us."""

    def _get_site_name(self) -> str:
        return str(frame.current()["site_name"])


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Sign-in by the operator's own provider."""

    def get_requests_session(self) -> "requests.Session":
        """Return the way of the house to other servers."""
        from akademie.accounts.outside import session  # `requests` only for those who come this way

        return session()
