"""Pictures and documents: who gets which file, and how."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction

from akademie.files.forms import DocumentForm, ImageForm
from akademie.files.models import AcademyDocument, AcademyImage
from akademie.files.signals import file_changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def image() -> AcademyImage:
    """A picture of 1,600 by 900 pixels."""
    return AcademyImage.objects.create(
        title="Markt", description="Der Markt", credit="Rita Rahn", licence="CC BY 4.0",
        file=get_test_image_file(size=(1600, 900)),
    )  # fmt: skip


def test_everyone_gets_a_size_of_a_picture_and_may_keep_it(client, image):
    rendition = image.get_rendition("width-480|format-webp")
    answer = client.get(rendition.url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer["Cache-Control"] == "public, max-age=2592000, immutable"
    assert b"".join(answer.streaming_content)[8:12] == b"WEBP"


def test_the_original_is_for_the_office_only(client, image, participant, editor):
    url = image.file.url
    assert client.get(url).status_code == 404
    client.force_login(participant)
    assert client.get(url).status_code == 404
    client.force_login(editor)
    answer = client.get(url)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, max-age=2592000, immutable")
    answer.close()


@pytest.mark.parametrize(
    "path",
    [
        "images/nix.webp",
        "images/..%2fdocuments%2fgeheim.pdf",
        "images/%2e%2e",
        "documents/geheim.pdf",
        "avatars/x.png",
        "images/",
    ],
)
def test_no_other_file_is_given_away(client, path):
    default_storage.save("documents/geheim.pdf", ContentFile(b"%PDF geheim"))
    assert client.get(f"/medien/{path}").status_code == 404


def test_a_document_is_delivered_as_itself(client, settings, tmp_path):
    on_disk = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": on_disk}
    file = ContentFile(b"a;b\n1;2\n", name="tabelle.csv")
    document = AcademyDocument.objects.create(title="Tabelle", licence="eigenes Dokument", file=file)
    answer = client.get(document.url)
    assert document.url == f"/dokumente/{document.pk}/tabelle.csv"
    assert (answer.status_code, answer["Content-Disposition"]) == (200, 'attachment; filename="tabelle.csv"')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == b"a;b\n1;2\n"
    assert client.get(f"/dokumente/{document.pk}/anders.csv").status_code == 404
    assert client.get("/dokumente/99999/tabelle.csv").status_code == 404


def test_a_document_that_is_not_public_leads_to_the_sign_in(client):
    collection = Collection.get_first_root_node().add_child(name="Intern")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    file = ContentFile(b"geheim", name="geheim.csv")
    document = AcademyDocument.objects.create(title="G", licence="eigen", file=file, collection=collection)
    assert client.get(document.url)["Location"] == f"/anmelden/?next={document.url}"


def test_the_floors_above_hear_of_a_changed_file(image):
    heard = []

    def hear(sender, instance, **kwargs) -> None:
        heard.append((sender, instance.credit))

    file_changed.connect(hear)
    image.credit = "Stadtarchiv"
    image.save()
    file_changed.disconnect(hear)
    assert heard == [(AcademyImage, "Stadtarchiv")]


def test_a_decorating_picture_keeps_its_mark(image):
    AcademyImage.objects.update(decorates_only=True, description="")
    stored = AcademyImage.objects.get()
    assert (stored.decorates_only, stored.default_alt_text, stored.get_rendition("width-100").alt) == (True, "", "")


def test_the_forms_are_the_ones_that_the_back_office_uses():
    from wagtail.documents.forms import get_document_form
    from wagtail.images.forms import get_image_form

    assert issubclass(get_image_form(AcademyImage), ImageForm)
    assert issubclass(get_document_form(AcademyDocument), DocumentForm)
    assert get_document_form(AcademyDocument)().fields["licence"].required
