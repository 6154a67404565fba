"""Every way in which a picture or a document comes in, and what is refused there."""

import re
import struct
import zlib
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from wagtail.models import UploadedFile

from akademie.accounts.models import User
from akademie.cms.actions import set_up_office
from akademie.core.contributions import retention_rules
from akademie.files import licences
from akademie.files.models import AcademyDocument, AcademyImage
from akademie.files.rules import is_file_name
from akademie.files.tests.pictures import content, make_image, upload

pytestmark = pytest.mark.django_db
CMS = "/geschaeftsstelle/cms/"
GOOD = {
    "title": "Markt", "description": "Der Markt bei Regen", "credit": "Rita Rahn", "licence": "CC BY 4.0",
    "licence_words": "", "tags": "", "collection": "1",
}  # fmt: skip
DESCRIBE = "Bitte beschreiben Sie das Bild, oder setzen Sie den Haken bei „schmückt nur“."
LOOKS_LIKE_A_NAME = "Das sieht aus wie der Name der Datei."


@pytest.fixture(autouse=True)
def at_desk(client: Client, editor: User, kept: Any) -> None:
    """The Redaktion at its desk."""
    kept("office", lambda: set_up_office(lambda _: None))
    client.force_login(editor)


# -- the ways in ------------------------------------------------------------------------------------------------------
def by_form(client: Client, file: SimpleUploadedFile | None = None, **fields: str) -> str:
    """One picture, on a page of its own."""
    answer = client.post(f"{CMS}images/add/", {**GOOD, **fields, "file": file or upload()})
    return unescape(answer.content.decode())


def by_chooser(client: Client, file: SimpleUploadedFile | None = None, **fields: str) -> str:
    """One picture, while a page is written."""
    data = {**GOOD, **fields, "file": file or upload()}
    answer = client.post(
        f"{CMS}images/chooser/create/", {f"image-chooser-upload-{name}": value for name, value in data.items()}
    )
    return unescape(answer.json().get("htmlFragment") or "")


def by_several(client: Client, file: SimpleUploadedFile | None = None, **fields: str) -> str:
    """Several pictures at once: the files first, then what is to be said of each."""
    answer = client.post(f"{CMS}images/multiple/add/", {"files[]": file or upload(), "collection": "1"}).json()
    if not answer["success"]:
        return unescape(answer["error_message"])
    number = answer["uploaded_file_id"]
    data = {f"uploaded-image-{number}-{name}": value for name, value in {**GOOD, **fields}.items()}
    address = f"{CMS}images/multiple/create_from_uploaded_image/{number}/"
    return unescape(client.post(address, data).json().get("form") or "")


WAYS = pytest.mark.parametrize("send", [by_form, by_chooser, by_several])


@WAYS
def test_a_picture_with_everything_comes_in(client, editor, send: Callable):
    send(client)
    image = AcademyImage.objects.get()
    assert (image.default_alt_text, image.caption_line) == ("Der Markt bei Regen", "Bild: Rita Rahn, CC BY 4.0")
    assert (image.uploaded_by_user, image.own_name, image.width) == (editor, "markt.jpg", 160)


@pytest.mark.parametrize(
    ("lacks", "says"),
    [
        ({"description": " \n "}, DESCRIBE),
        ({"decorates_only": "on"}, "Ein Bild mit Ersatztext schmückt nicht nur."),
        ({"licence": "andere"}, "Bitte schreiben Sie, wer die Nutzung erlaubt hat."),
        ({"licence": "andere", "licence_words": "Unbekannt"}, "Bitte schreiben Sie, wer die Nutzung erlaubt hat."),
    ],
)
def test_what_says_nothing_of_alternative_and_rights_is_refused(client, lacks, says):
    assert says in by_chooser(client, **lacks)
    assert AcademyImage.objects.count() == 0


