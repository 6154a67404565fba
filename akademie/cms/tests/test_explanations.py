"""Where the required explanations stand: on their two pages, in the search, and in the back office."""

import re

import pytest
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text

from akademie.cms import actions
from akademie.cms.tests.factories import body, make_page
from akademie.core.contributions import public_kinds
from akademie.easy.actions import load_explanations
from akademie.easy.models import Explanation, Subject
from akademie.easy.tests.factories import make_video
from tests.kept import Kept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_with_explanations")]
LIST = "/geschaeftsstelle/cms/snippets/easy/explanation/"


@pytest.fixture
def pages_with_explanations(db: None, kept: Kept) -> None:
    """The site, with the explanations loaded before."""
    kept("explanations", lambda: load_explanations(lambda _: None))
    kept("pages", lambda: actions.load_pages(lambda _: None))
    kept("office", lambda: actions.set_up_office(lambda _: None))


def release(subject: Subject, **more: object) -> None:
    one = Explanation.objects.get(subject=subject)
    one.checked_by, one.checked_on = "die Prüfgruppe", timezone.localdate()
    for name, value in more.items():
        setattr(one, name, value)
    one.save()


def headings(html: str) -> list[str]:
    return re.findall(r"<h2[^>]*>(.*?)</h2>", html)[:4]


def test_the_page_in_easy_language_explains_all_four_and_says_what_is_a_draft(client):
    html = client.get("/leichte-sprache/").text
    assert headings(html) == [subject.easy_heading for subject in Subject]
    assert html.count("Diesen Text hat noch niemand geprüft.") == 4
    assert 'lang="de-simple"' in html
    release(Subject.CONTENT)
    html = client.get("/leichte-sprache/").text
    assert html.count("Diesen Text hat noch niemand geprüft.") == 3
    assert html.count("Geprüft von: die Prüfgruppe, am") == 1


def test_the_page_for_sign_language_has_the_videos_or_says_that_they_are_missing(client):
    assert client.get("/gebaerdensprache/").text.count("Dieses Video fehlt noch.") == 4
    video = make_video()
    release(Subject.CONTENT, video=video)
    html = " ".join(client.get("/gebaerdensprache/").text.split())
    assert headings(html) == [subject.label for subject in Subject]
    assert html.count("Dieses Video fehlt noch.") == 3
    player = re.search(r"<video (.*?)</video>", html)[1]
    assert [word in player for word in ("controls", 'preload="none"', "poster=", "autoplay", "<script")] == [
        True, True, True, False, False,
    ]  # fmt: skip
    assert f'<source src="{video.film.url}" type="video/webm">' in player
    track = f'<track kind="captions" srclang="de" label="Untertitel" src="{video.captions_url}" default>'
    assert track in player
    assert "1:35 Minuten" in html
    assert f'href="{video.film.url}" download>Video herunterladen (' in html
    assert "<p>Guten Tag.</p>" in html
    video.transcript = "Auf Wiedersehen."
    video.save()
    assert "<p>Auf Wiedersehen.</p>" in client.get("/gebaerdensprache/").text


def test_what_is_explained_is_found(client):
    kind = public_kinds.get("seiten")
    entries = {entry.url: entry for _, entry in kind.entries(kind.visible_to(None))}
    assert "Kleine Städte haben oft die gleichen Probleme." in entries["/leichte-sprache/"].text


def test_a_video_stands_on_any_page_and_comes_again_when_it_changes(client):
    video = make_video()
    make_page("Willkommen", "willkommen", body=body(("sign_video", video.pk)))
    assert f'src="{video.film.url}"' in client.get("/willkommen/").text
    video.delete()
    assert (client.get("/willkommen/").status_code, "<video" in client.get("/willkommen/").text) == (200, False)


def test_the_office_changes_explanations_and_cannot_add_or_delete_one(client, editor):
    client.force_login(editor)
    page = client.get(LIST)
    assert page.status_code == 200
    assert page.text.count("Text noch Entwurf, Video fehlt") == 4
    assert f"{LIST}add/" not in page.text
    one = Explanation.objects.get(subject=Subject.CONTENT)
    assert client.get(f"{LIST}add/").status_code == 302
    assert client.post(f"{LIST}delete/{one.pk}/").status_code == 302
    assert Explanation.objects.count() == 4
    typed = {
        "text": rich_text("<p>Hallo.</p>"), "checked_by": "die Prüfgruppe", "checked_on": "2026-11-02", "video": "",
    }  # fmt: skip
    assert client.post(f"{LIST}edit/{one.pk}/", typed).status_code == 302
    assert Explanation.objects.get(pk=one.pk).state == "Text geprüft, Video fehlt"
    assert "<p data-block-key" in Explanation.objects.get(pk=one.pk).text
    assert "Hallo." in client.get("/leichte-sprache/").text


def test_the_office_adds_a_video(client, editor):
    client.force_login(editor)
    page = client.get("/geschaeftsstelle/cms/snippets/easy/signvideo/add/")
    assert (page.status_code, 'enctype="multipart/form-data"' in page.text) == (200, True)
