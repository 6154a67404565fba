"""Questions about links: what is broken, where it stands, how far the check is, which copies are offered."""

from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.admin_url_finder import AdminURLFinder

from akademie.accounts.models import User
from akademie.core.contributions import Waiting
from akademie.core.stamps import Kept
from akademie.weblinks.archiving import STAMP
from akademie.weblinks.models import ArchivedCopy, State, WebLink, WebLinkUse
from akademie.weblinks.sources import source

LISTS = {
    "kaputt": "Führt ins Leere",
    "umgezogen": "Umgezogen",
    "unklar": "Nicht prüfbar",
    "beobachtet": "Unter Beobachtung",
    "bestaetigt": "Als richtig bestätigt",
    "alle": "Alle",
}
WHERE = {"": "alle Ziele", "aussen": "andere Websites", "innen": "unsere Website"}
PLACES_SHOWN = 3  # of each link in the list


def _filters() -> dict[str, Q]:
    """Return what belongs into each of the `LISTS`."""
    is_confirmed = Q(confirmed_until__isnull=False, confirmed_until__gte=timezone.localdate())
    states = {"kaputt": State.BROKEN, "umgezogen": State.MOVED, "unklar": State.UNCLEAR, "beobachtet": State.FAILING}
    return {
        **{which: Q(state=state) & ~is_confirmed for which, state in states.items()},
        "bestaetigt": is_confirmed,
        "alle": Q(),
    }


def listed(which: str, words: str = "", where: str = "") -> QuerySet[WebLink]:
    """Return one of the `LISTS`, with the first places of each link; what has failed longest comes first.

    `words` stand in the address or in the title of a place; `where` is one of `WHERE`.
    """
    found = WebLink.objects.filter(_filters()[which])
    if where:
        found = found.filter(host="") if where == "innen" else found.exclude(host="")
    if words:
        found = found.filter(
            Q(url__icontains=words) | Q(pk__in=WebLinkUse.objects.filter(title__icontains=words).values("link"))
        )
    places = WebLinkUse.objects.order_by("title", "pk")[:PLACES_SHOWN]
    found = found.annotate(places=Count("uses")).prefetch_related(Prefetch("uses", places, to_attr="shown"))
    return found.order_by("first_failed_at", "host", "url", "pk")


def counts() -> dict[str, int]:
    """Return how many each of the `LISTS` has, with one query."""
    return WebLink.objects.aggregate(**{which: Count("pk", filter=q) for which, q in _filters().items()})


def progress() -> dict[str, Any]:
    """Return how many links are still to be checked today, and when the last one was."""
    still = Q(due_on__lte=timezone.localdate())
    found = WebLink.objects.aggregate(total=Count("pk"), left=Count("pk", filter=still))
    last = WebLink.objects.exclude(checked_at=None).order_by("-checked_at").values_list("checked_at", flat=True).first()
    return {**found, "done": found["total"] - found["left"], "last": last}


def places_of(link: WebLink) -> QuerySet[WebLinkUse]:
    """Return every place where a link stands."""
    return link.uses.order_by("title", "field", "pk")


def source_titles(uses: list[WebLinkUse]) -> dict[str, str]:
    """Return what the sort of each place is called."""
    known = {use.kind: source(use.kind) for use in uses}
    return {key: found.title if found else "" for key, found in known.items()}


def edit_address(use: WebLinkUse, person: User) -> str:
    """Return where this person changes the place; empty when there is no such form."""
    found = source(use.kind)
    thing = found.model._default_manager.filter(pk=use.object_pk).first() if found else None
    return (AdminURLFinder(person).get_edit_url(thing) or "") if thing else ""


def described(keys: list[str]) -> dict[str, str]:
    """Return where links stand, for the log."""
    uses = WebLinkUse.objects.filter(link__in=keys).order_by("-pk").values_list("link_id", "title")
    return {str(pk): title for pk, title in uses}


# -- the desk ---------------------------------------------------------------------------------------------------------
def waiting_links(user: Any) -> list[Waiting]:
    """Return one task for all that leads nowhere. Nobody waits for an answer there, so it has no date."""
    count = WebLink.objects.broken().count()
    if not count:
        return []
    says = "1 Link führt ins Leere" if count == 1 else f"{count} Links führen ins Leere"
    return [Waiting(text=f"{says}: ersetzen oder bestätigen", url=reverse("weblinks:links"))]


# -- copies -----------------------------------------------------------------------------------------------------------
def offered() -> QuerySet[ArchivedCopy]:
    """Return the copies that stand in for a document whose link leads nowhere."""
    return ArchivedCopy.objects.filter(link__in=WebLink.objects.broken())


def _copies() -> dict[tuple[str, str], ArchivedCopy]:
    uses = WebLinkUse.objects.filter(link__in=offered().values("link")).select_related("link__copy")
    return {(use.kind, use.object_pk): use.link.copy for use in uses}


copies = Kept(STAMP, _copies)  # a public page asks for nothing more than the stamp


def copy_panel(request: HttpRequest, place: tuple[str, Any]) -> dict[str, Any] | None:
    """Return the copy for the page of a thing, named by the key of its kind and its primary key."""
    kind, pk = place
    copy = copies.get().get((kind, str(pk)))
    return {"copy": copy} if copy else None
