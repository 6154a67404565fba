"""How the academy is, for machines that watch it."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from akademie.core.access import public
from akademie.operation.queries.health import what_machines_must_know


@public
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the academy works, 503 with the reasons when it does not; needs no database to say so."""
    reasons = what_machines_must_know()
    answer = JsonResponse(
        {"ok": not reasons, "reasons": reasons},
        status=503 if reasons else 200,
        json_dumps_params={"ensure_ascii": False},
    )
    answer._has_been_logged = True  # type: ignore[attr-defined]  # or Django would note an error at each look
    return answer
