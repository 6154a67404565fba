"""The opening of "Format starten": areas above say which formats they can start, and how."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase

from akademie.core.contributions import ContributionPoint
from akademie.formats.models import FormatProfile

Lineage = tuple[str, ...]  # slugs: the format itself, what it is a variant of, and so on up to the first


@dataclass(frozen=True, kw_only=True)
class FormatStarter:
    """An area that makes something of a format: an event, later a module or a tree.

    `view` answers `/formate/<slug>/starten/`, GET and POST. Reading is for everyone; who may start something is for the
    view to check. The profile is published.
    """

    key: str  # "events"
    label: str  # what stands on the button of the Steckbrief: "Format starten"
    what: str  # what comes of it, one sentence
    starts: Callable[[Lineage], bool]
    view: Callable[[HttpRequest, FormatProfile], HttpResponseBase]
    # Values of the next one there is of a format, keys of `texts.PLACEHOLDERS`, for the preview of its templates.
    example: Callable[[FormatProfile], dict[str, str] | None] = lambda profile: None
    order: int = 50


format_starters = ContributionPoint("format_starters", FormatStarter)


def starter_of(lineage: Lineage) -> FormatStarter | None:
    """Return who starts a format with this lineage, the first that can; None while nobody does."""
    return next((one for one in format_starters if one.starts(lineage)), None)
