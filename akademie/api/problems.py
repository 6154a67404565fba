"""Errors for programs: RFC 9457, with a German sentence that says what to do."""

from typing import Any

from django.http import JsonResponse

TITLES = {
    400: "Das verstehen wir nicht",
    401: "Es fehlt ein gültiger Zugangsschlüssel",
    403: "Das darf dieser Zugangsschlüssel nicht",
    404: "Das gibt es nicht",
    405: "Das geht hier nicht",
    409: "Das ist schon da",
    412: "Der Datensatz hat sich geändert",
    413: "Das ist zu groß",
    415: "Das ist kein JSON",
    422: "Der Datensatz passt noch nicht",
    428: "Es fehlt If-Match",
    429: "Zu viele Anfragen",
}


class Problem(Exception):
    """Something that a program must do differently."""

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None, **more: Any) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers, self.more = status, detail, headers or {}, more

    def response(self) -> JsonResponse:
        """Return the answer that says so."""
        told = {"type": "about:blank", "title": TITLES[self.status], "status": self.status, "detail": self.detail}
        return JsonResponse(
            told | self.more,
            status=self.status,
            content_type="application/problem+json",
            headers=self.headers,
            json_dumps_params={"ensure_ascii": False},
        )
