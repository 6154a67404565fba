"""When something was last checked, for the pages that say so."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest

from akademie.core.worded import Worded
from akademie.editing.models import Upkeep

_day = Worded(lambda: Upkeep.objects.filter(kind="", object_pk="").values_list("checked_on"))


def checked_days(kind: str, pks: Iterable[Any]) -> dict[str, date]:
    """Return when things of a public kind were last checked, by primary key as text; with one query."""
    rows = Upkeep.objects.filter(kind=kind, object_pk__in=[str(pk) for pk in pks])
    return {one.object_pk: one.checked_on for one in rows.only("object_pk", "checked_on") if one.checked_on}


def checked_on(kind: str, pk: Any) -> date | None:
    """Return when this was last checked; None where nobody has noted it."""
    found = _day.rows(kind, str(pk))
    return found[0][0] if found else None


def panel_of(request: HttpRequest, page: dict[str, Any]) -> dict[str, Any] | None:
    """Return what the page of a standard page says about it."""
    day = checked_on("seiten", page["pk"])
    return {"checked_on": day} if day else None
