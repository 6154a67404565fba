"""The Steckbrief as a PDF: one page, tagged, readable by machines, whatever the texts."""

import ctypes
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from akademie.core import documents
from akademie.formats import actions, measured, printing, queries
from akademie.formats.models import FormatProfile
from akademie.formats.sheet import sheet_of
from akademie.formats.tests.factories import SENTENCE, FormatProfileFactory, FormatRunFactory, longest

pytestmark = pytest.mark.django_db
A4 = (595, 842)
SMALLEST_TYPE = 7.5  # points, for the longest ordinary German


def made(profile: FormatProfile) -> pypdfium2.PdfDocument:
    beside = printing.lines_beside(queries.around_of(profile), measured.of(profile.pk))
    return pypdfium2.PdfDocument(printing.steckbrief(sheet_of(profile), publisher="Akademie", beside=beside))


def text_of(document: pypdfium2.PdfDocument) -> str:
    return " ".join(document[0].get_textpage().get_text_bounded().split())


def language_of(document: pypdfium2.PdfDocument) -> str:
    room = ctypes.create_string_buffer(64)
    pdfium.FPDFCatalog_GetLanguage(document, ctypes.cast(room, ctypes.POINTER(ctypes.c_ushort)), 64)
    return room.raw.decode("utf-16-le").split("\0")[0]


def type_sizes(document: pypdfium2.PdfDocument) -> list[float]:
    page = document[0].get_textpage()
    return [pdfium.FPDFText_GetFontSize(page, n) for n in range(page.count_chars())]


def test_every_format_of_the_data_fits_one_a4_page() -> None:
    actions.load_formats(lambda line: None)
    documents_made = {one.slug: made(one) for one in FormatProfile.objects.all()}
    assert {slug: len(one) for slug, one in documents_made.items()} == dict.fromkeys(documents_made, 1)
    assert {tuple(map(round, one[0].get_size())) for one in documents_made.values()} == {A4}
    assert len(documents_made) == 18


@pytest.mark.parametrize("text", [SENTENCE, "WWWWWWWW ", "W", "…“„–ÄÖÜß@"], ids=["german", "wide", "unbroken", "marks"])
def test_the_longest_thinkable_steckbrief_fits_one_page(text: str) -> None:
    assert len(made(longest(text))) == 1


def test_the_longest_german_steckbrief_stays_readable() -> None:
    sizes = type_sizes(made(longest()))
    usual = max(set(sizes), key=sizes.count)
    assert usual >= SMALLEST_TYPE


def test_steckbrief_is_tagged_and_says_title_author_and_language() -> None:
    document = made(FormatProfileFactory(name="Webinar"))
    about = document.get_metadata_dict()
    assert (about["Title"], about["Author"]) == ("Webinar – Steckbrief", "Akademie")
    assert language_of(document) == "de-DE"
    assert pdfium.FPDFCatalog_IsTagged(document)


def test_steckbrief_declares_pdf_ua() -> None:
    profile = FormatProfileFactory()
    content = printing.steckbrief(sheet_of(profile), publisher="Akademie")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content or b'pdfuaid:part="1"' in content


def test_steckbrief_holds_every_text_for_extraction() -> None:
    profile = FormatProfileFactory(
        name="Peer-Runde", purpose="Voneinander lernen.", target_groups=["Verwaltung"], roles=["Moderation"],
        tools=["Chat"], result="Kontaktliste", tips="Klein anfangen.", maturity="erprobt", piloted_where="Kyritz, 2022",
        sources=["urbanizers.de/news"], steps=[("Ankommen", 5), ("Vorab sammeln", 0)],
        sourced_fields=["name", "piloted"], proposed_fields=["purpose", "steps"],
    )  # fmt: skip
    text = text_of(made(profile))
    expected = [
        "Format · Lernen", "Peer-Runde", "Voneinander lernen. Vorschlag", "Durchführung nicht dokumentiert",
        "Verwaltung", "Moderation", "Chat", "Ergebnis Kontaktliste", "Klein anfangen.",
        "Reife belegt erprobt: Kyritz, 2022",
        "1 Ankommen 5 Min.", "2 Vorab sammeln ohne feste Zeit", "Belegt: Name, Reife.",
        "Vorschlag der Akademie: Zweck, Ablauf.", "Quellen: urbanizers.de/news",
        f"{settings.SITE_URL}/formate/{profile.slug}/",
    ]  # fmt: skip
    assert [part for part in expected if part not in text] == []


def test_paper_says_who_made_it_too_and_what_was_entered_or_measured() -> None:
    profile = FormatProfileFactory(co_producers=["Stadt Kyritz", "inter 3"], office_minutes=90, cost_eur=0)
    FormatRunFactory(profile=profile, hours=5, cost_eur=None, participants=None)
    text = text_of(made(profile))
    expected = [
        "Gemeinsam entwickelt mit: Stadt Kyritz; inter 3", "Zeit der Geschäftsstelle, eingetragen: 1,5 Stunden",
        "Kosten je Durchführung, eingetragen: 0 Euro", "gemessen: 5 Stunden (aus 1 Durchführung)",
    ]  # fmt: skip
    assert [part for part in expected if part not in text] == []
    assert "eingetragen" not in text_of(made(FormatProfileFactory()))


def test_a_format_without_anything_says_so_instead_of_failing() -> None:
    text = text_of(made(FormatProfileFactory(name="Leer")))
    assert text.count("nicht dokumentiert") == 11


def test_typed_text_is_never_read_as_typst() -> None:
    name = '#panic("x") $a$ *b* `c` @d <e> \\ "'
    assert name in text_of(made(FormatProfileFactory(name=name)))


def test_marks_without_a_glyph_become_a_box_and_invisible_ones_vanish() -> None:
    profile = FormatProfileFactory()
    profile.name = "Zły\u202e Komorow 😀 漢\x00 Київ"  # unsaved: PostgreSQL refuses a NUL
    assert "Zły Komorow □ □ Київ" in text_of(made(profile))


def test_the_same_steckbrief_has_the_same_bytes() -> None:
    sheet = sheet_of(FormatProfileFactory())
    twice = [printing.steckbrief(sheet, publisher="Akademie") for _ in range(2)]
    assert twice[0] == twice[1]


def test_pdf_without_fonts_says_what_to_do(settings, tmp_path: Path) -> None:
    settings.FONTS_DIR = tmp_path
    with pytest.raises(ImproperlyConfigured, match="run the set-up again"):
        documents.pdf(printing.TEMPLATE, {}, title="x")


def test_pdf_that_cannot_be_made_names_the_template() -> None:
    with pytest.raises(documents.DocumentNotMade, match=r"steckbrief\.typ"):
        documents.pdf(printing.TEMPLATE, {"name": "x"}, title="x")