@WAYS
def test_nothing_comes_in_without_alternative_and_rights(client, send: Callable):
    html = send(client, title="Am alten Markt", description="", credit="", licence="")
    for says in (DESCRIBE, "nennen Sie, von wem das Bild ist.", "sagen Sie, wie das Bild genutzt werden darf."):
        assert html.count(says) == 1
    assert 'value="Am alten Markt"' in html, "what was typed is kept"
    assert AcademyImage.objects.count() == 0


@WAYS
def test_a_picture_that_only_decorates_comes_in_without_text(client, send: Callable):
    send(client, description="", decorates_only="on")
    assert AcademyImage.objects.get().default_alt_text == ""


def test_a_refused_form_says_that_the_file_is_needed_again(client):
    for send in (by_form, by_chooser):
        assert "Bitte wählen Sie die Datei noch einmal aus: Ihr Browser behält sie nicht." in send(client, credit="")


def test_a_change_needs_alternative_and_rights_too(client):
    image = make_image()
    for address, prefix in ((f"images/{image.pk}/", ""), (f"images/multiple/{image.pk}/", f"image-{image.pk}-")):
        data = {f"{prefix}{name}": value for name, value in {**GOOD, "description": "", "title": "Neu"}.items()}
        answer = client.post(f"{CMS}{address}", data)
        html = answer.json()["form"] if prefix else answer.content.decode()
        assert DESCRIBE in unescape(html)
    image.refresh_from_db()
    assert (image.title, image.description) == ("Markt", "Der Marktplatz")


# -- files that are no pictures ---------------------------------------------------------------------------------------
SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
NO_PICTURE = "Diese Datei ist kein Bild, oder sie ist beschädigt."
NO_SVG = "SVG-Dateien nehmen wir nicht: Sie können Programme enthalten. Bitte speichern Sie die Zeichnung als PNG"


def bomb() -> bytes:
    """Return a small file that says of itself that it has 30,000 by 30,000 pixels."""
    head = b"IHDR" + struct.pack(">II", 30_000, 30_000) + b"\x08\x02\x00\x00\x00"
    data = content("PNG")
    return data[:12] + head + struct.pack(">I", zlib.crc32(head)) + data[33:]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("brief.jpg", b"Sehr geehrte Damen und Herren", NO_PICTURE),
        ("leer.png", b"\x89PNG\r\n\x1a\n", NO_PICTURE),
        ("halb.jpg", content()[:-40], NO_PICTURE),
        ("halb.png", content("PNG")[:-40], NO_PICTURE),
        ("halb.webp", content("WEBP")[:-20], NO_PICTURE),
        ("wappen.svg", SCRIPT, NO_SVG),
        ("wappen.SVG", b"<!DOCTYPE svg>" + SCRIPT, NO_SVG),
        ("wappen.png", SCRIPT, "Der Name endet auf .png, die Datei ist aber vom Typ svg."),
        ("markt.png", content("JPEG"), "Der Name endet auf .png, die Datei ist aber vom Typ jpeg."),
        ("markt.tif", content("TIFF"), "Diese Art von Datei zeigen wir nicht als Bild. Bitte speichern Sie das Bild"),
        ("gross.png", bomb(), "Das Bild hat mehr als 40 Millionen Bildpunkte. Bitte verkleinern Sie es vorher"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value[-5:] else "",
)
def test_what_is_no_picture_is_refused_with_what_to_do(client, name, data, says):
    assert says in by_several(client, upload(name, data))
    assert (AcademyImage.objects.count(), UploadedFile.objects.count()) == (0, 0)


@WAYS
def test_no_way_in_is_open_to_what_is_no_picture(client, send: Callable):
    assert NO_PICTURE in send(client, upload("halb.png", content("PNG")[:-40]))
    assert NO_SVG in send(client, upload("wappen.svg", SCRIPT))
    assert (AcademyImage.objects.count(), UploadedFile.objects.count()) == (0, 0)


