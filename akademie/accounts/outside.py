"""Requests to the operator's provider go the way of the house (`core.fetch`), though allauth speaks `requests`."""

from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests.adapters import BaseAdapter

from akademie.core.fetch import FetchFailed, fetch

LIMIT = 200_000  # bytes; a provider's answers have a few thousand
SECONDS = 15


class HouseTransport(BaseAdapter):
    """Sends with the client of the house. The provider's own host may be private: the operator has named it."""

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:  # type: ignore[override]
        """Return the answer, or raise what allauth expects of a server that cannot be reached."""
        body = request.body or b""
        known = urlsplit(settings.OIDC_ISSUER)
        names = ("Authorization", "Content-Type")
        try:
            answer = fetch(
                str(request.url),
                method="POST" if request.method == "POST" else "GET",
                headers={name: str(request.headers[name]) for name in names if name in request.headers},
                body=body.encode() if isinstance(body, str) else bytes(body),  # type: ignore[arg-type]
                limit=LIMIT,
                seconds=SECONDS,
                known_host=(known.hostname or "", known.port or (443 if known.scheme == "https" else 80)),
            )
        except FetchFailed as error:
            raise requests.ConnectionError(str(error), request=request) from error
        response = requests.Response()
        response.status_code, response.url, response.request = answer.status, answer.url, request
        response.headers.update(answer.headers)
        response._content = answer.body
        return response

    def close(self) -> None:
        """Nothing is kept open."""


def session() -> requests.Session:
    """Return a session that knows no other way out; nothing of the environment plays a part."""
    made = requests.Session()
    made.trust_env = False
    made.adapters.clear()
    made.mount("", HouseTransport())
    return made
