"""What is withdrawn is gone from every way out at once, also where it was read before."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from akademie.api.tests.conftest import SECRET

LISTS = {"praxis": "case", "bibliothek": "item", "formate": "format", "aktuelles": "news"}
WAYS_OUT = (
    "/api/v1/{key}/",
    "/api/v1/{key}/?q=verschlusssache",
    "/daten/{key}.csv",
    "/daten/{key}.json",
    "/daten/{key}.xlsx",
    "/{key}/feed/",
    "/sitemap.xml",
)
FOR_CASES = ("/api/v1/praxis/?stadt=12070296", "/daten/praxis.geojson", "/staedte/feed/", "/themen/leerstand/feed/")
SLUG = "verschlossen"


def answers(client: Client, key: str) -> dict[str, bytes]:
    """Return what each way out says."""
    found = {}
    for path in (*(way.format(key=key) for way in WAYS_OUT), *(FOR_CASES if key == "praxis" else ())):
        answer = client.get(path)
        assert answer.status_code == 200, path
        found[path] = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return found


def unpacked(path: str, told: bytes) -> bytes:
    """Return the text of an answer."""
    if not path.endswith(".xlsx"):
        return told
    with ZipFile(BytesIO(told)) as package:
        return package.read("xl/worksheets/sheet1.xml")


@pytest.mark.each_case
@pytest.mark.parametrize("key", LISTS)
def test_a_withdrawn_thing_is_nowhere(client: Client, things: dict[str, Any], key: str) -> None:
    thing = things[LISTS[key]]
    setattr(thing, "name" if key == "formate" else "title", SECRET)
    thing.slug = SLUG
    thing.first_published_at = datetime(2026, 5, 1, tzinfo=UTC)
    thing.save()
    etags = {path: client.get(path)["ETag"] for path in (f"/api/v1/{key}/", f"/daten/{key}.csv", f"/{key}/feed/")}
    before = answers(client, key)
    shown = {path for path, told in before.items() if SLUG.encode() in unpacked(path, told)}
    assert before.keys() - shown <= {f"/api/v1/{key}/?q=verschlusssache"}  # the index follows a moment later
    assert client.get(f"/api/v1/{key}/{SLUG}/").status_code == 200
    thing.unpublish()
    for path, told in answers(client, key).items():
        assert [word for word in (SECRET, SLUG) if word.encode() in unpacked(path, told)] == [], path
    assert client.get(f"/api/v1/{key}/{SLUG}/").status_code == 404
    for path, etag in etags.items():
        assert client.get(path, headers={"if-none-match": etag}).status_code == 200, path
    index = {row["key"]: row["count"] for row in client.get("/api/v1/").json()["collections"]}
    assert index[key] == 0