def test_a_picture_of_too_many_bytes_is_refused(client, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 500
    for send in (by_form, by_chooser, by_several):
        assert "erlaubt sind 500\xa0Bytes. Bitte verkleinern Sie das Bild vorher" in send(client)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_every_kind_that_we_name_comes_in(client, kind):
    by_form(client, upload(f"markt.{kind.lower()}", content(kind, (60, 40))))
    assert AcademyImage.objects.get().get_rendition("width-30|format-webp").width == 30


# -- an alternative that is the name of the file ----------------------------------------------------------------------
@WAYS
def test_a_name_of_a_file_as_alternative_is_warned_of_and_can_be_meant(client, send: Callable):
    html = send(client, description="markt")
    assert LOOKS_LIKE_A_NAME in html
    ticks = [tag for tag in re.findall(r"<input[^>]*>", html) if "description_meant" in tag]
    assert ['type="checkbox"' in tag for tag in ticks] == [True], "the tick shows itself with the warning"
    assert AcademyImage.objects.count() == 0
    send(client, description="markt", description_meant="on")
    assert AcademyImage.objects.get().description == "markt"


def test_without_a_warning_there_is_no_tick(client):
    tags = re.findall(r"<input[^>]*description_meant[^>]*>", by_form(client, credit=""))
    assert ['type="hidden"' in tag for tag in tags] == [True]


def test_who_meant_it_is_not_asked_again(client):
    image = make_image(description="Markt")
    client.post(f"{CMS}images/{image.pk}/", {**GOOD, "description": "Markt", "credit": "Stadtarchiv"})
    image.refresh_from_db()
    assert image.credit == "Stadtarchiv"
    html = client.post(f"{CMS}images/{image.pk}/", {**GOOD, "description": "DSC_0001"}).content.decode()
    assert LOOKS_LIKE_A_NAME in html


@pytest.mark.parametrize(
    ("text", "names", "is_one"),
    [
        ("rathaus wittenberge", ["Rathaus-Wittenberge.jpg"], True),
        ("IMG_1234.jpg", [], True),
        ("dsc 0042", [], True),
        ("Bildschirmfoto 2026-05-01", [], True),
        ("Möllner Markt", ["moellner_markt.png"], True),
        ("WhatsApp Image 2026-05-01 at 10.20.30", [], True),
        ("20260501_102030", [], True),
        ("Das Rathaus von Wittenberge", ["rathaus-wittenberge.jpg"], False),
        ("Bild 1 zeigt den Markt", [], False),
        ("Foto der Bürgermeisterin", [], False),
        ("1848 wird das Rathaus gebaut", [], False),
        ("Der Markt", ["", ""], False),
    ],
)
def test_names_of_files_are_told_from_words(text, names, is_one):
    assert is_file_name(text, names) is is_one


# -- rights -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("written", "name", "url"),
    [
        ("cc-by 4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/deed.de"),
        ("CC BY-SA 3.0 de", "CC BY-SA 3.0 DE", "https://creativecommons.org/licenses/by-sa/3.0/de/deed.de"),
        ("CC0 1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/deed.de"),
        ("Gemeinfrei", "gemeinfrei", ""),
    ],
)
def test_a_licence_is_known_however_it_is_written(written, name, url):
    found = licences.known(written)
    assert found is not None
    assert (found.name, found.url) == (name, url)


@pytest.mark.parametrize("text", ["", "CC", "CC BY", "CC BY 5.0", "mit Erlaubnis der Stadt"])
def test_any_other_wording_is_no_licence(text):
    assert licences.known(text) is None


def test_words_of_ones_own_stay_and_known_names_become_the_licence(client):
    by_form(client, licence="andere", licence_words="mit Erlaubnis der Stadt Perleberg")
    by_form(client, licence="andere", licence_words="cc by-sa 4.0")
    assert list(AcademyImage.objects.order_by("pk").values_list("licence", flat=True)) == [
        "mit Erlaubnis der Stadt Perleberg", "CC BY-SA 4.0",
    ]  # fmt: skip


