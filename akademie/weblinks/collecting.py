"""Keeping up with which links stand where."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.text import Truncator

from akademie.weblinks.models import WebLink, WebLinkUse, digest_of
from akademie.weblinks.sources import Found, Source, Told, further, sources

AT_ONCE = 500
Place = tuple[str, str, str, str]  # digest of the address, key of the source, primary key, field


def collect(only: Mapping[str, Iterable[Any]] | None = None) -> None:
    """Note where links stand, of everything or of these things of each source; forget what is gone. Repeatable."""
    for source in sources():
        if only is None or source.key in only:
            _collect(source, None if only is None else [str(pk) for pk in only[source.key]])
    if only is None:
        _forget_sources_that_are_gone()
    WebLink.objects.filter(uses=None).delete()


def _collect(source: Source, keys: list[str] | None) -> None:
    things = source.public() if keys is None else source.public().filter(pk__in=keys)
    shown = set(map(str, things.order_by().values_list("pk", flat=True)))
    found = [
        *source.read(things),
        *(one for one in further(source.key, keys) if one.pk in shown),
    ]
    told = _told(source, {one.pk for one in found})
    found = [one for one in found if one.pk in told]
    noted = WebLinkUse.objects.filter(kind=source.key)
    if keys is not None:
        noted = noted.filter(object_pk__in=keys)
    with transaction.atomic():
        links = _links({one.address for one in found})
        now: dict[Place, Found] = {(digest_of(one.address), source.key, one.pk, one.field): one for one in found}
        known: dict[Place, WebLinkUse] = {
            (use.link.digest, use.kind, use.object_pk, use.field): use
            for use in noted.select_related("link").only(
                "kind", "object_pk", "field", "title", "url", "link__digest"
            )
        }  # fmt: skip
        _delete([use.pk for place, use in known.items() if place not in now])
        new = [
            WebLinkUse(
                link=links[place[0]], kind=source.key, object_pk=one.pk, field=one.field[:100],
                title=told[one.pk].title, url=told[one.pk].url,
            )
            for place, one in now.items()
            if place not in known
        ]  # fmt: skip
        WebLinkUse.objects.bulk_create(new, AT_ONCE, ignore_conflicts=True)
        renamed = [use for place, use in known.items() if place in now and _rename(use, told[use.object_pk])]
        WebLinkUse.objects.bulk_update(renamed, ["title", "url"], AT_ONCE)


def _told(source: Source, keys: set[str]) -> dict[str, Told]:
    found: dict[str, Told] = {}
    waiting = sorted(keys)
    for start in range(0, len(waiting), AT_ONCE):
        things = source.public().filter(pk__in=waiting[start : start + AT_ONCE])
        for pk, told in source.told(things):
            found[str(pk)] = Told(Truncator(told.title).chars(300), told.url[:500])
    return found


def _links(addresses: set[str]) -> dict[str, WebLink]:
    """Return the link for each address by its digest, made where it is new."""
    wanted = {digest_of(address): address for address in addresses}
    known = _known(wanted)
    WebLink.objects.bulk_create(
        [
            WebLink(url=address, digest=digest, host=host_of(address))
            for digest, address in wanted.items()
            if digest not in known
        ],
        AT_ONCE,
        ignore_conflicts=True,  # another job may have made it meanwhile
    )
    return _known(wanted)


def _known(digests: Iterable[str]) -> dict[str, WebLink]:
    waiting = sorted(digests)
    found: dict[str, WebLink] = {}
    for start in range(0, len(waiting), AT_ONCE):
        some = WebLink.objects.filter(digest__in=waiting[start : start + AT_ONCE])
        found |= {link.digest: link for link in some.only("digest")}
    return found


def host_of(address: str) -> str:
    """Return whose server an address leads to, in small letters; nothing for ours."""
    if not address.lower().startswith(("http://", "https://")):
        return ""
    try:
        host = urlsplit(address).netloc.rpartition("@")[2].lower()
    except ValueError:  # a bracket that does not belong there
        return "?"
    return "" if host == urlsplit(settings.SITE_URL).netloc.lower() else host[:255] or "?"


def _rename(use: WebLinkUse, told: Told) -> bool:
    if (use.title, use.url) == told:
        return False
    use.title, use.url = told
    return True


def _forget_sources_that_are_gone() -> None:
    WebLinkUse.objects.exclude(kind__in=[source.key for source in sources()]).delete()


def _delete(pks: list[int]) -> None:
    for start in range(0, len(pks), AT_ONCE):
        WebLinkUse.objects.filter(pk__in=pks[start : start + AT_ONCE]).delete()
