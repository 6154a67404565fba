"""The Steckbrief as a Word file: styles, lists and tables that are real, and one page."""

import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from django.conf import settings
from django.test import Client

from akademie.formats import actions, measured, printing, queries
from akademie.formats.models import FormatProfile
from akademie.formats.sheet import sheet_of
from akademie.formats.tests.factories import FormatProfileFactory, longest

pytestmark = pytest.mark.django_db
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A4 = (595, 842)
NO_LIBREOFFICE = "LibreOffice fehlt. Bitte ausführen: sudo apt-get install -y libreoffice-writer-nogui"


def made(profile: FormatProfile) -> bytes:
    beside = printing.lines_beside(queries.around_of(profile), measured.of(profile.pk))
    return printing.steckbrief_docx(sheet_of(profile), publisher="Akademie", beside=beside)


def parts(content: bytes) -> dict[str, ElementTree.Element]:
    with ZipFile(BytesIO(content)) as package:
        return {name: ElementTree.fromstring(package.read(name)) for name in package.namelist() if "media/" not in name}


def paragraphs(document: ElementTree.Element) -> list[tuple[str, str]]:
    """Return style and text of each paragraph."""
    found = []
    for one in document.iter(f"{W}p"):
        style = one.find(f"{W}pPr/{W}pStyle")
        found.append(
            ("" if style is None else style.get(f"{W}val", ""), "".join(t.text or "" for t in one.iter(f"{W}t")))
        )
    return found


def test_word_file_has_real_styles_lists_and_head_rows() -> None:
    profile = FormatProfileFactory(
        name="Peer & Runde", purpose="Voneinander <lernen>.", target_groups=["Verwaltung", "Politik"], result="Liste",
        steps=[("Ankommen", 5), ("Vorab sammeln", 0)], sourced_fields=["target_groups"], topics=[],
    )  # fmt: skip
    document = parts(made(profile))["word/document.xml"]
    lines = paragraphs(document)
    assert [text for style, text in lines if style == "Title"] == ["Peer & Runde"]
    assert [text for style, text in lines if style == "Subtitle"] == ["Voneinander <lernen>."]
    assert [text for style, text in lines if style == "ListNumber"] == ["Ankommen", "Vorab sammeln"]
    assert [text for style, text in lines if style == "ListBullet"] == ["Verwaltung", "Politik"]
    headings = [text for style, text in lines if style == "Heading1"]
    assert headings[:2] == ["So läuft es", "Ergebnis"]
    assert "Zielgruppen (belegt)" in headings
    heads = [
        [cell for _, cell in paragraphs(row)]
        for row in document.iter(f"{W}tr")
        if row.find(f"{W}trPr/{W}tblHeader") is not None
    ]
    assert heads == [["Dauer", "Gruppe", "Aufwand", "Durchführung"], ["Schritt", "Zeit"]]


def test_word_file_says_language_title_author_and_what_the_picture_shows() -> None:
    profile = FormatProfileFactory(name="Webinar")
    content = made(profile)
    found = parts(content)
    about = {one.tag.partition("}")[2]: one.text for one in found["docProps/core.xml"]}
    assert about == {"title": "Webinar – Steckbrief", "creator": "Akademie", "language": "de-DE"}
    assert {one.get(f"{W}val") for one in found["word/styles.xml"].iter(f"{W}lang")} == {"de-DE"}
    pictures = [one.get("descr") for one in found["word/document.xml"].iter() if one.tag.endswith("}docPr")]
    assert pictures == [f"QR-Code zu dieser Seite: {settings.SITE_URL}/formate/{profile.slug}/"]
    with ZipFile(BytesIO(content)) as package:
        assert package.read("word/media/code.png")[:4] == b"\x89PNG"


def test_every_style_and_relation_that_is_used_exists() -> None:
    with ZipFile(BytesIO(made(longest()))) as package:
        document, styles, relations = (
            package.read(name).decode()
            for name in ("word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels")
        )
    used = set(re.findall(r'<w:(?:p|r|tbl)Style w:val="(\w+)"', document))
    assert used - set(re.findall(r'w:styleId="(\w+)"', styles)) == set()
    assert set(re.findall(r'r:(?:embed|id)="(\w+)"', document)) - set(re.findall(r'Id="(\w+)"', relations)) == set()


def test_marks_that_xml_does_not_know_vanish() -> None:
    profile = FormatProfileFactory()
    profile.name = "A\x00B\x0bC"  # unsaved: PostgreSQL refuses a NUL
    assert ("Title", "ABC") in paragraphs(parts(made(profile))["word/document.xml"])


def test_the_same_steckbrief_has_the_same_bytes() -> None:
    profile = FormatProfileFactory()
    assert made(profile) == made(profile)


def test_word_file_is_answered_once_and_gone_when_hidden(client: Client) -> None:
    profile = FormatProfileFactory(slug="forum")
    first = client.get("/formate/forum/steckbrief.docx")
    assert first["Content-Disposition"] == 'attachment; filename="Steckbrief-forum.docx"'
    assert first["Content-Type"] == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert client.get("/formate/forum/steckbrief.docx", headers={"if-none-match": first["ETag"]}).status_code == 304
    profile.unpublish()
    assert client.get("/formate/forum/steckbrief.docx", headers={"if-none-match": first["ETag"]}).status_code == 404


@pytest.mark.slow
def test_every_word_file_is_one_page_in_libreoffice(tmp_path: Path) -> None:
    office = os.environ.get("SOFFICE") or shutil.which("soffice")
    assert office, NO_LIBREOFFICE
    actions.load_formats(lambda line: None)
    for one in [*FormatProfile.objects.all(), longest()]:
        (tmp_path / f"{one.slug}.docx").write_bytes(made(one))
    files = sorted(tmp_path.glob("*.docx"))
    assert len(files) == 19
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), *map(str, files)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    sizes = {}
    for file in files:
        with pypdfium2.PdfDocument(file.with_suffix(".pdf")) as document:
            sizes[file.stem] = [tuple(map(round, sheet.get_size())) for sheet in document]
    assert sizes == {file.stem: [A4] for file in files}
