"""The media kept in order: what the lists hold, what one click mends, and pages that follow."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from PIL import Image as Pillow
from wagtail.models import ModelLogEntry, ReferenceIndex
from wagtail.tasks import update_reference_index_task

from akademie.accounts.models import User
from akademie.cms.actions import load_pages, set_up_office
from akademie.cms.models import StandardPage
from akademie.cms.tests.factories import body, make_page
from akademie.files import queries as files
from akademie.files.models import AcademyDocument, AcademyImage
from akademie.files.tests.pictures import PLACE, content, make_image, upload

pytestmark = pytest.mark.django_db
LIST, CMS = "/geschaeftsstelle/medien/", "/geschaeftsstelle/cms/"


@pytest.fixture(autouse=True)
def at_desk(client: Client, editor: User, kept: Any) -> None:
    """The Redaktion at its desk, with the pages of the house."""
    kept("pages", lambda: load_pages(lambda _: None))
    kept("office", lambda: set_up_office(lambda _: None))
    client.force_login(editor)


def make_document(title: str = "Satzung", **fields: Any) -> AcademyDocument:
    values = {"licence": "eigenes Werk", "accessible": True, "file_size": 5, **fields}
    return AcademyDocument.objects.create(title=title, file=ContentFile(b"%PDF", name="satzung.pdf"), **values)


def show(*images: AcademyImage, slug: str = "seite") -> StandardPage:
    return make_page("Seite", slug, body=body(*(("picture", {"image": one.pk, "caption": ""}) for one in images)))


def titles(which: str) -> list[str]:
    return [one.thing.title for one in files.listed(which, 1)]


# -- the lists --------------------------------------------------------------------------------------------------------
def test_what_lacks_rights_is_listed():
    make_image(title="gut")
    make_image(title="leer", licence="")
    make_image(title="unbekannt", licence="Unbekannt")
    make_image(title="von niemandem", credit="")
    make_document("gut")
    make_document("ohne", licence="?")
    assert sorted(titles("rechte")) == ["leer", "ohne", "unbekannt", "von niemandem"]


def test_what_lacks_an_alternative_or_a_check_is_listed():
    make_image(title="beschrieben")
    make_image(title="schmückt", description="", decorates_only=True)
    make_image(title="ohne", description="")
    make_document("geprüft")
    make_document("ungeprüft", accessible=False)
    assert (titles("ersatztext"), titles("barrieren")) == (["ohne"], ["ungeprüft"])


def test_what_is_too_large_is_listed():
    make_image(title="passt")
    for title, too_much in {
        "schwer": {"file_size": 2_000_001},
        "breit": {"width": 4001},
        "hoch": {"height": 4001},
    }.items():
        AcademyImage.objects.filter(pk=make_image(title=title).pk).update(**too_much)
    make_document("passt", file_size=10_000_000)
    make_document("zu groß", file_size=10_000_001)
    assert sorted(titles("gross")) == ["breit", "hoch", "schwer", "zu groß"]


def test_what_nothing_shows_is_listed():
    used, linked, in_text = make_image(title="auf einer Seite"), make_document("verlinkt"), make_document("im Text")
    make_image(title="nirgends")
    make_document("auch nirgends")
    link = {"text": "Satzung", "page": None, "document": linked.pk, "url": ""}
    text = f'<p><a linktype="document" id="{in_text.pk}">Satzung</a></p>'
    make_page("Seite", "seite", body=body(
        ("picture", {"image": used.pk, "caption": ""}), ("links", [link]), ("paragraph", text),
    ))  # fmt: skip
    assert sorted(titles("unbenutzt")) == ["auch nirgends", "nirgends"]


def test_what_only_a_draft_shows_is_used():
    page = show()
    image, linked, in_text = make_image(title="im Entwurf"), make_document("verlinkt"), make_document("im Text")
    page.body = body(
        ("picture", {"image": image.pk, "caption": ""}),
        ("links", [{"text": "Satzung", "page": None, "document": linked.pk, "url": ""}]),
        ("paragraph", f'<p><a id="{in_text.pk}" linktype="document">Satzung</a></p>'),
    )
    page.save_revision()
    make_image(title="nirgends")
    assert titles("unbenutzt") == ["nirgends"]
    StandardPage.objects.get(pk=page.pk).latest_revision.publish()
    assert titles("unbenutzt") == ["nirgends"]


def test_lists_of_many_take_as_many_queries_as_lists_of_few(client, queries):
    def fill(count: int) -> None:
        for _ in range(count):
            shown = make_image(description="", licence="", file_size=3_000_000)
            shown.get_rendition(files.THUMBNAIL)
            make_document(licence="", accessible=False, file_size=20_000_000)
            ReferenceIndex.create_or_update_for_object(show(shown, slug=f"seite-{shown.pk}"))

    fill(1)
    few = {which: queries(lambda which=which: client.get(f"{LIST}?liste={which}")) for which in files.LISTS}
    desk = queries(lambda: client.get("/geschaeftsstelle/"))
    fill(2)
    assert {which: queries(lambda which=which: client.get(f"{LIST}?liste={which}")) for which in files.LISTS} == few
    assert queries(lambda: client.get("/geschaeftsstelle/")) == desk


def test_a_long_list_has_pages_and_looking_makes_nothing(client):
    file = make_image().file.name
    AcademyImage.objects.bulk_create(
        AcademyImage(title=f"B {n}", file=file, width=1, height=1, licence="", credit="x") for n in range(60)
    )
    html = client.get(f"{LIST}?liste=rechte&seite=2").content.decode()
    assert (html.count("Angaben ergänzen"), "Seite 2 von 2" in html) == (10, True)
    assert AcademyImage.get_rendition_model().objects.count() == 0


def test_the_first_list_with_something_opens_and_an_empty_one_says_so(client):
    make_document(accessible=False)
    html = client.get(LIST).content.decode()
    assert 'href="?liste=barrieren" aria-current="true">Nicht auf Barrieren geprüft (1)' in html
    assert "Hier ist alles in Ordnung" in client.get(f"{LIST}?liste=rechte").content.decode()


def test_the_desk_counts_what_law_and_readers_miss(client):
    assert files.waiting_media(None) == []
    make_image(licence="unbekannt")
    make_document(licence="", accessible=False)
    make_image(description="")
    found = [(task.text, task.url) for task in files.waiting_media(None)]
    assert found == [
        ("2 Dateien ohne Rechte: ergänzen", f"{LIST}?liste=rechte"),
        ("1 Bild ohne Ersatztext: beschreiben", f"{LIST}?liste=ersatztext"),
        ("1 Dokument auf Barrieren prüfen", f"{LIST}?liste=barrieren"),
    ]
    assert "2 Dateien ohne Rechte: ergänzen" in client.get("/geschaeftsstelle/").content.decode()


# -- one click --------------------------------------------------------------------------------------------------------
def test_the_way_to_mend_leads_back_to_the_list(client):
    image = make_image(description="")
    back = f"{LIST}?liste=ersatztext"
    assert f'href="{CMS}images/{image.pk}/?next=%2Fgeschaeftsstelle%2Fmedien%2F%3Fliste%3Dersatztext"' in (
        client.get(back).content.decode()
    )
    form = {"title": "Markt", "description": "Der Markt bei Regen", "credit": "Rita Rahn", "licence": "CC BY 4.0"}
    answer = client.post(f"{CMS}images/{image.pk}/", {**form, "tags": "", "collection": "1", "next": back})
    assert (answer["Location"], titles("ersatztext")) == (back, [])


def test_a_large_picture_is_made_smaller_and_pages_show_the_new_file(client, django_capture_on_commit_callbacks):
    data = content(size=(4100, 200), notes=True)
    image = make_image(data)
    page, old = show(image), image.file.name
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"{LIST}bild/{image.pk}/verkleinern/", follow=True)
    assert "„Markt“ ist jetzt kleiner." in answer.content.decode()
    image.refresh_from_db()
    assert (image.width, image.height, image.own_name) == (125, 2560, "markt.jpg"), "it stands upright"
    assert image.file_size == default_storage.size(image.file.name) < len(data)
    with default_storage.open(image.file.name) as file:
        assert PLACE not in file.read()
    assert (default_storage.exists(old), titles("gross")) == (False, [])
    assert_all_pictures_are_there(page)
    assert [entry.action for entry in ModelLogEntry.objects.for_instance(image)] == ["files.shrink"]


def test_clear_parts_stay_clear_and_the_point_that_matters_stays(client):
    data = content("PNG", (4100, 100), "RGBA")
    image = make_image(data, name="logo.png", focal_point_x=2050, focal_point_y=50, focal_point_width=410,
                       focal_point_height=41)  # fmt: skip
    client.post(f"{LIST}bild/{image.pk}/verkleinern/")
    image.refresh_from_db()
    assert (image.own_name, image.width, image.focal_point_x, image.focal_point_width) == ("logo.webp", 2560, 1280, 256)
    with Pillow.open(default_storage.open(image.file.name)) as picture:
        assert picture.mode == "RGBA"


def test_a_picture_that_cannot_be_made_smaller_says_why(client):
    frames = [Pillow.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    file = BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    moving, broken = make_image(file.getvalue(), "a.gif"), make_image()
    default_storage.delete(broken.file.name)
    for image, says in (
        (moving, "Dieses Bild bewegt sich."),
        (broken, "Die Datei des Bildes fehlt oder ist beschädigt."),
    ):
        answer = client.post(f"{LIST}bild/{image.pk}/verkleinern/", follow=True)
        assert says in answer.content.decode()


def test_a_checked_document_says_so_behind_its_links(client):
    document = make_document(accessible=False)
    link = {"text": "Satzung", "page": None, "document": document.pk, "url": ""}
    make_page("Seite", "seite", body=body(("links", [link])))
    client.post(f"{LIST}dokument/{document.pk}/geprueft/")
    assert titles("barrieren") == []
    assert "barrierefrei geprüft)" in client.get("/seite/").content.decode()
    client.post(f"{LIST}dokument/{document.pk}/geprueft/")
    assert ModelLogEntry.objects.for_instance(document).count() == 1


def test_only_what_nothing_shows_is_deleted(client, django_capture_on_commit_callbacks):
    used, unused, document = make_image(title="auf einer Seite"), make_image(title="weg"), make_document("auch weg")
    show(used)
    chosen = [f"bild-{used.pk}", f"bild-{unused.pk}", f"dokument-{document.pk}", "bild-x", "seite-1"]
    with django_capture_on_commit_callbacks(execute=True):
        html = client.post(f"{LIST}loeschen/", {"auswahl": chosen}, follow=True).content.decode()
    assert "2 Dateien sind gelöscht. Die anderen stehen inzwischen auf einer Seite oder in einem Entwurf." in html
    assert [one.title for one in AcademyImage.objects.all()] == ["auf einer Seite"]
    assert AcademyDocument.objects.count() == 0
    assert sorted(ModelLogEntry.objects.filter(deleted=True).values_list("label", flat=True)) == ["auch weg", "weg"]


def test_nothing_chosen_is_said(client):
    make_image()
    answer = client.post(f"{LIST}loeschen/", {"liste": "unbenutzt"})
    assert answer.status_code == 400
    assert "Bitte wählen Sie in der Liste mindestens eine Datei." in answer.content.decode()


def test_nothing_is_deleted_while_it_is_not_known_what_pages_show(client):
    image = make_image()
    DBTaskResult.objects.create(
        task_path=update_reference_index_task.module_path, status=TaskResultStatus.READY, run_after=timezone.now(),
        args_kwargs={"args": [], "kwargs": {}}, backend_name="default",
    )  # fmt: skip
    html = client.post(f"{LIST}loeschen/", {"auswahl": [f"bild-{image.pk}"]}, follow=True).content.decode()
    assert "Gerade wird noch gezählt, was Seiten zeigen." in html
    assert AcademyImage.objects.count() == 1


# -- pages follow -----------------------------------------------------------------------------------------------------
def assert_all_pictures_are_there(page: StandardPage) -> None:
    """Ask for every file that the published page names."""
    html = Client().get(page.url).content.decode()
    addresses = {
        part.split(" ")[0].strip('",') for part in html.replace('="', " ").split() if "/medien/images/" in part
    }
    assert len(addresses) >= 3
    assert [at for at in addresses if Client().get(at).status_code != 200] == []


def test_a_new_file_shows_on_all_pages_at_once(client, django_capture_on_commit_callbacks):
    image = make_image()
    page, old = show(image), image.file.name
    before = Client().get(page.url).content.decode()
    form = {"title": "Markt", "description": "Das Rathaus", "credit": "Stadtarchiv", "licence": "andere"}
    more = {"licence_words": "mit Erlaubnis der Stadt", "tags": "", "collection": "1", "file": upload("rathaus.jpg")}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{CMS}images/{image.pk}/", {**form, **more}).status_code == 302
    html = Client().get(page.url).content.decode()
    assert [words in html for words in ('alt="Das Rathaus"', "Bild: Stadtarchiv, mit Erlaubnis der Stadt</small>")] == [
        True, True,
    ]  # fmt: skip
    assert ("-markt.width" in before, "-markt.width" in html, "-rathaus.width" in html) == (True, False, True)
    assert not default_storage.exists(old)
    assert_all_pictures_are_there(page)


def test_a_deleted_picture_leaves_the_pages(client, django_capture_on_commit_callbacks):
    gone, stays = make_image(description="Das Tor"), make_image(description="Der Turm")
    page = show(gone, stays)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{CMS}images/{gone.pk}/delete/")
    html = Client().get(page.url).content.decode()
    assert (html.count("<figure"), 'alt="Das Tor"' in html, 'alt="Der Turm"' in html) == (1, False, True)
    assert_all_pictures_are_there(page)


def test_a_deleted_document_leaves_its_words_without_a_link(client):
    document = make_document()
    link = {"text": "Zur Satzung", "page": None, "document": document.pk, "url": ""}
    page = make_page("Seite", "seite", body=body(("links", [link])))
    assert document.url in Client().get(page.url).content.decode()
    client.post(f"{CMS}documents/delete/{document.pk}/")
    assert "<li> Zur Satzung </li>" in " ".join(Client().get(page.url).content.decode().split())


def test_the_first_thing_on_a_page_is_loaded_at_once_the_others_when_they_come_near():
    html = Client().get(show(make_image(), make_image()).url).content.decode()
    assert [picture.count('loading="lazy"') for picture in html.split("<picture>")[1:]] == [0, 1]


def test_who_only_reads_makes_no_sizes():
    page = show(make_image())
    sizes = AcademyImage.get_rendition_model().objects
    before = set(sizes.values_list("pk", flat=True))
    Client().get(page.url)
    assert set(sizes.values_list("pk", flat=True)) == before
