"""Videos: what is taken for one, what is not, and how browsers get it."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from akademie.easy.captions import CaptionError, check_captions
from akademie.easy.films import film_kind
from akademie.easy.forms import SignVideoForm as BaseForm
from akademie.easy.models import SignVideo
from akademie.easy.tests.factories import CAPTIONS, MP4, WEBM, film, make_poster, make_video
from akademie.easy.views.public import asked_part
from akademie.easy.wagtail_hooks import SignVideoViewSet


# -- content --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (WEBM, "webm"),
        (MP4, "mp4"),
        (WEBM.replace(b"webm", b"mkvx"), ""),  # Matroska that is no WebM
        (b"\x00\x00\x00\x14ftypqt  \x00\x00\x02\x00qt  ", ""),  # QuickTime
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", ""),  # a photo of a phone
        (b"<svg onload='alert(1)'>", ""),
        (b"", ""),
    ],
)
def test_a_film_is_told_by_its_content(head, kind):
    assert film_kind(head[:512]) == kind


def test_captions_end_where_the_last_one_ends():
    assert check_captions(CAPTIONS) == 9.0
    assert check_captions("\ufeff" + CAPTIONS.replace("\n", "\r\n")) == 9.0
    assert check_captions("WEBVTT Titel\n\n01:00:00.250 --> 01:00:01.500\nJa\n") == 3601.5


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Zeile 1: Die Datei beginnt mit WEBVTT. Speichern Sie die Untertitel als WebVTT (.vtt)."),
        ("1\n00:00:01,000 --> 00:00:02,000\nJa", "Zeile 1: Die Datei beginnt mit WEBVTT. Speichern Sie die Untertitel"
         " als WebVTT (.vtt)."),
        ("WEBVTT\nJa", "Zeile 2: Nach WEBVTT kommt eine leere Zeile."),
        ("WEBVTT\n\nNOTE nichts", "Zeile 3: Es gibt noch keinen Untertitel. So beginnt einer: "
         "00:00:01.000 --> 00:00:04.000"),
        ("WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nJa", "Zeile 3: Hier fehlt die Zeit. So sieht sie aus: "
         "00:00:01.000 --> 00:00:04.000"),
        ("WEBVTT\n\nEins\nZwei", "Zeile 4: Hier fehlt die Zeit. So sieht sie aus: 00:00:01.000 --> 00:00:04.000"),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nJa", "Zeile 3: Der Untertitel endet, bevor er beginnt."),
        ("WEBVTT\n\n00:02.000 --> 00:03.000\nJa\n\n00:01.000 --> 00:04.000\nNein",
         "Zeile 6: Der Untertitel beginnt früher als der davor."),
        ("WEBVTT\n\n00:02.000 --> 00:03.000\n\nJa", "Zeile 3: Der Untertitel hat keinen Text."),
    ],
)  # fmt: skip
def test_captions_that_no_player_could_show_name_the_line(text, says):
    with pytest.raises(CaptionError) as wrong:
        check_captions(text)
    assert str(wrong.value) == f"Untertitel, {says}"


# -- the form -------------------------------------------------------------------------------------------------------
TYPED = {
    "title": "Worum es geht", "seconds": "1:35", "captions": CAPTIONS, "transcript": "Guten Tag.",
    "credit": "Rita Rahn", "licence": "CC BY 4.0",
}  # fmt: skip


def form(files: dict | None = None, **typed: str) -> BaseForm:
    panel = SignVideoViewSet.edit_handler.bind_to_model(SignVideo)
    data = {**TYPED, "poster": str(make_poster().pk), **typed}
    return panel.get_form_class()(data, {"film": film()} if files is None else files)


@pytest.mark.django_db
def test_a_whole_video_is_kept():
    filled = form({"film": film(), "captions_file": SimpleUploadedFile("u.vtt", CAPTIONS.encode())}, captions="")
    assert filled.is_valid(), filled.errors
    video = filled.save()
    assert (video.seconds, video.length, video.mime_type) == (95, "1:35", "video/webm")
    assert video.captions == CAPTIONS.strip()
    assert video.film.read() == WEBM


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"files": {}}, {"film": ["Bitte wählen Sie den Film aus."]}),
        ({"files": {"film": film("film.webm", b"<html>")}},
         {"film": ["Das ist kein Film, den Browser abspielen. Bitte speichern Sie ihn als .webm oder .mp4."]}),
        ({"files": {"film": film("film.webm", MP4)}},
         {"film": ["Das ist kein Film, den Browser abspielen. Bitte speichern Sie ihn als .webm oder .mp4."]}),
        ({"captions": ""}, {"captions": ["Bitte geben Sie Untertitel an, als Datei oder als Text."]}),
        ({"captions": "WEBVTT\n\nJa"}, {"captions": [
            "Untertitel, Zeile 3: Hier fehlt die Zeit. So sieht sie aus: 00:00:01.000 --> 00:00:04.000"]}),
        ({"seconds": "0:05"}, {"captions": ["Die Untertitel sind länger als das Video. Bitte prüfen Sie die Länge."]}),
        ({"seconds": "2 min"}, {"seconds": ["Bitte geben Sie die Länge so an: 2:30."]}),
        ({"transcript": ""}, {"transcript": ["Bitte schreiben Sie auf, was im Video gesagt wird."]}),
        ({"poster": ""}, {"poster": ["Bitte wählen Sie ein Standbild aus."]}),
        ({"licence": ""}, {"licence": ["Bitte nennen Sie, wie das Video genutzt werden darf."]}),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_named(change, errors):
    assert form(**change).errors == errors


@pytest.mark.django_db
def test_a_film_that_is_too_big_and_captions_that_are_no_text_are_refused():
    big = film()
    big.size = 100 * 1024 * 1024 + 1
    assert form({"film": big}).errors == {"film": ["Der Film ist größer als 100 MB. Bitte verkleinern Sie ihn."]}
    wrong = form({"film": film(), "captions_file": SimpleUploadedFile("u.vtt", b"WEBVTT\n\n\xff\xfe")})
    says = "Die Datei ist kein Text in UTF-8. Bitte speichern Sie die Untertitel neu."
    assert wrong.errors == {"captions_file": [says]}


# -- served ---------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_player_can_jump_to_any_place(client):
    address = make_video().film.url
    whole = client.get(address, HTTP_ACCEPT_ENCODING="gzip")
    assert (whole.status_code, whole["Content-Type"], whole["Accept-Ranges"]) == (200, "video/webm", "bytes")
    assert "Content-Encoding" not in whole
    assert whole.getvalue() == WEBM
    part = client.get(address, HTTP_RANGE="bytes=100-199", HTTP_ACCEPT_ENCODING="gzip")
    assert (part.status_code, part["Content-Range"]) == (206, f"bytes 100-199/{len(WEBM)}")
    assert part.getvalue() == WEBM[100:200]
    end = client.get(address, HTTP_RANGE="bytes=-10")
    assert end.getvalue() == WEBM[-10:]
    assert client.get(address, HTTP_RANGE=f"bytes={len(WEBM)}-").status_code == 416
    assert client.head(address)["Content-Length"] == str(len(WEBM))


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-1", (0, 1)), ("bytes=0-0", (0, 0)), ("bytes=90-", (90, 99)), ("bytes=90-500", (90, 99)),
        ("bytes=-10", (90, 99)), ("bytes=-500", (0, 99)), ("bytes=100-", (100, 99)), ("bytes=-0", (100, 99)),
        ("", None), ("bytes=-", None), ("bytes=5-3", None), ("bytes=0-1,5-6", None), ("items=0-1", None),
    ],
)  # fmt: skip
def test_the_part_that_is_asked_for(header, part):
    assert asked_part(header, 100) == part


@pytest.mark.django_db
def test_captions_are_served_as_such(client):
    video = make_video()
    answer = client.get(video.captions_url)
    assert (answer.status_code, answer["Content-Type"], answer.text) == (200, "text/vtt; charset=utf-8", CAPTIONS)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/medien/videos/", f"/medien/videos/{'0' * 32}.webm", "/medien/videos/9/untertitel.vtt",
             "/medien/videos/..%2Fsecret_key", f"/medien/videos/{'0' * 32}.html"],
)  # fmt: skip
def test_nothing_else_lies_there(client, path):
    assert client.get(path).status_code == 404


def test_films_come_from_nowhere_else(client, settings):
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives.get("media-src", directives["default-src"]) == ["'self'"]


@pytest.mark.django_db
def test_a_film_goes_when_it_is_replaced_and_with_its_video(django_capture_on_commit_callbacks):
    video = make_video()
    first = video.film.name
    with django_capture_on_commit_callbacks(execute=True):
        video.film = film("neu.mp4", MP4)
        video.save()
    assert [default_storage.exists(name) for name in (first, video.film.name)] == [False, True]
    with django_capture_on_commit_callbacks(execute=True):
        video.delete()
    assert not default_storage.exists(video.film.name)
