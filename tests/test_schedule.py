"""What is published and archived at a time that an editor has set: on the site, in search, in the feed; never late."""

from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from wagtail.test.utils.form_data import querydict_from_html

from akademie.cms.actions import load_pages, set_up_office
from akademie.cms.models import NewsIndexPage, NewsPage
from akademie.library.models import LibraryItem
from akademie.search import actions, queries

pytestmark = pytest.mark.django_db
DESK = "/geschaeftsstelle/cms"
WRITTEN, BEFORE, SHOWN, OVER = (f"2026-{day} 12:00+01:00" for day in ("11-02", "11-09", "11-11", "11-21"))
TIMES = {"go_live_at": "10.11.2026 08:00", "expire_at": "20.11.2026 18:00"}


@pytest.fixture
def desk(client: Client, kept: Any, editor: Any) -> Client:
    """The browser of an editor."""
    kept("pages", lambda: load_pages(lambda _: None))
    kept("office", lambda: set_up_office(lambda _: None))
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def index(settings: Any, tmp_path: Any) -> Any:
    """Search with an index of its own."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    queries.engine.cache_clear()
    engine = queries.engine()
    actions.rebuild_index(engine)
    yield engine
    engine.close()
    queries.engine.cache_clear()


def write(desk: Client, kind: str, **values: str) -> Any:
    """Write something new in the back office and press "Veröffentlichen"; return the answer."""
    if kind == "page":
        place, form_id = f"{DESK}/pages/add/cms/newspage/{NewsIndexPage.objects.get().pk}/", "page-edit-form"
        own = {"title": "Mitfahrbank", "slug": "mitfahrbank", "published_on": "2026-11-10", "body-count": "0"}
    else:
        place, form_id = f"{DESK}/snippets/library/libraryitem/add/", "w-editor-form"
        own = {"title": "Mitfahrbank", "slug": "mitfahrbank", "kind": "studie"}
    fields = querydict_from_html(desk.get(place).content.decode(), form_id=form_id)
    form = {name: fields.getlist(name) for name in fields}
    return desk.post(place, form | own | {"action-publish": "action-publish"} | values)


def seen(kind: str, index: Any) -> tuple[int, bool, bool, list[str]]:
    """What a visitor finds: the page, its line in the list and in the feed, and in search."""
    actions.index_changes(index)
    area = "/aktuelles/" if kind == "page" else "/bibliothek/"
    visitor = Client()
    answers = [visitor.get(f"{area}{rest}") for rest in ("mitfahrbank/", "", "feed/")]
    found = [one.entry.title for one in queries.search("Mitfahrbank", correct=False).found]
    return answers[0].status_code, *(b"Mitfahrbank" in answer.content for answer in answers[1:]), found


@pytest.mark.each_case
@pytest.mark.parametrize(("kind", "model"), [("page", NewsPage), ("record", LibraryItem)])
def test_it_appears_and_disappears_at_its_time_everywhere(desk, index, kind, model):
    with time_machine.travel(WRITTEN):
        assert write(desk, kind, **TIMES).status_code == 302
    here, gone = (200, True, True, ["Mitfahrbank"]), (404, False, False, [])
    for moment, expected in ((BEFORE, gone), (SHOWN, here), (OVER, gone)):
        with time_machine.travel(moment):
            call_command("publish_scheduled", verbosity=0)
            assert (moment, seen(kind, index)) == (moment, expected)
    thing = model.objects.get(slug="mitfahrbank")
    assert (thing.live, thing.expired, thing.title) == (False, True, "Mitfahrbank")  # a draft in the back office


@pytest.mark.parametrize("kind", ["page", "record"])
@pytest.mark.parametrize(
    ("times", "says"),
    [
        ({"go_live_at": "10.11.2026 08:00"}, "Dieser Zeitpunkt ist schon vorbei."),
        ({"expire_at": "10.11.2026 08:00"}, "Das Ablaufdatum muss in der Zukunft liegen."),
        (
            {"go_live_at": "10.12.2026 08:00", "expire_at": "09.12.2026 08:00"},
            "Das Veröffentlichungsdatum muss vor dem Ablaufsdatum liegen",
        ),
    ],
    ids=["appears", "ends", "order"],
)
def test_a_schedule_in_the_past_is_refused_and_the_text_kept(desk, kind, times, says):
    with time_machine.travel(SHOWN):
        answer = write(desk, kind, **times)
    html = answer.content.decode()
    assert (answer.status_code, says in html, "Mitfahrbank" in html) == (200, True, True)
    assert (NewsPage.objects.count(), LibraryItem.objects.count()) == (0, 0)


def test_what_has_appeared_on_its_day_can_be_changed_later(desk):
    with time_machine.travel(WRITTEN):
        write(desk, "record", **TIMES)
    with time_machine.travel(SHOWN):
        call_command("publish_scheduled", verbosity=0)
        item = LibraryItem.objects.get()
        place = f"{DESK}/snippets/library/libraryitem/edit/{item.pk}/"
        form = querydict_from_html(desk.get(place).content.decode(), form_id="w-editor-form")
        form.update({"title": "Rufbus", "action-publish": "action-publish"})
        assert desk.post(place, form).status_code == 302
    assert LibraryItem.objects.get().title == "Rufbus"


def test_who_comes_too_late_is_offered_the_search(desk):
    with time_machine.travel(WRITTEN):
        write(desk, "page")
    NewsPage.objects.get().unpublish()
    html = Client().get("/aktuelles/mitfahrbank/").content.decode()
    assert ('action="/suche/"' in html, "Suchen Sie danach" in html) == (True, True)
