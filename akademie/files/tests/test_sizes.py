"""What everyone gets of a picture: fitting sizes and formats, without what the camera has noted."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from PIL import Image as Pillow

from akademie.files.models import AcademyImage
from akademie.files.sizes import wanted
from akademie.files.tests.pictures import PLACE, content, make_image, upload

pytestmark = pytest.mark.django_db


def shown(image: AcademyImage, **more: object) -> str:
    html = render_to_string("files/picture.html", {"image": image, "caption": "", **more})
    return " ".join(html.split())


def sizes(image: AcademyImage) -> dict[str, list[int]]:
    return {kind: [one.width for one in renditions] for kind, renditions in image.shown.items()}


@pytest.mark.parametrize(
    ("width", "made"),
    [(1600, [480, 960, 1440]), (1440, [480, 960, 1440]), (961, [480, 960, 961]), (960, [480, 960]), (300, [300])],
)
def test_a_picture_is_made_in_fitting_sizes_and_never_enlarged(width, made):
    image = make_image(content(size=(width, 40)))
    assert sizes(image) == {"avif": made, "webp": made, "jpeg": [min(width, 960)]}


def test_browsers_choose_and_know_the_place_that_a_picture_needs():
    image = make_image(content(size=(1600, 900)))
    html = shown(image)
    files = {kind: [one.url for one in renditions] for kind, renditions in image.shown.items()}
    small, middle, large = files["avif"]
    assert f'type="image/avif" srcset="{small} 480w, {middle} 960w, {large} 1440w"' in html
    assert html.index("image/avif") < html.index("image/webp") < html.index("<img")
    assert f'<img src="{files["jpeg"][0]}" alt="Der Marktplatz" width="960" height="540" loading="lazy"' in html
    assert 'loading="lazy"' not in shown(image, first=True), "what is seen at once is loaded at once"


def test_new_formats_are_smaller(image_of_noise):
    weights = {kind: renditions[-1].file.size for kind, renditions in image_of_noise.shown.items()}
    assert weights["avif"] < weights["webp"] < image_of_noise.file_size


@pytest.fixture
def image_of_noise() -> AcademyImage:
    """A picture with as many details as a photograph."""
    file = BytesIO()
    Pillow.effect_noise((240, 160), 40).resize((960, 640)).convert("RGB").save(file, "JPEG", quality=90)
    return make_image(file.getvalue())


# -- what nobody else gets to see -------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_no_size_tells_where_a_picture_was_taken(kind):
    data = content(kind, notes=True)
    assert PLACE in data
    image = make_image(data, name=f"markt.{kind.lower()}")
    served = [one for renditions in image.shown.values() for one in renditions]
    # Wagtail makes these for its own lists, and they lie where everyone may look.
    served += [image.get_rendition(spec) for spec in ("original", "max-165x165", "max-800x600")]
    for rendition in served:
        bytes_served = default_storage.open(rendition.file.name).read()
        with Pillow.open(BytesIO(bytes_served)) as picture:
            assert dict(picture.getexif()) == {}
        assert PLACE not in bytes_served, rendition.filter_spec


def test_a_picture_stands_upright_as_the_camera_was_held():
    image = make_image(content(size=(900, 500), notes=True))
    assert sizes(image) == {"avif": [480, 500], "webp": [480, 500], "jpeg": [500]}
    assert image.shown["jpeg"][0].height == 900


def test_files_have_addresses_of_their_own():
    first, second = make_image(), make_image()
    assert first.file.name != second.file.name
    assert (first.own_name, second.own_name) == ("markt.jpg", "markt.jpg")
    long = make_image(name=f"{'sehr-langer-name-' * 9}.jpg")
    assert len({one.url for one in long.shown["webp"]}) == len(wanted(long.width)["webp"])


# -- a picture that changes -------------------------------------------------------------------------------------------
def test_sizes_of_another_file_go(django_capture_on_commit_callbacks):
    image = make_image()
    before = image.shown["webp"][0].url
    image.file = upload("rathaus.jpg")
    image.save()
    assert image.renditions.count() == 0
    after = AcademyImage.objects.get().shown["webp"][0].url
    assert "rathaus" in after
    assert after != before


def test_what_stays_the_same_keeps_its_sizes():
    image = make_image()
    before = [one.url for one in image.shown["webp"]]
    image.credit = "Stadtarchiv"
    image.save()
    assert [one.url for one in AcademyImage.objects.get().shown["webp"]] == before
