"""The step between a way in (link, code, password, provider) and being in."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.stages import LoginStage
from django.http import HttpResponse
from django.shortcuts import redirect

from akademie.accounts import queries


class SecondFactor(LoginStage):
    """Asks for the second factor of whoever has one. A passkey that has just signed in was two factors at once."""

    key = "second_factor"
    urlname = "accounts:second_factor"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Return the page to go to, or nothing; and whether the sign-in goes on."""
        user = self.login.user
        methods = {record["method"] for record in get_authentication_records(self.request, user)}
        if "passkey" in methods or not queries.is_asked_for_second_factor(user):
            return None, True
        return redirect("accounts:second_factor"), True
