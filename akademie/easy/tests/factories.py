"""Films and videos for tests. The films have the head of one and nothing to see: no encoder is needed to make them."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images.tests.utils import get_test_image_file

from akademie.easy.models import SignVideo
from akademie.files.models import AcademyImage

# EBML header: version 1, at most 4 and 8 bytes for names and sizes, DocType "webm" version 4, readable by 2.
WEBM = bytes.fromhex("1a45dfa39f4286810142f7810142f2810442f381084282847765626d4287810442858102") + bytes(range(256)) * 8
# ftyp box of 32 bytes: isom, version 512, compatible with isom, iso2, avc1, mp41.
MP4 = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + bytes(range(256)) * 8
CAPTIONS = """WEBVTT

NOTE gemacht von Hand

1
00:00:01.000 --> 00:00:04.000
Guten Tag.

00:00:04.500 --> 00:00:09.000 line:80%
Hier erklären wir
die Website.
"""


def film(name: str = "film.webm", content: bytes = WEBM) -> SimpleUploadedFile:
    """Return a film as a browser sends it."""
    return SimpleUploadedFile(name, content)


def make_poster() -> AcademyImage:
    """Create a still."""
    return AcademyImage.objects.create(
        title="Standbild", file=get_test_image_file(size=(640, 360)), decorates_only=True, credit="Rita Rahn",
        licence="CC BY 4.0",
    )  # fmt: skip


def make_video(title: str = "Worum es geht", **more: Any) -> SignVideo:
    """Create a video."""
    fields = {
        "film": film(), "seconds": 95, "captions": CAPTIONS, "transcript": "Guten Tag.\n\nHier erklären wir die "
        "Website.", "credit": "Rita Rahn", "licence": "CC BY 4.0",
    }  # fmt: skip
    return SignVideo.objects.create(title=title, poster=more.pop("poster", None) or make_poster(), **{**fields, **more})
