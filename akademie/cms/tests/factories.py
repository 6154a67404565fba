"""Pages for tests, made as the back office makes them."""

from datetime import date
from typing import Any

from wagtail.models import Site

from akademie.cms.models import NewsIndexPage, NewsPage, StandardPage


def body(*blocks: tuple[str, Any]) -> list[dict[str, Any]]:
    """Return blocks as the editor sends them."""
    return [{"type": kind, "value": value} for kind, value in blocks]


def make_page(title: str, slug: str, *, below: StandardPage | None = None, **more: Any) -> StandardPage:
    """Create a standard page below another one or below the start page."""
    parent = below or Site.objects.get(is_default_site=True).root_page
    return parent.add_child(instance=StandardPage(title=title, slug=slug, **more))


def make_news(title: str, slug: str, *, on: date = date(2026, 11, 2), **more: Any) -> NewsPage:
    """Create a piece of news."""
    page = NewsPage(title=title, slug=slug, published_on=on, **more)
    return NewsIndexPage.objects.get().add_child(instance=page)