def test_the_form_shows_rights_from_before_the_choice_and_keeps_them(client):
    image = make_image(licence="nur für die Akademie, Stadt Perleberg")
    form = client.get(f"{CMS}images/{image.pk}/").context["form"]
    assert [form[name].value() for name in ("licence", "licence_words")] == ["andere", image.licence]
    values = {name: form[name].value() or "" for name in GOOD if name in form.fields}
    client.post(f"{CMS}images/{image.pk}/", {**values, "title": "Neu"})
    image.refresh_from_db()
    assert (image.title, image.licence) == ("Neu", "nur für die Akademie, Stadt Perleberg")


# -- documents --------------------------------------------------------------------------------------------------------
def document_by_form(client: Client, name: str, data: bytes, **fields: str) -> str:
    form = {"title": "Satzung", "licence": "eigenes Werk", "tags": "", "collection": "1", **fields}
    answer = client.post(f"{CMS}documents/add/", {**form, "file": SimpleUploadedFile(name, data)})
    return unescape(answer.content.decode())


def document_by_chooser(client: Client, name: str, data: bytes, **fields: str) -> str:
    form = {"title": "Satzung", "licence": "eigenes Werk", "tags": "", "collection": "1", **fields}
    form["file"] = SimpleUploadedFile(name, data)
    values = {f"document-chooser-upload-{key}": value for key, value in form.items()}
    return unescape(client.post(f"{CMS}documents/chooser/create/", values).json().get("htmlFragment") or "")


def document_by_several(client: Client, name: str, data: bytes, **fields: str) -> str:
    file = SimpleUploadedFile(name, data)
    answer = client.post(f"{CMS}documents/multiple/add/", {"files[]": file, "collection": "1"}).json()
    if not answer["success"]:
        return unescape(answer["error_message"])
    number = answer["uploaded_file_id"]
    form = {"title": "Satzung", "licence": "eigenes Werk", "tags": "", "collection": "1", **fields}
    values = {f"uploaded-document-{number}-{key}": value for key, value in form.items()}
    address = f"{CMS}documents/multiple/create_from_uploaded_document/{number}/"
    return unescape(client.post(address, values).json().get("form") or "")


DOCUMENT_WAYS = pytest.mark.parametrize("send", [document_by_form, document_by_chooser, document_by_several])


@pytest.mark.each_case
@DOCUMENT_WAYS
def test_a_document_comes_in_with_its_rights_only(client, send: Callable):
    assert "Bitte sagen Sie, wie das Dokument genutzt werden darf." in send(client, "s.pdf", b"%PDF-1.7", licence="")
    assert AcademyDocument.objects.count() == 0
    send(client, "s.pdf", b"%PDF-1.7", licence="andere", licence_words="mit Erlaubnis der Stadt")
    assert AcademyDocument.objects.get().licence == "mit Erlaubnis der Stadt"


@DOCUMENT_WAYS
def test_a_document_that_is_something_else_is_refused(client, send: Callable):
    for ending in ("pdf", "xlsx"):
        says = f"Die Datei endet auf .{ending}, ist aber beschädigt oder etwas anderes. Bitte öffnen Sie sie"
        assert says in send(client, f"satzung.{ending}", b"<html><script>alert(1)</script></html>")
    assert AcademyDocument.objects.count() == 0


# -- what nobody finished ---------------------------------------------------------------------------------------------
def test_files_without_their_rights_are_forgotten_after_a_week(client, monkeypatch):
    client.post(f"{CMS}images/multiple/add/", {"files[]": upload(), "collection": "1"})
    waiting = UploadedFile.objects.get()
    storage, name = waiting.file.storage, waiting.file.name
    rule = retention_rules.get("files.unfinished")
    assert rule is not None
    assert rule.due().count() == 0
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=8))
    rule.delete(rule.due())
    assert (UploadedFile.objects.count(), storage.exists(name)) == (0, False)
    lost = UploadedFile.objects.create(file=ContentFile(b"x", name="weg.jpg"))
    storage.delete(lost.file.name)
    assert list(rule.due()) == [lost], "one whose file is gone goes too"
