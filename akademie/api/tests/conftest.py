"""What tests of the open data share: one thing of each kind, and one of each that nobody may see."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from akademie.api import throttle
from akademie.cms import actions as cms
from akademie.cms.models import NewsPage
from akademie.cms.tests.factories import make_news
from akademie.events.tests.factories import EventFactory
from akademie.formats.models import FormatProfile
from akademie.formats.tests.factories import FormatProfileFactory
from akademie.library.models import LibraryItem
from akademie.library.tests.factories import LibraryItemFactory
from akademie.practices.models import PracticeCase
from akademie.practices.tests.factories import PracticeCaseFactory
from akademie.terms.tests.factories import TermFactory
from akademie.topics.models import Topic
from akademie.topics.tests.factories import TopicFactory
from akademie.towns.models import Town
from akademie.towns.tests.factories import TownFactory
from tests.kept import Kept

SECRET = "Verschlusssache"
SINCE = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def fresh_counts() -> Iterator[None]:
    """Nobody has asked for anything yet."""
    throttle.forget()
    yield
    throttle.forget()


@pytest.fixture
def things(db: None, kept: Kept) -> dict[str, Any]:
    """One public thing of each kind; beside most of them one that is not."""
    kept("pages", lambda: cms.load_pages(lambda _: None))
    kept("things", make_things)
    return {
        "town": Town.objects.get(ags="12070296"),
        "topic": Topic.objects.get(slug="leerstand"),
        "item": LibraryItem.objects.get(slug="offen"),
        "case": PracticeCase.objects.get(slug="offen"),
        "format": FormatProfile.objects.get(slug="offen"),
        "news": NewsPage.objects.get(slug="offen"),
    }


def make_things() -> None:
    vacancy = TopicFactory(slug="leerstand", name="Leerstand", synonyms="leere Läden, Ladensterben")
    TopicFactory(slug="bahnhoefe", name="Bahnhöfe", parent=vacancy)
    town = TownFactory(ags="12070296", name="Perleberg", lat=53.07, lon=11.86)
    TownFactory(ags="09189155", name="Traunstein", state="Bayern")
    for slug, more in (("offen", {}), ("geheim", {"draft": True})):
        title = SECRET if more else "Für alle"
        LibraryItemFactory(slug=slug, title=title, about=["leerstand"], doi="10.1/x", **more)
        PracticeCaseFactory(slug=slug, title=title, about=["leerstand"], towns=[town], years="seit 2019", **more)
        TermFactory(slug=slug, title=SECRET if more else "Ratsvorlage", **more)
        FormatProfileFactory(slug=slug, name=title, steps=[("Ankommen", 5)], **more)
        make_news(title, slug, live=not more)
        EventFactory(slug=slug, title=title, about=[vacancy], town=town, changed_at=SINCE, **more)
