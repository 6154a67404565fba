"""Sign-in by the operator's own provider."""

import logging
from collections.abc import Callable
from functools import wraps

from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.base import AuthProcess, ProviderException
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.exceptions import DisallowedRedirect
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from akademie.accounts.actions import provider as actions
from akademie.accounts.views.entrance import enter, own_path
from akademie.core import limits
from akademie.core.access import public
from akademie.core.actions import NotPossible

log = logging.getLogger("akademie.accounts")
KEY = "anbieter"  # of the provider in the settings
NONSENSE = (
    RequestException, OAuth2Error, ProviderException, DisallowedRedirect,
    AttributeError, KeyError, TypeError, ValueError,
)  # fmt: skip
OVER = "Diese Anmeldung ist abgelaufen oder wurde in einem anderen Browser begonnen. Bitte beginnen Sie noch einmal."
CANCELLED = "Sie haben die Anmeldung beim Anbieter abgebrochen."
STARTS_PER_QUARTER_HOUR = 60  # of one sender
ENOUGH = "Von Ihrem Anschluss kamen gerade sehr viele Versuche. Bitte versuchen Sie es in 15 Minuten noch einmal."


class Protocol(OpenIDConnectOAuth2Adapter):
    """allauth's side of the protocol, with our address for the way back."""

    def get_callback_url(self, request: HttpRequest, app: object) -> str:
        """Return where the provider sends people back to."""
        return str(settings.SITE_URL + reverse("accounts:provider_return"))


def _explained(view: Callable[[HttpRequest, OpenIDConnectProvider], HttpResponse]) -> Callable[..., HttpResponse]:
    """Give every refusal and all nonsense of the provider one clear page; 404 where there is no provider."""

    @wraps(view)
    def wrapper(request: HttpRequest) -> HttpResponse:
        if not settings.OIDC_ISSUER:
            raise Http404
        try:
            provider = Protocol(request, KEY).get_provider()
            provider.oauth2_adapter_class = Protocol
            return view(request, provider)
        except NotPossible as refusal:
            reason = str(refusal)
            status = 429 if isinstance(refusal, limits.TooMany) else 403
        except NONSENSE as error:
            log.warning("The provider of the sign-in answers nonsense: %s: %s", type(error).__name__, str(error)[:300])
            reason, status = actions.NONSENSE, 502
        return render(request, "accounts/public/provider_failed.html", {"reason": reason}, status=status)

    return wrapper


@public
@never_cache
@require_POST
@_explained
def ask_provider(request: HttpRequest, provider: OpenIDConnectProvider) -> HttpResponse:
    """Lead to the provider. A page in between, because our policy lets no form end on another server."""
    limits.count("provider", limits.sender(request), most=STARTS_PER_QUARTER_HOUR, seconds=15 * 60, says=ENOUGH)
    next_path = own_path(request, request.POST.get("next", ""))
    leads_to = provider.redirect(request, AuthProcess.LOGIN, next_url=next_path)["Location"]
    if not leads_to.startswith(("https://", "http://")):
        raise ValueError("the provider's address is no web address")
    return render(request, "accounts/public/to_provider.html", {"leads_to": leads_to, "name": provider.name})


@public
@never_cache
@require_safe
@_explained
def provider_return(request: HttpRequest, provider: OpenIDConnectProvider) -> HttpResponse:
    """Take what the provider says of somebody who comes back from it, and sign them in."""
    state_id = request.GET.get("state", "")[:100]
    state = statekit.unstash_state(request, provider_id=provider.sub_id, state_id=state_id) if state_id else None
    if state is None:
        raise NotPossible(OVER)
    if "code" not in request.GET:
        raise NotPossible(CANCELLED if request.GET.get("error") == "access_denied" else actions.NONSENSE)
    protocol = provider.get_oauth2_adapter(request)
    client = protocol.get_client(request, provider.app)
    given = protocol.get_access_token_data(request, provider.app, client, state.get("pkce_code_verifier"))
    answer = {
        "userinfo": protocol._fetch_user_info(given["access_token"]),
        "id_token": protocol._decode_id_token(provider.app, given["id_token"]),
    }
    user = actions.person_of(actions.read_claims(answer))
    return enter(request, user, "provider", state.get("next") or "")
