"""News for machines and search engines."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from akademie.cms import queries
from akademie.cms.models import NewsIndexPage, NewsPage
from akademie.core import frame
from akademie.core.open_data import DataField, PublicData, Record, absolute, moment

FIELDS = (
    DataField("id", "Kürzel", always=True),
    DataField("url", "Adresse", always=True, format="uri"),
    DataField("title", "Titel", always=True),
    DataField("published_on", "Datum", always=True, format="date"),
    DataField("summary", "Kurz gesagt"),
    DataField("text", "Text", note="ohne Auszeichnung"),
    DataField("topics", "Themen", many=True, note="Kürzel"),
    DataField("changed_at", "geändert", format="date-time"),
)


def records(news: QuerySet[NewsPage]) -> Iterator[tuple[int, Record]]:
    """Yield news with two queries however many there are."""
    rows = list(news.values("pk", "slug", "title", "published_on", "summary", "body_html", "last_published_at"))
    links = queries._topics_of(row["pk"] for row in rows)
    for row in rows:
        text = queries.text_of(row["body_html"]) or None
        yield row["pk"], record_of(row, [slug for slug, _parent in links.get(row["pk"], [])], text)


def record_of(row: dict[str, Any], topics: list[str], text: str | None) -> Record:
    """Return a piece of news as a record; `topics` are slugs."""
    return {
        "id": row["slug"],
        "url": absolute(f"/{NewsIndexPage.SLUG}/{row['slug']}/"),
        "title": row["title"],
        "published_on": row["published_on"].isoformat(),
        "summary": row["summary"] or None,
        "text": text,
        "topics": topics,
        "changed_at": moment(row["last_published_at"]),
    }


def structured(row: dict[str, Any]) -> dict[str, Any]:
    """Return a piece of news in the words of schema.org."""
    record = record_of(row, [], None)
    return {
        "@type": "NewsArticle",
        "@id": record["url"],
        "headline": record["title"][:110],
        "description": record["summary"],
        "inLanguage": "de",
        "datePublished": record["published_on"],
        "dateModified": record["changed_at"],
        "mainEntityOfPage": record["url"],
    }


def page_structured(row: dict[str, Any], path: str) -> dict[str, Any]:
    """Return a standard page in the words of schema.org; `path` is its address without the first slash."""
    return {
        "@type": "WebPage",
        "@id": absolute(f"/{path}"),
        "url": absolute(f"/{path}"),
        "name": row["title"],
        "description": row["search_description"] or row["summary"],
        "inLanguage": row["language"],
        "dateModified": moment(row["last_published_at"]),
    }


def organisation() -> dict[str, Any]:
    """Return who runs this academy, in the words of schema.org, as the office has said it."""
    told = frame.current()
    return {
        "@type": "EducationalOrganization",
        "@id": absolute("/"),
        "name": told["site_name"],
        "url": absolute("/"),
        "address": told["operator_address"],
        "email": told["contact_email"],
        "telephone": told["contact_phone"],
        "parentOrganization": {"@type": "Organization", "name": told["operator"]} if told["operator"] else None,
    }


DATA = PublicData(
    about="Nachrichten der Akademie und aus den kleinen Städten.",
    fields=FIELDS,
    records=records,
    lookup="slug",
    address="/aktuelles/{}/",
    rows=queries.news_list,
    themes=("REGI",),
    keywords=("Kleinstadt", "Nachrichten"),
)
